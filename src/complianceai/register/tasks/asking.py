"""What the routes of tasks ask for alike."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from complianceai.base.ids import UUID, read_id
from complianceai.register.tasks.errors import NoticeMissing, TaskMissing
from complianceai.register.tasks.queries.filters import ALL, DONE, OPENED, SORTS, Filters
from complianceai.register.tasks.states import Priority, State
from complianceai.site.days import Day

STATES = "|".join((ALL, OPENED, DONE, *State))
PRIORITIES = "|".join(Priority)


class TaskQuery(BaseModel):
    """Which tasks, in what order, and which page of them."""

    state: str = Field("open", pattern=f"^({STATES})?$", description="`open`, `closed`, `all` or one state.")
    due: str = Field("", pattern="^(overdue|7|30|later)?$", description="When it is due.")
    due_from: Day | None = Field(None, alias="dueFrom", description="The first last day in time.")
    due_to: Day | None = Field(None, alias="dueTo", description="The last last day in time.")
    assignee: str = Field("", max_length=36, description="A person's id, `me` or `none`.")
    authority: str = Field("", max_length=60)
    kind: str = Field("", pattern="^(statutory|custom|notice)?$")
    priority: str = Field("", pattern=f"^({PRIORITIES})?$")
    q: str = Field("", max_length=100, pattern=r"^[^\x00]*$", description="Words that all occur in it.")
    sort: str = Field("due", pattern=f"^({'|'.join(SORTS)})?$")
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=200)

    @property
    def filters(self) -> Filters:
        """What is asked for."""
        return Filters(
            state=self.state or OPENED,
            due=self.due,
            due_from=self.due_from,
            due_to=self.due_to,
            assignee=self.assignee,
            authority=self.authority,
            kind=self.kind,
            priority=self.priority,
            search=self.q,
            sort=self.sort or SORTS[0],
        )

    @property
    def offset(self) -> int:
        """How many tasks come before the page."""
        return (self.page - 1) * self.size


Asked = Annotated[TaskQuery, Query()]


def typed_filters(given: dict[str, str]) -> Filters:
    """The filters of an address that a person may have typed: what cannot be is left aside."""
    state = given.get("state", OPENED)
    return Filters(
        state=state if state in {ALL, OPENED, DONE, *State} else OPENED,
        due=_one_of(given.get("due", ""), ("overdue", "7", "30", "later")),
        due_from=_day(given.get("dueFrom", "")),
        due_to=_day(given.get("dueTo", "")),
        assignee=given.get("assignee", "")[:36],
        authority=given.get("authority", "")[:60],
        kind=_one_of(given.get("kind", ""), ("statutory", "custom", "notice")),
        priority=_one_of(given.get("priority", ""), tuple(Priority)),
        search=given.get("q", "")[:100].replace("\x00", ""),
        sort=_one_of(given.get("sort", ""), SORTS) or "due",
    )


def _one_of(text: str, known: tuple[str, ...]) -> str:
    return text if text in known else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _task_id(task_id: str) -> UUID:
    found = read_id(task_id)
    if found is None:
        raise TaskMissing
    return found


async def _duty_id(duty_id: str) -> UUID:
    return await _task_id(duty_id)


async def _notice_id(notice_id: str) -> UUID:
    found = read_id(notice_id)
    if found is None:
        raise NoticeMissing
    return found


# On pages an address that names no id leads to the page that says that nothing is there.
OneTask = Annotated[UUID, Depends(_task_id)]
OneDuty = Annotated[UUID, Depends(_duty_id)]
OneNotice = Annotated[UUID, Depends(_notice_id)]
