"""The answers there are to choose from, in the words of people."""

from complianceai.rules.words import STATE_NAMES

STATES = tuple(sorted(STATE_NAMES.items(), key=lambda state: state[1]))

ENTITIES = (
    ("private_limited", "Private limited company"),
    ("public_limited", "Public limited company"),
    ("opc", "One person company (OPC)"),
    ("section_8", "Section 8 company (not for profit)"),
    ("llp", "Limited liability partnership (LLP)"),
    ("partnership", "Partnership firm"),
    ("proprietorship", "Proprietorship, or a family business"),
    ("trust", "Trust or society"),
    ("foreign_branch", "Branch or office of a foreign company"),
)

SCHEMES = (
    ("regular", "Monthly returns"),
    ("qrmp", "Quarterly returns, tax paid monthly (QRMP)"),
    ("composition", "Composition scheme"),
    ("isd", "Input service distributor"),
    ("tds_deductor", "Deducts tax under GST (government and the like)"),
    ("tcs_operator", "E-commerce operator collecting tax"),
    ("casual", "Casual taxable person"),
    ("non_resident", "Non-resident taxable person"),
    ("oidar", "Online services from abroad (OIDAR)"),
)

PAYMENTS = (
    ("salary", "Salaries"),
    ("contractor", "Contractors and labour"),
    ("rent", "Rent"),
    ("professional", "Professional or technical fees"),
    ("interest", "Interest"),
    ("commission", "Commission or brokerage"),
    ("partner", "Salary or interest to partners"),
    ("dividend", "Dividend"),
    ("non_resident", "Anyone outside India"),
    ("property", "Buying land or a building"),
    ("online_advertising", "Online advertising abroad"),
    ("purchase_of_goods", "Goods from one seller above 50 lakh a year"),
    ("other", "Other payments with tax deducted"),
)

EVENTS = (
    ("director_appointed", "A director was appointed"),
    ("director_resigned", "A director resigned"),
    ("special_resolution_passed", "A special resolution was passed"),
    ("charge_created", "A charge was created on its assets"),
    ("ben1_received", "A declaration in BEN-1 was received"),
    ("equity_issued_to_nonresident", "Shares were issued to a non-resident"),
    ("share_transfer_resident_nonresident", "Shares passed between a resident and a non-resident"),
    ("foreign_contribution_received", "An LLP received money from abroad"),
    ("property_purchase_tds", "Property was bought with tax deducted"),
    ("rent_tds", "Tax was deducted from rent without a TAN"),
    ("contract_or_fee_tds", "Tax was deducted from a contract or fee above 50 lakh without a TAN"),
    ("virtual_asset_tds", "Tax was deducted on a virtual digital asset without a TAN"),
    ("gst_cancellation", "A GST registration was cancelled"),
)

LICENCES = (
    ("registration", "Registration (small business)"),
    ("state", "State licence"),
    ("central", "Central licence"),
)

YEAR_ENDS = (("03-31", "31 March"), ("12-31", "31 December"))
