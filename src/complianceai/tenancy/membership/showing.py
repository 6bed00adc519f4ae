"""The pages of members and invitations, filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.responses import HTMLResponse

from complianceai.site.templating import page
from complianceai.tenancy.membership.queries import Invitation, Member, Offer
from complianceai.tenancy.policies import ROLE_WORDS, Role, can_give_role, can_manage_members
from complianceai.tenancy.practice.queries.engagements import Engagement
from complianceai.tenancy.practice.queries.reaching import WAY_WORDS, Reaching
from complianceai.tenancy.queries import Company


@dataclass
class People:
    """What the page of a company's people shows: them, open invitations, and what became of the form."""

    company: Company
    members: list[Member]
    invitations: list[Invitation]
    reaching: list[Reaching]
    # Each with whether it is on today.
    engagements: list[tuple[Engagement, bool]]
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    link: str = ""
    # Whether whoever looks belongs to the practice that looks after the company.
    is_of_practice: bool = False


def show_people(request: Request, people: People, status: int = 200) -> HTMLResponse:
    """The people of a company: its own, and who reaches it through a practice, and why."""
    mine = people.company.role
    direct = {each.person_id for each in people.members}
    return page(
        request,
        "tenancy/members.html",
        status=status,
        company=people.company,
        base=_base(people.company),
        members=people.members,
        invitations=[(each, can_give_role(mine, each.role)) for each in people.invitations],
        engagements=people.engagements,
        is_of_practice=people.is_of_practice,
        through=[(each, each.person_id in direct) for each in people.reaching if each.is_through_practice],
        way_words=WAY_WORDS,
        can_end=mine is Role.OWNER and any(each.role is Role.OWNER for each in people.members),
        can_manage=can_manage_members(mine),
        role_words=ROLE_WORDS,
        roles=_roles(mine),
        typed={name: people.typed.get(name, "") for name in ("email", "role", "until")},
        faults=people.faults,
        link=people.link,
    )


def show_member(
    request: Request, company: Company, member: Member, faults: Mapping[str, str], status: int = 200
) -> HTMLResponse:
    """One member of a company."""
    return page(
        request,
        "tenancy/member.html",
        status=status,
        company=company,
        base=_base(company),
        member=member,
        can_change=can_give_role(company.role, member.role),
        role_words=ROLE_WORDS,
        roles=_roles(company.role),
        faults=faults,
    )


def show_offer(request: Request, offer: Offer, token: str, proof: str) -> HTMLResponse:
    """An invitation, to the one who is invited."""
    return page(
        request, "tenancy/invitation.html", offer=offer, token=token, proof=proof, role_words=ROLE_WORDS
    )


def _base(company: Company) -> str:
    return f"/app/companies/{company.id}"


def _roles(mine: Role) -> list[tuple[str, str]]:
    return [(role.value, word) for role, word in ROLE_WORDS.items() if can_give_role(mine, role)]
