"""What can be wrong with reminders, chats and programs that are called."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class WebhookMissing(DomainError):
    """The company has no such webhook."""

    code = "register.webhook_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such webhook in this company.")


class DeliveryMissing(DomainError):
    """The webhook has no such delivery."""

    code = "register.delivery_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such delivery. Deliveries are kept for 30 days.")


class ChatMissing(DomainError):
    """The company has no such chat."""

    code = "register.chat_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such chat in this company.")


class TooManyPlaces(DomainError):
    """The company has as many webhooks or chats as one may have."""

    code = "register.too_many_places"
    kind = Kind.CONFLICT
    sentence = marked("A company has at most {most} of these. Remove one that is not used.")


class ChatNotInstalled(DomainError):
    """This installation has no client for chats."""

    code = "register.chat_not_installed"
    kind = Kind.UNAVAILABLE
    sentence = marked("Chats are not installed on this server. Whoever runs it installs complianceai[chat].")
