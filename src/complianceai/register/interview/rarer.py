"""Questions about meetings and officers, and about what few businesses have."""

from datetime import date

from complianceai.register.interview.choices import EVENTS, LICENCES, STATES, YEAR_ENDS
from complianceai.register.interview.shapes import Group, Question, Rows

APRIL = 4


def ended_years(today: date, count: int = 2) -> tuple[str, ...]:
    """The names of the financial years that ended last, the latest first."""
    latest = today.year - (1 if today.month >= APRIL else 2)
    return tuple(f"{year}-{(year + 1) % 100:02d}" for year in range(latest, latest - count, -1))


DIRECTORS = Rows(
    "directors_kyc",
    "When did its directors last do their KYC?",
    "Director",
    (
        Question("din_allotted_on", "date", "DIN allotted on"),
        Question(
            "last_kyc_fy", "text", "Financial year of the last KYC", "As 2024-25. Leave it empty for never."
        ),
    ),
    "One for each person with a DIN. Leave it out if you do not know.",
    after="company",
)


def _meeting(label: str) -> Question:
    return Question(
        f"agm_dates.{label}",
        "date",
        "Annual general meeting for {year}: held on",
        "Leave it empty if it is still to come: the last date is worked out.",
        after="march",
        year=label,
    )


def about_meetings(today: date) -> Group:
    """The questions about meetings and officers, naming the last two years."""
    return Group(
        "meetings",
        "Meetings and directors",
        (
            *map(_meeting, ended_years(today)),
            DIRECTORS,
            Question(
                "deposits_or_loans_outstanding",
                "yes_no",
                "Does it owe any deposit or loan (advances and loans from directors included)?",
                after="company",
            ),
            Question(
                "msme_dues_over_45_days",
                "yes_no",
                "Does it owe a micro or small enterprise anything for more than 45 days?",
                after="company",
            ),
        ),
        after="company",
    )


ABOUT_WHAT_IS_RARE = Group(
    "rare",
    "Less common",
    (
        Question(
            "financial_year_end",
            "choice",
            "When does its year of accounts end?",
            options=YEAR_ENDS,
            usual="03-31",
        ),
        Question("dormant", "yes_no", "Is it a dormant company (section 455)?", after="company", usual="no"),
        Question("net_worth", "money", "Net worth", "Decides CSR and some audits.", after="company"),
        Question("net_profit", "money", "Net profit of the last year", after="company"),
        Question("food_business", "yes_no", "Does it make, store or sell food?", usual="no"),
        Question("fssai.licence", "choice", "Its food licence", options=LICENCES, after="food"),
        Question(
            "sft_reportable",
            "yes_no",
            "Had it a transaction to be reported in the SFT (61A)?",
            usual="no",
        ),
        Question(
            "income_tax.advance_pricing_agreement",
            "yes_no",
            "Has it an advance pricing agreement with the department?",
            usual="no",
        ),
        Question(
            "receives_80g_donations",
            "yes_no",
            "Does it receive donations with 80G relief?",
            after="charity",
        ),
        Question("government_department", "yes_no", "Is it a government department?", usual="no"),
        Question("udyam_registered", "yes_no", "Does it hold a Udyam (MSME) registration?", usual="no"),
        Question("recognised_startup", "yes_no", "Is it recognised as a start-up by DPIIT?", usual="no"),
        Rows(
            "trademarks",
            "Its trade marks",
            "Trade mark",
            (
                Question("application_date", "date", "Applied for on"),
                Question("classes", "count", "Classes"),
            ),
        ),
        Rows(
            "events",
            "What happened lately",
            "Event",
            (
                Question("type", "choice", "What happened?", options=EVENTS),
                Question("on", "date", "On"),
                Question("state", "state", "State, if it was about one", options=STATES),
            ),
            "Each of these brings dates of its own.",
        ),
    ),
    is_folded=True,
)
