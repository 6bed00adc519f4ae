"""What other parts of the register show on the page of a task; `entry` says which."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.tasks.queries.one import Task
from complianceai.tenancy.queries import Company
from complianceai.tenancy.scope import Scope


@dataclass(frozen=True, slots=True)
class Beside:
    """A section of the page by its template, which finds `given` as `part`; and what it proposes as the filing."""

    template: str
    given: Mapping[str, Any]
    proposed: Mapping[str, str] = field(default_factory=dict)


Shower: TypeAlias = Callable[[AsyncConnection, Request, Company, Scope, Task], Awaitable[Beside | None]]

# Evidence and requests are made of tasks, so tasks cannot import them.
_showers: list[Shower] = []


def show_beside_tasks(shower: Shower) -> None:
    """Nothing; from now on the page of each task has the section as well."""
    if shower not in _showers:
        _showers.append(shower)


async def list_beside(
    connection: AsyncConnection, request: Request, company: Company, scope: Scope, task: Task
) -> list[Beside]:
    """The sections in the order in which they were announced, without those that have nothing to say here."""
    found = [await shower(connection, request, company, scope, task) for shower in _showers]
    return [each for each in found if each is not None]
