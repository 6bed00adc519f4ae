"""What can be wrong with conversations."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class ConversationMissing(DomainError):
    """There is no such conversation of this person, with this company."""

    code = "desk.conversation_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such conversation. It may have been deleted.")


class MessageMissing(DomainError):
    """There is no such answer of this person's."""

    code = "desk.message_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such answer. It may have been deleted.")


class SharedMissing(DomainError):
    """The link leads to no answer, or is over."""

    code = "desk.shared_missing"
    kind = Kind.MISSING
    sentence = marked("This link leads to no answer. It may have expired or been withdrawn.")


class TooLong(DomainError):
    """The conversation has as many messages as one may have."""

    code = "desk.too_long"
    kind = Kind.CONFLICT
    sentence = marked("This conversation has {most} answers, and more do not fit. Begin a new one.")
