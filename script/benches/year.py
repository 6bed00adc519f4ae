"""One company's year over the whole catalogue, once loaded."""

from datetime import date

from benches.measuring import Figure, cpu_ms, yardstick_ms
from benches.sample import BUSY, END, START, loaded
from complianceai.rules import calendar, read_profile


def measure() -> list[Figure]:
    """Under 2 ms, for a company that nearly everything applies to."""
    catalogue = loaded()
    profile = read_profile(BUSY)
    start, end = date.fromisoformat(START), date.fromisoformat(END)
    dates = len(calendar(catalogue, profile, start, end).occurrences)
    taken = cpu_ms(lambda: calendar(catalogue, profile, start, end))
    what = f"a year: {len(catalogue.obligations)} obligations, {dates} dates"
    return [Figure(what, taken, "ms", promise=2, ratio=f"{taken / yardstick_ms():.2f} of the yardstick")]
