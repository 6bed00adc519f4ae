"""A company that does not exist, for whoever wants to see a year before describing a company of their own."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from complianceai.register.queries import Described
from complianceai.register.showing import Place
from complianceai.register.year import Year, year_of
from complianceai.site.words import marked
from complianceai.tenancy.policies import Role
from complianceai.tenancy.queries import Company

NAME = "Kaveri Textiles Private Limited"
PROFILE: Mapping[str, Any] = {
    "name": NAME,
    "entity_type": "private_limited",
    "incorporated_on": "2018-05-10",
    "state": "MH",
    "turnover": 84_000_000,
    "aggregate_turnover_gst": 84_000_000,
    "paid_up_capital": 2_500_000,
    "holding_or_subsidiary": False,
    "gst": {
        "registered": True,
        "registrations": [{"state": "MH", "scheme": "regular", "registered_on": "2018-06-01"}],
    },
    "employees": {"by_state": {"MH": 34}, "women": 12, "esi_wage_covered": 20},
    "registrations": {"epf": True, "esi": True, "pt": ["MH"], "lwf": ["MH"]},
    "pt_liability_prev_year": {"MH": 78_000},
    "tds": {"tan": True, "pays": ["salary", "contractor", "rent", "professional"]},
    "income_tax": {"advance_tax": True},
    "directors_kyc": [{"din_allotted_on": "2018-05-02", "last_kyc_fy": "2024-25"}],
    "deposits_or_loans_outstanding": True,
}
UNSURE = frozenset({"msme_dues_over_45_days", "income_tax.tax_audit"})
MADE = datetime(2026, 4, 1, tzinfo=UTC)


def example() -> Place:
    """Where the example's pages stand, with all that they show."""
    company = Company(UUID(int=0), NAME, None, PROFILE, 1, MADE, MADE, Role.VIEWER)
    described = Described(company, UNSURE)
    return Place(described, "/example", (marked("Front page"), "/"), is_example=True)


@lru_cache(maxsize=4)
def example_year(start_year: int) -> Year:
    """The example's year, worked out once."""
    return year_of(PROFILE, UNSURE, start_year)
