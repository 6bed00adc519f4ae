"""A list in a language: as cells of a page, and as what is printed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from complianceai.register.lists.model import Listing
from complianceai.register.lists.paper import MOST_ROWS
from complianceai.register.spreadsheets.writing import Said, Value
from complianceai.site.language import translate
from complianceai.site.numbers import grouped, long_date
from complianceai.site.words import marked

PAGES = marked("Page %(number)s of %(pages)s")
STANDING = marked("As of {day}. Rows: {count}.")
CUT = marked("Only the first {most} rows are printed here. Excel and CSV have all of them.")
EMPTY = marked("Nothing is in this list.")
NARROWEST, WIDEST = 7, 34
_HASH_CHARACTERS = 64


def spoken(value: Value, language: str) -> str:
    """A cell as people read it."""
    if isinstance(value, Said):
        return value.spoken
    if isinstance(value, date):
        return long_date(value, language)
    return "" if value is None else str(value)


def paper_of(listing: Listing, language: str, today: date) -> dict[str, Any]:
    """Everything that is printed, in words: the columns as wide as what stands in them."""
    kept = [at for at, name in enumerate(listing.heading) if name not in listing.left_off]
    heading = [translate(language, listing.heading[at]) for at in kept]
    rows = [[_printable(spoken(row[at], language)) for at in kept] for row in listing.rows[:MOST_ROWS]]
    notes = [f"{translate(language, name)}: {value}" for name, value in listing.asked]
    if len(listing.rows) > MOST_ROWS:
        notes.append(translate(language, CUT).format(most=grouped(MOST_ROWS)))
    standing = translate(language, STANDING)
    return {
        "language": language,
        "title": translate(language, listing.title),
        "owner": listing.owner,
        "standing": standing.format(day=long_date(today, language), count=grouped(len(listing.rows))),
        "notes": notes,
        "pages": translate(language, PAGES),
        "empty": translate(language, EMPTY),
        "heading": heading,
        "widths": [_width([name, *(row[at] for row in rows)]) for at, name in enumerate(heading)],
        "rows": rows,
    }


def _printable(text: str) -> str:
    """The text so that it can be broken: a hash has no place where a line might end."""
    clean = "".join(letter for letter in text if letter.isprintable() or letter == "\n")
    if len(clean) == _HASH_CHARACTERS and clean.isalnum():
        return " ".join(clean[at : at + 16] for at in range(0, _HASH_CHARACTERS, 16))
    return clean


def _width(cells: Sequence[str]) -> int:
    """What a column gets of the line: its longest words count, and one long cell does not starve the others."""
    lengths = sorted(len(cell) for cell in cells)
    usual = lengths[len(lengths) * 9 // 10] if len(lengths) > 1 else lengths[0]
    word = max((len(word) for cell in cells for word in cell.split()), default=0)
    return min(max(usual, min(word, 18), NARROWEST), WIDEST)
