"""A provider that fails is left alone for a while, longer each time, and then tried with one question."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

_FAILURES, _FIRST_REST, _LONGEST_REST = 3, 15.0, 300.0


@dataclass
class Breaker:
    """The state of one provider in this process; shared by all who ask."""

    clock: Callable[[], float] = time.monotonic
    failures: int = field(default=0, init=False)
    rests_until: float = field(default=0.0, init=False)
    rest: float = field(default=_FIRST_REST, init=False)
    is_trying: bool = field(default=False, init=False)

    def may_try(self) -> bool:
        """Whether it may be asked now; after a rest, one may and the others wait for how it goes."""
        if self.failures < _FAILURES:
            return True
        if self.clock() < self.rests_until or self.is_trying:
            return False
        self.is_trying = True
        return True

    def worked(self) -> None:
        """Nothing; it is as good as new."""
        self.failures, self.rest, self.is_trying = 0, _FIRST_REST, False

    def failed(self, *, at_once: bool = False) -> None:
        """Nothing; after the third failure in a row, or at once where asking again is of no use, it rests."""
        self.failures = _FAILURES if at_once else self.failures + 1
        self.is_trying = False
        if self.failures >= _FAILURES:
            self.rests_until = self.clock() + self.rest
            self.rest = min(self.rest * 2, _LONGEST_REST)

    def was_left(self) -> None:
        """Nothing; the reader went away before it was known how it went."""
        self.is_trying = False
