"""The price of a task over the wire."""

from typing import Annotated, Any

from pydantic import Field

from complianceai.register.pricing.queries import Price
from complianceai.rules.wire import line_as_plain
from complianceai.site.replies import Reply, Wire

Name = Annotated[str, Field(max_length=60, pattern="^[a-z0-9_]+$")]
Value = Annotated[str, Field(max_length=500)] | bool | int | float | dict[str, int | float] | None


class PriceInput(Wire):
    """What is said of the task, by the names that its price turns on; what is left out is taken back."""

    inputs: Annotated[dict[Name, Value], Field(max_length=40)]


class InputReply(Reply):
    """One thing that the price turns on."""

    name: str
    type: str
    about: str
    values: list[str]
    given: Any


class PriceReply(Reply):
    """What the price turns on, and what lateness costs in whole rupees if it is filed today and with each further day.

    Without a `total` it is not late yet, or something in `needs` must be known first.
    """

    inputs: list[InputReply]
    total: int | None
    per_day: int | None
    lines: list[dict[str, Any]]
    needs: list[str]


def price_reply(price: Price) -> PriceReply:
    """The price as it goes over the wire."""
    inputs = [
        InputReply(name=each.name, type=each.type, about=each.about, values=list(each.values),
                   given=price.given.get(each.name))
        for each in price.inputs
    ]  # fmt: skip
    found = None if price.cost is None else price.cost.today
    return PriceReply(
        inputs=inputs,
        total=None if found is None else found.total,
        per_day=None if price.cost is None or found is None else price.cost.per_day,
        lines=[] if found is None else [line_as_plain(line) for line in found.lines],
        needs=[] if price.cost is None else list(price.cost.needs),
    )
