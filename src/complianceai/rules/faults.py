"""What is wrong with what a person gave: where, what, and how to mend it."""

from __future__ import annotations

from typing import NamedTuple


class ProfileFault(NamedTuple):
    """One thing wrong with a profile: where, what, and how to mend it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class ProfileFaults(Exception):
    """The profile cannot be taken; `faults` says everything that is wrong with it."""

    def __init__(self, faults: tuple[ProfileFault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults
