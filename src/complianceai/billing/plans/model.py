"""What a plan is."""

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

_AS_WRITTEN = ConfigDict(extra="forbid", strict=True)

Sentence = Annotated[str, Field(min_length=1, max_length=200)]
Amount = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, config=_AS_WRITTEN)
class Words:
    """One text in each language of the interface."""

    en: Sentence
    hi: Sentence


@dataclass(frozen=True, config=_AS_WRITTEN)
class Limits:
    """How much a plan has room for; None is no limit.

    `people` are those who work on the account's companies: whoever is there as its client or auditor is not counted.
    Documents and answers are counted anew each month, in India.
    """

    companies: Amount | None
    people: Amount | None
    documents_a_month: Amount | None
    answers_a_month: Amount | None
    storage_bytes: Amount | None


@dataclass(frozen=True, config=_AS_WRITTEN)
class Plan:
    """One plan, its prices in paise and without GST; a price of None is told on request, and 0 is free.

    `for_practice` is whether only a practice may take it, and `position` where it stands among the others: one with
    more stands further on.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]{1,29}$")]
    position: Amount
    titles: Words
    about: Words
    monthly_paise: Amount | None
    yearly_paise: Amount | None
    trial_days: Amount
    limits: Limits
    for_practice: bool

    @property
    def is_free(self) -> bool:
        """Whether nothing is ever to be paid for it."""
        return self.monthly_paise == 0

    @property
    def is_on_request(self) -> bool:
        """Whether its price is agreed with each who takes it, and it cannot be bought from a page."""
        return self.monthly_paise is None
