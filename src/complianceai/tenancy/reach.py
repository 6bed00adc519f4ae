"""Every way by which somebody comes to a company, in one place: as its member, or through the practice that serves it.

Shape: a row of `reach` is one way of one person to one company, with the role that it gives as a strength, and the
last days after which it is over. What somebody is to a company is the strongest of their ways that are not over.
"""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    String,
    Uuid,
    case,
    cast,
    exists,
    func,
    null,
    select,
    union_all,
)

from complianceai.tenancy.policies import REACHES_AS, STRENGTH, Access, PracticeRole, Role
from complianceai.tenancy.practice_tables import (
    client_people,
    client_teams,
    engagements,
    practice_members,
    team_members,
)
from complianceai.tenancy.tables import members

# How a way is called that is neither a role in the practice nor a team.
DIRECT, EVERYONE, NAMED, TEAM = "direct", "everyone", "named", "team"
_IS_IN_CHARGE = practice_members.c.role.in_([PracticeRole.PARTNER.value, PracticeRole.ADMINISTRATOR.value])
_NEVER = cast(null(), Date)
_NO_TEAM = cast(null(), Uuid)


def _strength_of(role: ColumnElement[str]) -> ColumnElement[int]:
    return case({each.value: strength for each, strength in STRENGTH.items()}, value=role)


def role_of(strength: ColumnElement[int]) -> ColumnElement[str]:
    """The word of the role that has the strength."""
    return case({strength: each.value for each, strength in STRENGTH.items()}, value=strength)


def _strength_in_charge() -> ColumnElement[int]:
    # Somebody must be able to hand over a company without an owner of its own: the partners of its practice.
    owner = exists().where(
        members.c.company_id == engagements.c.company_id, members.c.role == Role.OWNER.value
    )
    is_held = (practice_members.c.role == PracticeRole.PARTNER.value) & ~owner
    return case((is_held, STRENGTH[Role.OWNER]), else_=STRENGTH[Role.ADMINISTRATOR])


def _directly() -> Select[tuple[object, ...]]:
    return select(
        members.c.person_id,
        members.c.company_id,
        _strength_of(members.c.role).label("strength"),
        members.c.until,
        _NEVER.label("ends_on"),
        cast(DIRECT, String).label("way"),
        _NO_TEAM.label("team_id"),
    )


def _by_practice() -> Select[tuple[object, ...]]:
    """Through belonging to the practice at all, or through being in charge of it; a private client is in neither."""
    given = {role.value: STRENGTH[as_role] for role, as_role in REACHES_AS.items()}
    is_everyones = engagements.c.access == Access.EVERYONE.value
    is_of_those_in_charge = (engagements.c.access == Access.TEAMS.value) & _IS_IN_CHARGE
    return (
        select(
            practice_members.c.person_id,
            engagements.c.company_id,
            case(
                (_IS_IN_CHARGE, _strength_in_charge()), else_=case(given, value=practice_members.c.role)
            ).label("strength"),
            _NEVER.label("until"),
            engagements.c.ends_on,
            case((_IS_IN_CHARGE, practice_members.c.role), else_=EVERYONE).label("way"),
            _NO_TEAM.label("team_id"),
        )
        .join_from(practice_members, engagements, engagements.c.practice_id == practice_members.c.practice_id)
        .where(engagements.c.closed_at.is_(None), is_everyones | is_of_those_in_charge)
    )


def _by_name() -> Select[tuple[object, ...]]:
    """Through being named for the client: the only way to a private one."""
    return (
        select(
            client_people.c.person_id,
            engagements.c.company_id,
            case((_IS_IN_CHARGE, _strength_in_charge()), else_=_strength_of(client_people.c.role)).label(
                "strength"
            ),
            client_people.c.until,
            engagements.c.ends_on,
            cast(NAMED, String).label("way"),
            _NO_TEAM.label("team_id"),
        )
        .join_from(client_people, engagements, engagements.c.id == client_people.c.engagement_id)
        .join(
            practice_members,
            (practice_members.c.practice_id == engagements.c.practice_id)
            & (practice_members.c.person_id == client_people.c.person_id),
        )
        .where(engagements.c.closed_at.is_(None))
    )


def _by_team() -> Select[tuple[object, ...]]:
    return (
        select(
            team_members.c.person_id,
            engagements.c.company_id,
            _strength_of(client_teams.c.role).label("strength"),
            _NEVER.label("until"),
            engagements.c.ends_on,
            cast(TEAM, String).label("way"),
            team_members.c.team_id,
        )
        .join_from(team_members, client_teams, client_teams.c.team_id == team_members.c.team_id)
        .join(engagements, engagements.c.id == client_teams.c.engagement_id)
        .where(engagements.c.closed_at.is_(None), engagements.c.access != Access.PRIVATE.value)
    )


# Made once: a query that passes through it pays for what it asks and not for its making.
reach = union_all(_directly(), _by_practice(), _by_name(), _by_team()).subquery("reach")


def is_current(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """The condition that a way of `reach` is not over on that day."""
    is_on = reach.c.until.is_(None) | (reach.c.until >= today)
    return is_on & (reach.c.ends_on.is_(None) | (reach.c.ends_on >= today))


# The role that the strongest of several ways gives.
strongest = role_of(func.max(reach.c.strength)).label("role")
