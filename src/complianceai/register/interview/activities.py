"""Questions by what a business does: one plain question each, and only a yes opens what follows from it."""

from complianceai.register.interview.choices import EPR_KINDS, LICENCE_KINDS, STATES
from complianceai.register.interview.shapes import Group, Item, Question, Rows


def _yes_no(path: str, label: str, after: str = "", about: str = "") -> Question:
    return Question(path, "yes_no", label, about, after=after, usual="no")


_MAKING: tuple[Item, ...] = (
    _yes_no("runs_factory", "Does it manufacture in a factory?", about="20 workers with power, 40 without."),
    _yes_no("hazardous_process", "Is a process there hazardous?", "factory"),
    _yes_no("boiler", "Does it own a boiler?", "factory"),
    _yes_no("environment.consent", "Does it need consent under the Water or Air Act?"),
    _yes_no("environment.hazardous_waste", "Does it generate or handle hazardous waste?", "consent"),
    _yes_no("environment.groundwater", "Does it draw groundwater?", "consent"),
    _yes_no("environment.bulk_waste", "Is it a bulk generator of waste (100 kg a day)?", "consent"),
    _yes_no("environment.biomedical_waste", "Does it generate bio-medical waste?"),
    Question(
        "environment.epr",
        "many",
        "For which goods must it take back what becomes waste (EPR)?",
        "As producer, importer, brand owner or recycler.",
        options=EPR_KINDS,
    ),
    _yes_no("packaged_goods", "Does it make, pack or import goods sold in packages?"),
    _yes_no("weights_and_measures", "Does it use scales, meters or measures in trade?"),
    _yes_no("construction_work", "Does it build, or have something built?"),
)

_PREMISES: tuple[Item, ...] = (
    _yes_no("owns_premises", "Does it own land or buildings?"),
    _yes_no("lift", "Does it own a lift or an escalator?"),
    _yes_no("high_tension", "Does it take electricity at high tension, or run a generating set?"),
    _yes_no("labour_contractor", "Does it supply workers to others as their contractor?", "staff"),
    _yes_no("interstate_migrants", "Do workers from another State work for it?", "staff"),
    _yes_no("employs_foreigners", "Do foreign nationals work for it in India?", "staff"),
    _yes_no(
        "central_sphere", "Is it a bank, insurer, telecom, mine, railway, airline, or of the Centre?", "staff"
    ),
    _yes_no("platform_workers", "Do gig or platform workers work through it?"),
)

_ONLINE: tuple[Item, ...] = (
    _yes_no("online_services", "Does it run a website, an app or a service online?"),
    _yes_no("sells_online", "Does it sell to consumers there, or let others do so?", "online"),
    _yes_no("user_content", "Can others publish or send content through it?", "online"),
    _yes_no(
        "data_centre_or_vpn", "Does it provide data centre, cloud, VPN or virtual asset services?", "online"
    ),
    _yes_no("personal_data", "Does it keep personal data of people digitally?"),
    _yes_no("significant_data_fiduciary", "Was it notified as a significant data fiduciary?", "personal"),
)

_MONEY: tuple[Item, ...] = (
    Question("bank_borrowings", "money", "Borrowed from banks and public institutions", after="company"),
    _yes_no("public_deposits", "Has it accepted deposits from the public or its members?", "company"),
    _yes_no("debentures", "Has it issued debentures?", "company"),
    _yes_no("unpaid_dividend", "Does it hold dividend that nobody claimed?", "company"),
    _yes_no("csr_ongoing_project", "Has it money of an ongoing CSR project that is not spent?", "company"),
    _yes_no("nbfc", "Is it a non-banking financial company?", "company"),
    _yes_no("nidhi", "Is it a Nidhi company?", "company"),
    _yes_no("sme_listed", "Is it listed on an SME board?", "public"),
)

_TRADE: tuple[Item, ...] = (
    _yes_no("exports_goods", "Does it export goods?", "abroad"),
    _yes_no("imports_goods", "Does it import goods?", "abroad"),
    _yes_no("claims_rodtep", "Does it claim RoDTEP above one crore a year?", "abroad"),
    _yes_no("concessional_imports", "Does it import at a concessional rate (IGCR)?", "abroad"),
    _yes_no("export_authorisation", "Does it hold an Advance or EPCG authorisation?", "abroad"),
    _yes_no("sez_or_stpi_unit", "Is it a unit of an SEZ or STPI?", "abroad"),
)

LICENCES_HELD = Rows(
    "licences",
    "Its licences, certificates and agreements that end on a day",
    "Licence or agreement",
    (
        Question("kind", "choice", "What is it?", options=LICENCE_KINDS),
        Question("name", "text", "Called"),
        Question("number", "text", "Number"),
        Question("issued_on", "date", "Issued on"),
        Question("valid_to", "date", "Valid until"),
        Question("state", "state", "State", options=STATES),
    ),
    "You are reminded before each of them ends.",
)

ABOUT_ACTIVITIES = Group(
    "activities",
    "What it does",
    (*_MAKING, *_PREMISES, *_ONLINE, *_MONEY, *_TRADE, LICENCES_HELD),
    is_folded=True,
)
