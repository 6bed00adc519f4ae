"""What anybody may ask: the calendar of a described company, the cost of lateness, a rule in plain words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from complianceai import catalogue
from complianceai.base.clock import date_in_india, utc_now
from complianceai.rules import (
    InputFaults,
    Lateness,
    ProfileFaults,
    WindowFault,
    advise,
    penalty,
    read_profile,
)
from complianceai.rules import calendar as calendar_of
from complianceai.rules.advice import advice_as_plain
from complianceai.rules.explaining import explain as explanations
from complianceai.rules.explaining import explain_as_plain
from complianceai.rules.wire import calendar_as_plain, cost_as_plain

# A window longer than this is a mistake, and its answer too long for any reader.
MOST_DAYS = 3 * 366

Profile = Annotated[
    dict[str, Any],
    Field(description="The company's profile as in company-profile.schema.json; only entity_type is needed."),
]
Company = Annotated[Profile | None, Field(description="The company's profile, where the answer turns on it.")]
AsOf = Annotated[date | None, Field(description="Answer with the law as notified on that day.")]


def calendar(
    profile: Profile,
    first_day: Annotated[date, Field(description="First due date wanted, as 2026-04-01.")],
    last_day: Annotated[date, Field(description="Last due date wanted, included; at most three years on.")],
    as_of: AsOf = None,
) -> dict[str, Any]:
    """Every statutory due date of an Indian business in a window, with why, the provision and how sure it is."""
    check_window(first_day, last_day)
    with refusals():
        law, company = catalogue.load(), read_profile(profile)
        found = calendar_of(law, company, first_day, last_day, as_of)
        advice = advise(law, company, first_day, last_day, as_of)
    return calendar_as_plain(found, [advice_as_plain(each) for each in advice])


def penalty_for_lateness(
    form: Annotated[str, Field(description="The form's label, such as GSTR-3B, AOC-4, TDS-PAYMENT.")],
    due_date: Annotated[date, Field(description="The day it was due.")],
    filed_on: Annotated[date | None, Field(description="The day it was filed; left out: not yet.")] = None,
    inputs: Annotated[
        dict[str, Any] | None, Field(description="What the charge turns on, such as turnover or nil_return.")
    ] = None,
    profile: Company = None,
) -> dict[str, Any]:
    """What filing or paying late costs in whole rupees, each line with its working and provision."""
    with refusals():
        company = None if profile is None else read_profile(profile)
        asked = Lateness(form, due_date, filed_on, inputs or {}, company)
        return cost_as_plain(penalty(catalogue.load(), asked, date_in_india(utc_now())))


def explain(
    what: Annotated[str, Field(description="A form's label, an obligation's id or a common name.")],
    on: Annotated[date | None, Field(description="Explain the law of that day; default: today.")] = None,
    profile: Company = None,
) -> dict[str, Any]:
    """A duty in plain words: who, when, how much, where it stands in the law, what changed, when last checked."""
    with refusals():
        company = None if profile is None else read_profile(profile)
        day = on or date_in_india(utc_now())
        found = explanations(catalogue.load(), what, company, day)
    return {"rules": [explain_as_plain(each) for each in found]}


TOOLS = (calendar, penalty_for_lateness, explain)


def check_window(first_day: date, last_day: date) -> None:
    """Nothing, where the window is one that can be answered.

    Errors: ToolError.
    """
    if not 0 <= (last_day - first_day).days <= MOST_DAYS:
        raise ToolError("last_day comes after first_day, at most three years later.")


@contextmanager
def refusals() -> Iterator[None]:
    """Tells an asker what is at fault with what was given, one line a fault.

    Errors: ToolError.
    """
    try:
        yield
    except (ProfileFaults, InputFaults) as error:
        raise ToolError("\n".join(map(str, error.faults))) from error
    except WindowFault as error:
        raise ToolError(str(error)) from error
