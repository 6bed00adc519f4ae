"""What a GSTIN says by itself: the State, the PAN, and the likely kind of entity."""

import re
from typing import NamedTuple

from complianceai.register.errors import Fault
from complianceai.site.words import marked

# Source: the State codes of the GST network. 25, 26 and 28 are older codes of what is now one territory or State;
# 97 (other territory) and 99 (centre) belong to no State.
STATE_OF_CODE = {
    "01": "JK", "02": "HP", "03": "PB", "04": "CH", "05": "UK", "06": "HR", "07": "DL", "08": "RJ", "09": "UP",
    "10": "BR", "11": "SK", "12": "AR", "13": "NL", "14": "MN", "15": "MZ", "16": "TR", "17": "ML", "18": "AS",
    "19": "WB", "20": "JH", "21": "OD", "22": "CG", "23": "MP", "24": "GJ", "25": "DH", "26": "DH", "27": "MH",
    "28": "AP", "29": "KA", "30": "GA", "31": "LD", "32": "KL", "33": "TN", "34": "PY", "35": "AN", "36": "TS",
    "37": "AP", "38": "LA", "97": "", "99": "",
}  # fmt: skip
# The fourth letter of a PAN says what its holder is; the first entity named is the likeliest.
ENTITIES_OF_LETTER = {
    "C": ("private_limited", "public_limited", "opc", "section_8", "foreign_branch"),
    "F": ("partnership", "llp"),
    "P": ("proprietorship",),
    "H": ("proprietorship",),
    "T": ("trust",),
    "K": ("trust",),
}
HOLDERS = {
    "C": marked("a company"),
    "F": marked("a partnership firm or an LLP"),
    "P": marked("an individual"),
    "H": marked("a Hindu undivided family"),
    "T": marked("a trust"),
    "K": marked("a trust"),
    "A": marked("an association of persons"),
    "B": marked("a body of individuals"),
    "G": marked("a government agency"),
    "L": marked("a local authority"),
    "J": marked("an artificial juridical person"),
}
WRONG_LENGTH = marked(
    "A GSTIN has 15 letters and digits, and this has {length}. Type it as on the certificate."
)
WRONG_SHAPE = marked(
    "A GSTIN looks like 27AAPFU0939F1ZV: two digits, a PAN, a digit, Z and a check letter. Compare it with yours."
)
WRONG_STATE = marked("No State has the code {code}. Check the first two digits.")
WRONG_PAN = marked("{pan}, its middle part, is not a PAN. Check each letter of it.")
WRONG_SUM = marked("The last letter does not fit the rest. Check each letter against the certificate.")
LENGTH = 15
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Holder(NamedTuple):
    """Whose number it is, as far as the number itself tells."""

    gstin: str
    pan: str
    state: str
    holder: str
    entity_types: tuple[str, ...]


def read_gstin(text: str) -> Holder:
    """What the number says, once its shape and its check letter are right.

    Errors: Fault.
    """
    gstin = re.sub(r"[\s-]", "", text).upper()
    if len(gstin) != LENGTH:
        raise Fault(WRONG_LENGTH, length=len(gstin))
    if not re.fullmatch(r"[0-9]{2}[A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]", gstin):
        raise Fault(WRONG_SHAPE)
    if gstin[:2] not in STATE_OF_CODE:
        raise Fault(WRONG_STATE, code=gstin[:2])
    _check_sums(gstin)
    pan = gstin[2:12]
    return Holder(gstin, pan, STATE_OF_CODE[gstin[:2]], HOLDERS[pan[3]], ENTITIES_OF_LETTER.get(pan[3], ()))


def _check_sums(gstin: str) -> None:
    # The library of numbers is 1.6 MB that a process need not hold before somebody types one.
    from stdnum import luhn  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415
    from stdnum.in_ import pan as pan_rules  # noqa: PLC0415

    try:
        pan_rules.validate(gstin[2:12])
    except ValidationError:
        raise Fault(WRONG_PAN, pan=gstin[2:12]) from None
    try:
        luhn.validate(gstin, ALPHABET)
    except ValidationError:
        raise Fault(WRONG_SUM) from None
