"""Random company profiles that keep the contract, for properties over the whole law."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from complianceai.catalogue.vocabulary import profile_schema, states

STATES = sorted(states())
SCHEMES = profile_schema()["properties"]["gst"]["properties"]["registrations"]["items"]["properties"][
    "scheme"
]["enum"]
PAYS = profile_schema()["properties"]["tds"]["properties"]["pays"]["items"]["enum"]
EVENTS = profile_schema()["properties"]["events"]["items"]["properties"]["type"]["enum"]
KINDS = profile_schema()["properties"]["entity_type"]["enum"]


def _day(rng: random.Random, first: date, last: date) -> str:
    return (first + timedelta(days=rng.randrange((last - first).days + 1))).isoformat()


def _amount(rng: random.Random) -> int:
    edges = (
        0,
        1_000_000,
        4_000_000,
        20_000_000,
        50_000_000,
        100_000_000,
        400_000_000,
        1_000_000_000,
        10_000_000_000,
    )
    return max(rng.choice(edges) + rng.choice((-1, 0, 1, rng.randrange(10_000_000))), 0)


def random_profile(rng: random.Random) -> dict[str, Any]:
    """A profile in which every field of the contract may occur, or be left out."""
    kind = rng.choice(KINDS)
    born = _day(rng, date(2005, 1, 1), date(2027, 6, 30))
    raw: dict[str, Any] = {"entity_type": kind, "state": rng.choice(STATES)}
    is_december = rng.random() < 0.1
    if is_december:
        raw["financial_year_end"] = "12-31"
    if rng.random() < 0.9:
        raw["incorporated_on"] = born
    for name in (
        "turnover",
        "paid_up_capital",
        "net_worth",
        "net_profit",
        "contribution",
        "aggregate_turnover_gst",
    ):
        if rng.random() < 0.8:
            raw[name] = _amount(rng)
    for name, schema in profile_schema()["properties"].items():
        if schema.get("type") == "boolean" and rng.random() < 0.3:
            raw[name] = rng.random() < 0.6
    raw |= _people(rng) | _taxes(rng) | _meetings(rng, is_december) | _lists(rng)
    return raw


def _people(rng: random.Random) -> dict[str, Any]:
    by_state = {
        rng.choice(STATES): rng.choice((0, 4, 5, 9, 10, 19, 20, 51, 120)) for _ in range(rng.randrange(4))
    }
    employees: dict[str, Any] = {"total": sum(by_state.values())}
    if rng.random() < 0.8:
        employees["by_state"] = by_state
    if employees["total"] and rng.random() < 0.7:
        employees |= {
            "women": rng.randrange(employees["total"]),
            "esi_wage_covered": rng.randrange(employees["total"]),
        }
    registered = {
        "epf": rng.random() < 0.5,
        "esi": rng.random() < 0.5,
        "pt": list(by_state),
        "lwf": list(by_state)[:1],
    }
    liability = {state: rng.choice((0, 99_999, 100_000, 250_000)) for state in by_state if rng.random() < 0.7}
    return {"employees": employees, "registrations": registered, "pt_liability_prev_year": liability}


def _taxes(rng: random.Random) -> dict[str, Any]:
    registrations = [
        {"state": rng.choice(STATES), "scheme": rng.choice(SCHEMES)}
        | ({"registered_on": _day(rng, date(2017, 7, 1), date(2027, 3, 31))} if rng.random() < 0.8 else {})
        for _ in range(rng.choice((0, 1, 1, 1, 2, 3)))
    ]
    flags = profile_schema()["properties"]["income_tax"]["properties"]
    income_tax = {
        name: rng.random() < 0.4
        for name, schema in flags.items()
        if schema.get("type") == "boolean" and rng.random() < 0.8
    }
    tds: dict[str, Any] = {"tan": rng.random() < 0.7, "pays": rng.sample(PAYS, rng.randrange(6))}
    for name in ("government", "without_challan", "collects_tcs", "receives_15g_15h"):
        if rng.random() < 0.3:
            tds[name] = rng.random() < 0.5
    return {
        "gst": {"registered": bool(registrations), "registrations": registrations},
        "income_tax": income_tax,
        "tds": tds,
    }


def _meetings(rng: random.Random, is_december: bool) -> dict[str, Any]:
    years = [str(year) if is_december else f"{year}-{(year + 1) % 100:02d}" for year in range(2023, 2027)]
    held = {
        label: _day(rng, date(int(label[:4]) + 1, 5, 1), date(int(label[:4]) + 1, 12, 31))
        for label in years
        if rng.random() < 0.5
    }
    return {
        "agm_dates": held,
        "agm_not_held": [label for label in years if label not in held and rng.random() < 0.2],
        "auditor_appointed_at_agm": [label for label in held if rng.random() < 0.5],
    }


def _lists(rng: random.Random) -> dict[str, Any]:
    directors = [
        {
            "din_allotted_on": _day(rng, date(2010, 1, 1), date(2026, 6, 30)),
            "last_kyc_fy": rng.choice((None, "2023-24", "2024-25")),
        }
        for _ in range(rng.randrange(3))
    ]
    marks = [
        {"application_date": _day(rng, date(2008, 1, 1), date(2024, 1, 1))} for _ in range(rng.randrange(2))
    ]
    events = [
        {"type": rng.choice(EVENTS), "on": _day(rng, date(2025, 1, 1), date(2027, 12, 31))}
        for _ in range(rng.randrange(4))
    ]
    return {"directors_kyc": directors, "trademarks": marks, "events": events}
