"""The models of this process, made when they are first asked for: whoever has set up none pays nothing for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from fastapi import Request

if TYPE_CHECKING:
    from complianceai.assistant.models.chain import Attempt, Chain


Count: TypeAlias = Callable[[str, bool, "Sequence[Attempt]"], None]


def _count_nothing(provider: str, refused: bool, attempts: "Sequence[Attempt]") -> None:  # noqa: FBT001 - as counted
    """Nothing; nobody watches."""


@dataclass
class Models:
    """Whether there are models, what they may cost a company in a month (in paise), and the chain of them."""

    is_on: bool
    paise: int
    make: "Callable[[], Chain]"
    # Told of each answer that was kept: by whose words, whether it was refused, and who was to answer and did not.
    count: Count = _count_nothing

    @cached_property
    def chain(self) -> "Chain":
        """The chain, with the state of every provider."""
        return self.make()


def models_of(request: Request) -> Models:
    """The models of the application that received the request."""
    found: Models = request.app.state.models
    return found
