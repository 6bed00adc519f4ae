"""Rupees and numbers as people type them."""

import re
import unicodedata
from decimal import Decimal

from complianceai.register.errors import Fault
from complianceai.site.words import marked

UNITS = {
    "": 1, "k": 1000, "thousand": 1000, "l": 100_000, "lakh": 100_000, "lakhs": 100_000, "lac": 100_000,
    "lacs": 100_000, "cr": 10_000_000, "crore": 10_000_000, "crores": 10_000_000,
    "हजार": 1000, "हज़ार": 1000, "लाख": 100_000, "करोड़": 10_000_000,
}  # fmt: skip
NO_AMOUNT = marked("“{text}” is not an amount. Type it as 1,50,00,000, 1.5 crore or 40 lakh.")
NO_COUNT = marked("“{text}” is not a whole number. Type a number such as 18.")
TOO_MUCH = marked("This is more than any company in India has. Leave out some zeros.")
LARGEST = Decimal(10) ** 15
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)([^\d.,]*)")


def read_rupees(text: str) -> int | float:
    """An amount typed as 1,50,00,000, 1.5 crore, 40 lakh or Rs. 5000; whole where it has no paise.

    Errors: Fault.
    """
    plain = re.sub(r"[\s,_₹]|rs\.?|inr|/-$", "", unicodedata.normalize("NFC", text).casefold())
    found = _AMOUNT.fullmatch(plain)
    if found is None or found[2] not in UNITS:
        raise Fault(NO_AMOUNT, text=text[:40])
    amount = Decimal(found[1]) * UNITS[found[2]]
    if amount > LARGEST:
        raise Fault(TOO_MUCH)
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def read_count(text: str) -> int:
    """A whole number of people or things.

    Errors: Fault.
    """
    plain = re.sub(r"[\s,]", "", text)
    if not plain.isdecimal() or not plain.isascii() or len(plain) > 9:
        raise Fault(NO_COUNT, text=text[:40])
    return int(plain)
