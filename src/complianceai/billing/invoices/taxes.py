"""GST on a price: which tax, and how much of it, to the paisa."""

from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from complianceai.billing.ledger.chart import Taxed

# Source: Notification No. 11/2017-Central Tax (Rate), serial numbers 17 and 21; the same of the States and of IGST.
RATE = 18
# The codes of States in a GSTIN, and so of places of supply. Source: rule 46(n) of the CGST Rules 2017, GSTN's list.
STATE_CODES = MappingProxyType(
    {
        "JK": "01", "HP": "02", "PB": "03", "CH": "04", "UK": "05", "HR": "06", "DL": "07", "RJ": "08", "UP": "09",
        "BR": "10", "SK": "11", "AR": "12", "NL": "13", "MN": "14", "MZ": "15", "TR": "16", "ML": "17", "AS": "18",
        "WB": "19", "JH": "20", "OD": "21", "CG": "22", "MP": "23", "GJ": "24", "DH": "26", "MH": "27", "KA": "29",
        "GA": "30", "LD": "31", "KL": "32", "TN": "33", "PY": "34", "AN": "35", "TS": "36", "AP": "37", "LA": "38",
    }
)  # fmt: skip


def taxed(net_paise: int, *, is_within_state: bool) -> Taxed:
    """The price with its tax: CGST and SGST at half the rate each within a State, IGST between two.

    Each tax is rounded by itself to the paisa, half up. Section 170 of the CGST Act rounds to the rupee what is paid
    to the government, which is a return's affair and no invoice's.
    Source: section 9 of the CGST Act 2017; sections 5, 7 and 8 of the IGST Act 2017.
    """
    if is_within_state:
        half = _part(net_paise, Decimal(RATE) / 2)
        return Taxed(net_paise, half, half, 0)
    return Taxed(net_paise, 0, 0, _part(net_paise, Decimal(RATE)))


def contained(total_paise: int, *, is_within_state: bool) -> Taxed:
    """An amount that was paid, taken apart: the price whose tax makes it up, to the paisa.

    Source: rule 35 of the CGST Rules 2017 (value inclusive of tax).
    """
    rate = Decimal(RATE)
    if is_within_state:
        half = _rounded(Decimal(total_paise) * (rate / 2) / (100 + rate))
        return Taxed(total_paise - 2 * half, half, half, 0)
    whole = _rounded(Decimal(total_paise) * rate / (100 + rate))
    return Taxed(total_paise - whole, 0, 0, whole)


def place_of_supply(gstin: str | None, state: str | None) -> str | None:
    """The two figures of the State: of the registration, or of the address on record; None where neither is known.

    Source: section 12(2) of the IGST Act 2017.
    """
    if gstin:
        return gstin[:2]
    return STATE_CODES.get(state or "")


def _part(paise: int, rate: Decimal) -> int:
    return _rounded(Decimal(paise) * rate / 100)


def _rounded(paise: Decimal) -> int:
    return int(paise.quantize(Decimal(1), rounding=ROUND_HALF_UP))
