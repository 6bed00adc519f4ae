"""The companies that are measured: a busy one, and many varied ones made from a seed."""

import json
from copy import deepcopy
from datetime import date, timedelta
from random import Random
from typing import Any

from complianceai.catalogue import Catalogue, load

START, END = "2026-04-01", "2027-03-31"
# Two in five of the companies varied are younger than ten years, one in twelve younger than two.
FIRST, LAST = date(2001, 1, 1), date(2026, 3, 31)
STATES = ("MH", "KA", "TN", "GJ", "DL", "WB", "TS", "KL")

# Everything at once: three registrations, staff in three States, foreign money, audits, transfer pricing.
BUSY: dict[str, Any] = {
    "name": "Bharat Precision Works Private Limited",
    "entity_type": "private_limited",
    "incorporated_on": "2012-06-14",
    "state": "MH",
    "turnover": 1_850_000_000,
    "paid_up_capital": 120_000_000,
    "net_worth": 900_000_000,
    "net_profit": 80_000_000,
    "deposits_or_loans_outstanding": True,
    "msme_dues_over_45_days": True,
    "foreign_investment": True,
    "overseas_investment": True,
    "ecb": True,
    "importer_exporter": True,
    "food_business": True,
    "employees": {
        "total": 180,
        "women": 62,
        "by_state": {"MH": 110, "KA": 40, "TN": 30},
        "esi_wage_covered": 45,
    },
    "registrations": {"epf": True, "esi": True, "pt": ["MH", "KA", "TN"], "lwf": ["MH", "KA", "TN"]},
    "gst": {
        "registered": True,
        "registrations": [{"state": state, "scheme": "regular"} for state in ("MH", "KA", "TN")],
    },
    "aggregate_turnover_gst": 1_850_000_000,
    "exports_without_igst": True,
    "einvoice": True,
    "sends_job_work": True,
    "tds": {
        "tan": True,
        "pays": ["salary", "contractor", "rent", "professional", "interest", "dividend", "non_resident"],
        "collects_tcs": True,
    },
    "income_tax": {
        "tax_audit": True,
        "audited_any_law": True,
        "international_transactions": True,
        "advance_tax": True,
    },
    "sft_reportable": True,
}


def loaded() -> Catalogue:
    """The whole catalogue."""
    return load()


def varied(count: int) -> list[dict[str, Any]]:
    """So many different profiles, the same ones every time: no two share their day of incorporation and turnover."""
    chance = Random(2026)  # nosec B311  # noqa: S311 - repeatable, and no secret
    return [_vary(deepcopy(BUSY), chance, number) for number in range(count)]


def different(profiles: list[dict[str, Any]]) -> int:
    """How many profiles there are when their names do not count."""
    return len({json.dumps({**profile, "name": ""}, sort_keys=True) for profile in profiles})


def _vary(profile: dict[str, Any], chance: Random, number: int) -> dict[str, Any]:
    # Most companies have one registration; of a hundred, twelve have two and three have three.
    states = chance.sample(STATES, chance.choices([1, 2, 3], [85, 12, 3])[0])
    turnover = _about(chance, chance.choice([1_500_000, 9_000_000, 40_000_000, 180_000_000, 1_850_000_000]))
    staff = chance.choice([0, 0, 4, 4, 12, 25, 180])
    staff = round(staff * chance.uniform(0.6, 1.4))
    yes_or_no = [name for name, value in profile.items() if isinstance(value, bool)]
    return {
        **profile,
        **{name: chance.random() < 0.3 for name in yes_or_no},
        "name": f"Company {number}",
        "entity_type": chance.choice(
            ["private_limited", "public_limited", "llp", "partnership", "proprietorship"]
        ),
        "incorporated_on": (FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))).isoformat(),
        "state": states[0],
        "turnover": turnover,
        "aggregate_turnover_gst": turnover,
        **{name: _about(chance, profile[name]) for name in ("paid_up_capital", "net_worth", "net_profit")},
        "employees": {"total": staff, "women": staff // 3, "by_state": {states[0]: staff}},
        "registrations": {"epf": staff >= 20, "esi": staff >= 10, "pt": states, "lwf": states[:1]},
        "gst": {
            "registered": True,
            "registrations": [
                {"state": state, "scheme": chance.choice(["regular", "qrmp", "composition"])}
                for state in states
            ],
        },
    }


def _about(chance: Random, amount: int) -> int:
    """An amount of whole rupees between a third and three times another."""
    return round(amount * 3 ** chance.uniform(-1, 1))
