"""Dates and rupees as people in India write them."""

from datetime import date, datetime
from decimal import Decimal

from complianceai.base.clock import INDIA, today_in_india
from complianceai.site.language import translations

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def grouped(whole: int) -> str:
    """A whole number with Indian grouping: 1234567 is 12,34,567."""
    digits, sign = str(abs(whole)), "-" if whole < 0 else ""
    if len(digits) <= 3:
        return sign + digits
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return f"{sign}{','.join(reversed(pairs))},{tail}"


def rupees(amount: int | Decimal) -> str:
    """An amount of rupees with the sign and Indian grouping; paise are shown only where there are any."""
    exact = Decimal(amount).quantize(Decimal("0.01"))
    whole, paise = divmod(abs(exact), 1)
    minus = "-" if exact < 0 else ""
    cents = f".{int(paise * 100):02d}" if paise else ""
    return f"{minus}₹{grouped(int(whole))}{cents}"


def rupees_of(paise: int) -> str:
    """An amount of paise as `rupees` writes it."""
    return rupees(Decimal(paise) / 100)


def month_name(number: int, language: str = "en") -> str:
    """The name of the month 1 to 12."""
    return translations(language).gettext(MONTHS[number - 1])


def long_date(day: date, language: str = "en") -> str:
    """A date as a letter would write it: 20 May 2026. An instant is shown on India's calendar."""
    if isinstance(day, datetime):
        day = day.astimezone(INDIA).date()
    return f"{day.day} {month_name(day.month, language)} {day.year}"


def moment(instant: datetime, language: str = "en") -> str:
    """An instant on India's clock, to the minute: 20 May 2026, 17:05."""
    here = instant.astimezone(INDIA)
    return f"{long_date(here, language)}, {here:%H:%M}"


def weekday(day: date, language: str = "en") -> str:
    """The name of the day of the week."""
    return translations(language).gettext(WEEKDAYS[day.weekday()])


def nearness(day: date, today: date | None = None, language: str = "en") -> str:
    """How far off a day is: today, tomorrow, in 3 days, 2 days ago, in 5 months."""
    speech = translations(language)
    days = (day - (today or today_in_india())).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    if near:
        return speech.gettext(near)
    months = round(abs(days) / 30.44)
    if abs(days) <= 60:
        number, forms = (
            abs(days),
            ("in %(n)d day", "in %(n)d days") if days > 0 else ("%(n)d day ago", "%(n)d days ago"),
        )
    else:
        number = months
        forms = ("in %(n)d month", "in %(n)d months") if days > 0 else ("%(n)d month ago", "%(n)d months ago")
    return speech.ngettext(*forms, number) % {"n": number}


def financial_year(start_year: int) -> str:
    """The name of the financial year that begins in April of the given year: 2026 is 2026-27."""
    return f"{start_year}-{(start_year + 1) % 100:02d}"
