"""What a partner is told of private clients that they do not see, and how they take one over."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.ids import read_id
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.practice.actions import assigning
from complianceai.tenancy.practice.asking import OnePractice
from complianceai.tenancy.practice.errors import ClientMissing
from complianceai.tenancy.practice.policies import PracticeDeed, check_can
from complianceai.tenancy.practice.queries.engagements import list_unseen
from complianceai.tenancy.practice.showing import base_of, show

router = Router(prefix="/app/practices/{practice_id}/private", include_in_schema=False)


@router.get("")
async def show_private(request: Request, practice: OnePractice, scope: SignedIn, database: Db) -> Response:
    """That there are private clients, who is named for each, and not which they are."""
    check_can(practice.role, PracticeDeed.TAKE_OVER)
    async with database.reading() as connection:
        unseen = await list_unseen(connection, scope, practice.id)
    return show(request, "private", practice, unseen=unseen)


@router.post("/{engagement_id}")
async def take_over(
    practice: OnePractice, engagement_id: str, scope: SignedIn, database: Db, now: Now
) -> Response:
    """The way to the client, which the partner sees from now on; both trails say so."""
    identity = read_id(engagement_id)
    if identity is None:
        raise ClientMissing
    company_id = await assigning.take_over(database, scope, practice.id, identity, now)
    return RedirectResponse(f"{base_of(practice)}/clients/{company_id}", 303)
