"""The models of this process, made when they are first asked for: whoever has set up none pays nothing for them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from fastapi import Request

if TYPE_CHECKING:
    from complianceai.assistant.models.chain import Chain


@dataclass
class Models:
    """Whether there are models, what they may cost a company in a month (in paise), and the chain of them."""

    is_on: bool
    paise: int
    make: "Callable[[], Chain]"

    @cached_property
    def chain(self) -> "Chain":
        """The chain, with the state of every provider."""
        return self.make()


def models_of(request: Request) -> Models:
    """The models of the application that received the request."""
    found: Models = request.app.state.models
    return found
