"""Who asks, and therefore what there is to be found."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Subquery, Uuid, bindparam, false, select

from complianceai.storage.audit import Actor
from complianceai.tenancy.practice_tables import practice_members
from complianceai.tenancy.reach import is_current, reach, strongest
from complianceai.tenancy.tables import members
from complianceai.tenancy.tokens import May

# What the trail keeps of one.
LONGEST_NAME = 50


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account."""

    id: UUID
    name: str
    email: str
    phone: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Scope:
    """The signed-in person, through whom every query passes: what is not theirs is not there."""

    person: Person
    # None where a program asks, by a token.
    session_id: UUID | None = None
    # None where a person asks, by a session.
    token_id: UUID | None = None
    # When that session began, and when its person last showed again who they are.
    signed_in_at: datetime | None = None
    confirmed_at: datetime | None = None
    # Whether the pages show the way to a practice; it opens nothing by itself.
    has_practice: bool = False
    # Without a day nothing that ends is reached: to forget to say it must not open a door.
    today: date = date.max
    address: str | None = None
    request_id: str | None = None
    # What a token may be used for, and the only companies that it reaches; a session is held to neither.
    may: frozenset[May] = frozenset(May)
    companies: frozenset[UUID] | None = None
    # The operator who sees this in the person's place, by their permission, and until when.
    helper: str | None = None
    helped_until: datetime | None = None

    @property
    def actor(self) -> Actor:
        """The person and where they ask from, for the trail."""
        name = self.person.name if self.helper is None else f"{self.helper} ({self.person.name})"
        return Actor(self.person.id, name[:LONGEST_NAME], self.address, self.request_id)

    @property
    def membership(self) -> ColumnElement[bool]:
        """The condition that a row of `members` is the person's own and has not ended.

        It knows nothing of practices: what somebody may do to a company is told by `grants`.
        """
        is_on = members.c.until.is_(None) | (members.c.until >= self.today)
        mine = (members.c.person_id == self.person.id) & is_on
        return mine if self.companies is None else mine & members.c.company_id.in_(self.companies)

    @property
    def practice_membership(self) -> ColumnElement[bool]:
        """The condition that a row of `practice_members` is the person's own; a token of named companies has none."""
        mine = practice_members.c.person_id == self.person.id
        return mine if self.companies is None else mine & false()

    def reaches(self, company_id: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The condition that a row's company is one of the person's; every select of a company's rows bears it."""
        # Uncorrelated, so that a query over `reach` itself can bear it too.
        return company_id.in_(select(reach.c.company_id).where(self._mine).correlate(None))

    def is_in(self, practice_id: ColumnElement[UUID]) -> ColumnElement[bool]:
        """The condition that a row's practice is one of the person's; every select of a practice's rows bears it."""
        mine = select(practice_members.c.practice_id).where(self.practice_membership)
        return practice_id.in_(mine.correlate(None))

    def grants(self, company_id: UUID | None = None) -> Subquery:
        """The person's companies, or the one, each once: `role` is what the person is there; join by `company_id`."""
        wanted = select(reach.c.company_id, strongest).where(self._mine)
        if company_id is not None:
            wanted = wanted.where(reach.c.company_id == company_id)
        return wanted.group_by(reach.c.company_id).subquery("grants")

    @property
    def _mine(self) -> ColumnElement[bool]:
        mine = (reach.c.person_id == self.person.id) & is_current(self.today)
        return mine if self.companies is None else mine & reach.c.company_id.in_(self.companies)


# `Scope.grants` of one company for glances, whose asker names `person_id`, `today` and `company_id`; that a token
# reaches the company at all is looked at before (`Scope.companies`).
grant_asked = (
    select(reach.c.company_id, strongest)
    .where(reach.c.person_id == bindparam("person_id", type_=Uuid))
    .where(is_current(bindparam("today", type_=Date)))
    .where(reach.c.company_id == bindparam("company_id", type_=Uuid))
    .group_by(reach.c.company_id)
    .subquery("grants")
)
