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

EPR_KINDS = (
    ("plastic", "Plastic packaging"),
    ("electronics", "Electrical and electronic equipment"),
    ("batteries", "Batteries"),
    ("tyres", "Tyres"),
    ("used_oil", "Base and lubricating oil"),
    ("non_ferrous", "Aluminium, copper and zinc"),
    ("paper_glass_metal", "Paper, glass, metal packaging and sanitary products"),
)

LICENCE_KINDS = (
    ("lease", "Lease or licence of premises"),
    ("insurance", "Insurance policy"),
    ("shop", "Shop or establishment registration"),
    ("trade", "Trade licence of the municipality"),
    ("eating_house", "Eating house, health or lodging licence"),
    ("fssai", "Food licence (FSSAI)"),
    ("fire_safety", "Fire safety certificate"),
    ("factory", "Factory licence"),
    ("boiler", "Boiler certificate"),
    ("lift", "Lift licence"),
    ("electrical", "Electrical inspection"),
    ("explosives", "Petroleum, gas or explosives licence (PESO)"),
    ("weights_and_measures", "Stamping of weights and measures"),
    ("contract_labour", "Contract labour licence"),
    ("gratuity_insurance", "Gratuity insurance"),
    ("consent_to_establish", "Consent to establish"),
    ("consent_to_operate", "Consent to operate"),
    ("hazardous_waste", "Hazardous waste authorisation"),
    ("groundwater", "Groundwater permission"),
    ("cpcb_epr", "Registration for extended producer responsibility"),
    ("drug_sale", "Drug sale licence"),
    ("clinical", "Clinical establishment or medical licence"),
    ("excise", "Bar, spirit, tobacco or cinema licence"),
    ("security_agency", "Security agency licence (PSARA)"),
    ("bis_registration", "BIS registration (CRS)"),
    ("bis_licence", "BIS licence (ISI mark)"),
    ("iso", "ISO certificate"),
    ("digital_signature", "Digital signature certificate"),
    ("domain", "Domain, TLS certificate or hosting"),
    ("vehicle", "Vehicle: fitness, permit, insurance"),
    ("patent", "Patent"),
    ("design", "Registered design"),
    ("lei", "Legal entity identifier (LEI)"),
    ("bank_kyc", "Bank KYC or credit limit"),
    ("export_council", "Export council membership (RCMC)"),
    ("advance_authorisation", "Advance or EPCG authorisation"),
    ("fcra", "FCRA registration"),
    ("equipment_contract", "Maintenance, calibration or software contract"),
    ("other", "Another licence, permission or contract"),
)
