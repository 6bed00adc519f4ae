"""The financial years of one company, its first one included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from complianceai.base.dates import add_months, last_day
from complianceai.base.periods import Period, year_label
from complianceai.rules.profile import COMPANIES, Profile


def first_year_end(profile: Profile) -> date | None:
    """The last day of the first financial year, where the day of incorporation is known.

    Source: Companies Act 2013, section 2(41): a company incorporated on or after 1 January closes its first year on
    31 March of the following year.
    """
    born = profile.incorporated_on
    if born is None:
        return None
    month, _ = profile.year_end
    end = last_day(born.year, month)
    if end < born:
        end = last_day(born.year + 1, month)
    is_short = month == 3 and born.month <= 3 and profile.facts["entity_type"] in COMPANIES
    return last_day(end.year + 1, month) if is_short else end


def company_years(profile: Profile, first: date, last: date) -> Iterator[Period]:
    """The company's financial years whose last day lies in a span, in order."""
    month, _ = profile.year_end
    opening = first_year_end(profile)
    for year in range(first.year, last.year + 1):
        end = last_day(year, month)
        if not first <= end <= last or (opening and end < opening):
            continue
        yield _year(profile, end, is_first=end == opening)


def previous_year(profile: Profile, period: Period) -> Period | None:
    """The financial year before one, if the company had it."""
    if period.is_first:
        return None
    month, _ = profile.year_end
    end = last_day(period.end.year - 1, month)
    opening = first_year_end(profile)
    return None if opening and end < opening else _year(profile, end, is_first=end == opening)


def _year(profile: Profile, end: date, *, is_first: bool) -> Period:
    usual = add_months(end + timedelta(days=1), -12)
    start = profile.incorporated_on if is_first and profile.incorporated_on else usual
    return Period(year_label(usual, end), start, end, is_first)
