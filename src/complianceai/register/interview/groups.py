"""The questions, in the order in which they are asked."""

from datetime import date

from complianceai.register.interview.activities import ABOUT_ACTIVITIES
from complianceai.register.interview.choices import ENTITIES, SCHEMES, STATES
from complianceai.register.interview.rarer import ABOUT_WHAT_IS_RARE, about_meetings
from complianceai.register.interview.shapes import Group, Question, Rows
from complianceai.register.interview.working import ABOUT_ABROAD, ABOUT_PEOPLE, ABOUT_TAX

ABOUT_ITSELF = Group(
    "itself",
    "Who you are",
    (
        Question(
            "name", "text", "Name of the business", "As on its certificate of incorporation or registration."
        ),
        Question("entity_type", "choice", "What kind of business is it?", options=ENTITIES),
        Question("incorporated_on", "date", "When was it incorporated, registered or started?"),
        Question("state", "state", "In which State is its registered office?", options=STATES),
        Question(
            "turnover",
            "money",
            "Turnover of the last financial year",
            "1.5 crore, 40 lakh and 1,50,00,000 are all understood. Leave it empty if you do not know.",
        ),
        Question("paid_up_capital", "money", "Paid-up share capital", after="company"),
        Question("opc_directors", "count", "How many directors has it?", after="opc"),
        Question("contribution", "money", "The partners' contribution, together", after="llp"),
        Question(
            "holding_or_subsidiary",
            "yes_no",
            "Does another company hold more than half of it, or does it hold more than half of another?",
            after="company",
        ),
        Question("listed", "yes_no", "Are its shares listed on an exchange?", after="public"),
    ),
)

ABOUT_GST = Group(
    "gst",
    "GST",
    (
        Question("gst.registered", "yes_no", "Is it registered under GST?"),
        Rows(
            "gst.registrations",
            "In which States is it registered, and how does it file?",
            "Registration",
            (
                Question("state", "state", "State", options=STATES),
                Question("scheme", "choice", "How does it file there?", options=SCHEMES),
                Question("gstin", "gstin", "GSTIN"),
                Question("registered_on", "date", "Registered since"),
            ),
            "One for each State it is registered in.",
            after="gst",
        ),
        Question(
            "aggregate_turnover_gst",
            "money",
            "Aggregate turnover for GST, last financial year",
            "All India on one PAN, exempt supplies and exports included. Leave it empty if you do not know.",
            after="gst",
        ),
        Question(
            "exports_without_igst",
            "yes_no",
            "Does it export, or supply to SEZs, without paying IGST (under a letter of undertaking)?",
            after="gst",
        ),
        Question("sends_job_work", "yes_no", "Does it send goods out for job work?", after="gst"),
    ),
)


def groups(today: date) -> tuple[Group, ...]:
    """All the questions, as they are asked on a day: the years they name move with it."""
    return (
        ABOUT_ITSELF,
        ABOUT_GST,
        ABOUT_PEOPLE,
        ABOUT_TAX,
        ABOUT_ABROAD,
        about_meetings(today),
        ABOUT_ACTIVITIES,
        ABOUT_WHAT_IS_RARE,
    )
