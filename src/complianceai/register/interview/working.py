"""Questions about people employed, tax, and money across the border."""

from complianceai.register.interview.choices import PAYMENTS, STATES
from complianceai.register.interview.shapes import Group, Question, Rows

STAFF = Rows(
    "staff",
    "Where do they work, and what is it registered for there?",
    "State",
    (
        Question("state", "state", "State", options=STATES),
        Question("count", "count", "Employees there"),
        Question("pt", "yes_no", "Registered there to deduct professional tax?"),
        Question("lwf", "yes_no", "Registered there for the labour welfare fund?"),
        Question("shops", "yes_no", "Registered there as a shop or establishment?"),
        Question(
            "pt_liability", "money", "Professional tax of the last year there", "Decides how often it is due."
        ),
    ),
    "One for each State where somebody works. The total is worked out.",
    after="staff",
)

ABOUT_PEOPLE = Group(
    "people",
    "People you employ",
    (
        Question("employs", "yes_no", "Does anybody work for it as an employee?"),
        STAFF,
        Question("employees.women", "count", "How many of them are women?", after="staff"),
        Question(
            "employees.contract_labour",
            "count",
            "How many workers does it engage through contractors?",
            after="staff",
        ),
        Question(
            "employees.esi_wage_covered",
            "count",
            "How many earn within the wage limit of ESI?",
            "Up to ₹21,000 a month, ₹25,000 for a person with a disability.",
            after="staff",
        ),
        Question("registrations.epf", "yes_no", "Is it registered for provident fund (EPF)?", after="staff"),
        Question("registrations.esi", "yes_no", "Is it registered for State insurance (ESI)?", after="staff"),
    ),
)

ABOUT_TAX = Group(
    "tax",
    "Income tax",
    (
        Question(
            "tds.tan",
            "yes_no",
            "Does it deduct tax from what it pays (has it a TAN)?",
            "Most companies do, from salaries, rent or fees.",
        ),
        Question("tds.pays", "many", "From which payments?", options=PAYMENTS, after="tan"),
        Question("tds.collects_tcs", "yes_no", "Does it collect tax from buyers (TCS)?", after="tan"),
        Question("tds.receives_15g_15h", "yes_no", "Does it receive Forms 15G or 15H?", after="tan"),
        Question(
            "income_tax.advance_tax",
            "yes_no",
            "Will its own tax for the year be 10,000 rupees or more, after tax deducted?",
        ),
        Question(
            "income_tax.tax_audit",
            "yes_no",
            "Are its accounts audited for income tax?",
            "Usually above 1 crore of turnover, 10 crore where hardly anything is in cash, 50 lakh for a profession.",
        ),
        Question(
            "income_tax.audited_any_law",
            "yes_no",
            "Are its accounts audited under any other law?",
            after="no-company",
        ),
        Question(
            "income_tax.presumptive", "yes_no", "Does it pay tax on presumed income?", after="no-company"
        ),
        Question(
            "income_tax.international_transactions",
            "yes_no",
            "Did it deal with a related party abroad (transfer pricing)?",
        ),
    ),
)

ABOUT_ABROAD = Group(
    "abroad",
    "Money and goods across the border",
    (
        Question(
            "abroad", "yes_no", "Does any money or do any goods cross the border, or is any owner abroad?"
        ),
        Question("foreign_investment", "yes_no", "Has anybody abroad invested in it?", after="abroad"),
        Question("overseas_investment", "yes_no", "Has it invested abroad?", after="abroad"),
        Question("ecb", "yes_no", "Has it borrowed from abroad (ECB)?", after="abroad"),
        Question("importer_exporter", "yes_no", "Does it import or export (has it an IEC)?", after="abroad"),
    ),
)
