"""What the answers of one company may cost in a month: set aside before a model is asked, corrected after."""

from __future__ import annotations

import asyncio
from typing import Protocol


class Purse(Protocol):
    """The month's money of whoever asks, in paise."""

    async def set_aside(self, paise: int) -> bool:
        """Whether that much was left, and is now set aside."""
        ...

    async def give_back(self, paise: int) -> None:
        """Nothing; that much of what was set aside was not spent."""
        ...


class PurseInMemory:
    """A purse of this process; the twin of the one that a database keeps."""

    def __init__(self, limit: int) -> None:
        """A purse with that many paise in it."""
        self.limit = limit
        self.spent = 0
        self._lock = asyncio.Lock()

    async def set_aside(self, paise: int) -> bool:
        """Whether that much was left, and is now set aside."""
        async with self._lock:
            if self.spent + paise > self.limit:
                return False
            self.spent += paise
            return True

    async def give_back(self, paise: int) -> None:
        """Nothing; that much of what was set aside was not spent."""
        async with self._lock:
            self.spent = max(self.spent - paise, 0)
