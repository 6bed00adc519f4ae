"""A person's calendar feeds as JSON."""

from uuid import UUID

from fastapi import Request

from complianceai.register.feeds.actions import make_feed, revoke_feed
from complianceai.register.feeds.queries import list_feeds
from complianceai.register.feeds.schemas import FeedReply, FeedWish, NewFeedReply
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now, root_of
from complianceai.tenancy.access import SignedIn

router = Router(prefix="/api/feeds", tags=["feeds"])


@router.get("", responses=failures(401, 403))
async def get_feeds(scope: SignedIn, database: Db) -> Success[list[FeedReply]]:
    """The person's feeds, the newest first, without their addresses."""
    async with database.reading() as connection:
        found = await list_feeds(connection, scope)
    return Success(data=[FeedReply.model_validate(each) for each in found])


@router.post("", status_code=201, responses=failures(401, 403, 404, 409, 413, 422))
async def create_feed(
    request: Request, scope: SignedIn, wanted: FeedWish, database: Db, now: Now
) -> Success[NewFeedReply]:
    """A feed with its address, which is told only now; calendars subscribe to it and fetch it by themselves."""
    made = await make_feed(database, scope, wanted.wish(), now)
    told = {name: getattr(made.feed, name) for name in FeedReply.model_fields}
    return Success(data=NewFeedReply(**told, address=f"{root_of(request)}/feeds/{made.token}.ics"))


@router.delete("/{feed_id}", status_code=204, responses=failures(401, 403, 404, 422))
async def remove_feed(feed_id: UUID, scope: SignedIn, database: Db) -> None:
    """Nothing; the address of the feed answers as if it had never been."""
    await revoke_feed(database, scope, feed_id)
