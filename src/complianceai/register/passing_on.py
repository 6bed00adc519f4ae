"""A date in one line, as it is told and passed on; of one that nobody could check nothing is said for certain."""

from datetime import date
from typing import NamedTuple
from urllib.parse import quote

from complianceai.site.language import translate
from complianceai.site.numbers import long_date
from complianceai.site.words import marked

DUE = marked("{name}, {company}: due on {day}")
PERHAPS = marked("{name}, {company}: perhaps due on {day}, which is not certain")
LATE = marked("{name}, {company}: overdue since {day}")
PERHAPS_LATE = marked("{name}, {company}: perhaps overdue since {day}, which is not certain")
WHATSAPP = "https://wa.me/?text="


class Dated(NamedTuple):
    """What is due, of whom, by when, and whether that was checked."""

    name: str
    company: str
    day: date
    certainty: str


def date_line(dated: Dated, today: date, language: str) -> str:
    """When it is due, or since when it is overdue, as far as that is certain."""
    is_certain, is_late = dated.certainty == "verified", dated.day < today
    sentence = (LATE if is_certain else PERHAPS_LATE) if is_late else (DUE if is_certain else PERHAPS)
    fields = {"name": dated.name, "company": dated.company, "day": long_date(dated.day, language)}
    return translate(language, sentence).format_map(fields)


def whatsapp_link(text: str) -> str:
    """An address that opens WhatsApp with the text ready; to whom it goes is chosen there."""
    return WHATSAPP + quote(text, safe="")
