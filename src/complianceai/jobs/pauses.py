"""How long a job that did not succeed waits for its next round."""

from datetime import timedelta

FIRST = timedelta(seconds=10)
LONGEST = timedelta(hours=8)
FACTOR = 3


def pause_after(attempts: int) -> timedelta:
    """Ten seconds after the first attempt, three times as long after each further one, and never more than 8 hours."""
    return min(FIRST * int(FACTOR ** min(attempts - 1, 20)), LONGEST)
