"""What can be wrong with calendar feeds."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class FeedMissing(DomainError):
    """There is no such feed, or it was revoked."""

    code = "register.feed_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such calendar feed. It may have been revoked.")


class TooManyFeeds(DomainError):
    """The person has as many feeds as one may have."""

    code = "register.too_many_feeds"
    kind = Kind.CONFLICT
    sentence = marked("You have {most} calendar feeds, and more cannot be made. Revoke one that is not used.")
