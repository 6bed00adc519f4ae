"""The practice that `complianceai demo` makes around its clients: people, teams, and who sees which client."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.entry.practice import clients
from complianceai.storage.database import Database
from complianceai.tenancy import actions
from complianceai.tenancy.policies import Access, PracticeRole, Role
from complianceai.tenancy.practice.actions.assigning import Terms, assign_teams, change_client, name_person
from complianceai.tenancy.practice.actions.engaging import create_client
from complianceai.tenancy.practice.actions.invitations import let_in
from complianceai.tenancy.practice.actions.practices import Details, create_practice
from complianceai.tenancy.practice.actions.teams import make_team
from complianceai.tenancy.practice.policies import PracticeKind
from complianceai.tenancy.queries import find_person
from complianceai.tenancy.scope import Scope

SOURCE = Path(__file__).with_name("firm.yaml")


def colleagues() -> list[str]:
    """The e-mails of everybody in the practice but the partner."""
    return [each["email"] for each in _firm()["people"][1:]]


def _firm() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return found


class Making:
    """A practice in the making: the database, the moment, and the ids that names stand for."""

    def __init__(self, database: Database, password: str, now: datetime) -> None:
        self.database, self.password, self.now = database, password, now
        self.firm = _firm()
        self.scopes: dict[str, Scope] = {}
        self.clients: dict[str, UUID] = {}

    async def make(self) -> int:
        """How many clients the practice has, once it is there with everybody in it."""
        await self._register()
        said = self.firm["practice"]
        details = Details(said["name"], PracticeKind(said["kind"]), said["registration"], said["address"])
        self.partner = next(iter(self.scopes.values()))
        practice = await create_practice(self.database, self.partner, details, self.now)
        await self._join(practice.id)
        for profile in clients():
            company = await create_client(
                self.database, self.partner, practice.id, profile, Access.EVERYONE, self.now
            )
            self.clients[company.name] = company.id
        await self._assign(practice.id)
        return len(self.clients)

    async def _register(self) -> None:
        for each in self.firm["people"]:
            newcomer = actions.Newcomer(each["name"], each["email"], self.password, each.get("phone"))
            signed_in = await actions.register(self.database, newcomer, actions.Browser(), self.now)
            await actions.sign_out(self.database, signed_in.token)
            async with self.database.reading() as connection:
                person = await find_person(connection, signed_in.person_id)
            assert person is not None  # noqa: S101 - made a moment ago
            self.scopes[each["email"]] = Scope(person, new_id(), today=date_in_india(self.now))

    async def _join(self, practice_id: UUID) -> None:
        for each in self.firm["people"][1:]:
            role = PracticeRole(each["role"])
            # Not by an invitation: its mail would go out to people who do not exist.
            async with self.database.transaction() as connection:
                await let_in(connection, self.scopes[each["email"]], practice_id, role, self.now)

    async def _assign(self, practice_id: UUID) -> None:
        database, partner, now = self.database, self.partner, self.now
        for each in self.firm["teams"]:
            people = [self.scopes[email].person.id for email in each["people"]]
            team = await make_team(database, partner, practice_id, each["name"], people, now)
            for name, role in each["clients"].items():
                wanted = {team.id: Role(role)}
                await assign_teams(database, partner, practice_id, self.clients[name], wanted, now)
        for name, named in self.firm["named"].items():
            for email, role in named.items():
                client, person_id = (practice_id, self.clients[name]), self.scopes[email].person.id
                await name_person(database, partner, client, person_id, (Role(role), None), now)
        since = date.fromisoformat(self.firm["practice"]["since"])
        for name, company_id in self.clients.items():
            terms = Terms(Access(self.firm["access"].get(name, Access.EVERYONE)), since)
            await change_client(database, partner, practice_id, company_id, terms, now)
