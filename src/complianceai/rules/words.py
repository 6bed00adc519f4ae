"""Facts and reasons in plain words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from complianceai.base.dates import in_words
from complianceai.base.money import grouped, rupees
from complianceai.catalogue.vocabulary import vocabulary

STATE_NAMES = {
    "AN": "Andaman and Nicobar Islands", "AP": "Andhra Pradesh", "AR": "Arunachal Pradesh", "AS": "Assam",
    "BR": "Bihar", "CG": "Chhattisgarh", "CH": "Chandigarh",
    "DH": "Dadra and Nagar Haveli and Daman and Diu", "DL": "Delhi", "GA": "Goa", "GJ": "Gujarat",
    "HP": "Himachal Pradesh", "HR": "Haryana", "JH": "Jharkhand", "JK": "Jammu and Kashmir",
    "KA": "Karnataka", "KL": "Kerala", "LA": "Ladakh", "LD": "Lakshadweep", "MH": "Maharashtra",
    "ML": "Meghalaya", "MN": "Manipur", "MP": "Madhya Pradesh", "MZ": "Mizoram", "NL": "Nagaland",
    "OD": "Odisha", "PB": "Punjab", "PY": "Puducherry", "RJ": "Rajasthan", "SK": "Sikkim",
    "TN": "Tamil Nadu", "TR": "Tripura", "TS": "Telangana", "UK": "Uttarakhand", "UP": "Uttar Pradesh",
    "WB": "West Bengal",
}  # fmt: skip

_NAMES = {
    "private_limited": "private limited company", "public_limited": "public limited company",
    "opc": "one person company", "section_8": "section 8 company", "llp": "limited liability partnership",
    "partnership": "partnership firm", "proprietorship": "proprietorship", "trust": "trust",
    "foreign_branch": "branch of a foreign company", "qrmp": "quarterly (QRMP)",
    "isd": "input service distributor", "tds_deductor": "GST TDS deductor",
    "tcs_operator": "e-commerce operator", "non_resident": "non-resident",
    "oidar": "online services (OIDAR)",
}  # fmt: skip

_NO_AMOUNTS: Mapping[str, str] = {}

# What a person calls a field whose own name says too little.
_FIELDS = {
    "aggregate_turnover_gst": "aggregate turnover for GST (all India on one PAN, preceding financial year)",
    "contribution": "partners' contribution",
    "directors_kyc": "directors' DINs, with the year of their last KYC",
    "employees.esi_wage_covered": "number of employees within the ESI wage limit",
    "employees.total": "number of employees",
    "employees.women": "number of women employed",
    "event.amount": "amount of it",
    "event.consideration_received_on": "day on which the money was received",
    "event.order_on": "date of the order",
    "gst.registered": "registration for GST",
    "gst.registrations.registered_on": "day of registration for GST",
    "incorporated_on": "day of incorporation, registration or start of business",
    "paid_up_capital": "paid-up capital",
    "period.fy_end": "end of the financial year",
    "period.fy_start": "start of the financial year",
    "registration.registered_on": "day of registration for GST",
    "registrations.epf": "registration for provident fund",
    "registrations.esi": "registration for employees' insurance",
    "state": "State of the registered office",
    "licence.issued_on": "day on which it was issued",
    "licence.valid_to": "last day for which it is valid",
    "trademark.application_date": "date of the application for the mark",
    "turnover": "turnover of the preceding financial year",
}

_PLACE = re.compile(r"\{([a-z0-9_.A-Z]+)\}")


def fill(template: str, facts: Mapping[str, Any], counts: Collection[str] = ()) -> str:
    """A template with each fact in its place, in words; of the law's amounts those named are no rupees."""
    if "{" not in template:
        return template
    # Text and names by turns: one look at a template serves every company.
    parts = list(_parts(template))
    for at in range(1, len(parts), 2):
        parts[at] = _fact(parts[at], facts, counts)
    return "".join(parts)


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[str, ...]:
    return tuple(_PLACE.split(template))


def fill_for_anybody(template: str, amounts: Mapping[str, str] = _NO_AMOUNTS) -> str:
    """A template told to nobody in particular: the law's amounts are filled in, a fact is only called by its name."""
    return _PLACE.sub(
        lambda found: amounts.get(found[1]) or f"[{found[1].rpartition('.')[2].replace('_', ' ')}]", template
    )


def _fact(name: str, facts: Mapping[str, Any], counts: Collection[str]) -> str:
    if name not in facts:
        return "not given"
    term = vocabulary().get(name)
    return value_in_words(facts[name], is_money=term.is_money if term else name not in counts)


@lru_cache(maxsize=4096, typed=True)
def value_in_words(value: Any, *, is_money: bool = False) -> str:
    """One value as a reader expects it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, int | Decimal):
        return rupees(value) if is_money else grouped(value)
    if isinstance(value, tuple):
        return ", ".join(value_in_words(item) for item in value)
    return STATE_NAMES.get(value) or _NAMES.get(value) or str(value).replace("_", " ")


@lru_cache(maxsize=512)
def field_in_words(name: str) -> str:
    """What a profile's field is called when a person is asked for it."""
    if known := _FIELDS.get(name):
        return known
    term = vocabulary().get(name)
    plain = name.replace("employees.by_state.", "number of employees in ").replace(
        "pt_liability_prev_year.", "professional tax of the year before in "
    )
    if plain != name:
        state = plain[-2:]
        return plain[:-2] + STATE_NAMES.get(state, state)
    return plain.rpartition(".")[2].replace("_", " ") + (f" ({term.about})" if term and term.about else "")
