"""What can be wrong with requests for documents."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class RequestMissing(DomainError):
    """There is no such request, or it is over: a stranger learns nothing of which."""

    code = "register.request_missing"
    kind = Kind.MISSING
    sentence = marked("Nothing is asked for here. The link may be over; ask whoever sent it for a new one.")


class SentMissing(DomainError):
    """There is no such file among those that were sent, or it was decided on already."""

    code = "register.sent_missing"
    kind = Kind.MISSING
    sentence = marked("This file was taken or refused already.")


class NotAsked(DomainError):
    """A file is sent for something that was not asked."""

    code = "register.not_asked"
    kind = Kind.INVALID
    sentence = marked("This document was not asked for. Go back and choose among those that are.")


class TooMuchSent(DomainError):
    """As many files were sent as one request takes."""

    code = "register.too_much_sent"
    kind = Kind.CONFLICT
    sentence = marked("{most} files were sent already, and more are not taken here.")
