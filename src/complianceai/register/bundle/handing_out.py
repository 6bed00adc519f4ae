"""For which time a bundle may be asked, and what its archive is called."""

from datetime import date

from complianceai.register.errors import WindowFaulty

MOST_YEARS = 10


def check_window(first: date, last: date) -> None:
    """Nothing, where a bundle may be asked for of that time.

    Errors: WindowFaulty.
    """
    if not first <= last or last.year - first.year > MOST_YEARS:
        raise WindowFaulty(most_years=MOST_YEARS)


def name_of(first: date, last: date) -> str:
    """The file's name."""
    return f"evidence-{first}-{last}.zip"
