"""Passkeys, accounts elsewhere and the log of an account, on the way in and on the way out."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BeforeValidator, Field

from complianceai.site.replies import Reply, Wire
from complianceai.tenancy.actions import Answer, Asked
from complianceai.tenancy.browsers import browser_words
from complianceai.tenancy.inputs import Text
from complianceai.tenancy.passkeys import read_credential
from complianceai.tenancy.queries import Happening, Linked, Passkey


def _strip(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


ThingName = Annotated[Text, BeforeValidator(_strip), Field(min_length=1, max_length=50)]
State = Annotated[Text, Field(max_length=2000)]
# A device with a long chain of certificates writes some thousands of characters.
LONGEST_ANSWER = 20_000


class Door(Wire):
    """Whether a passkey is to open the door by itself or, with the step, after the password."""

    step: State | None = None


class AskedReply(Reply):
    """What the browser is to be asked, and what is sent back with its answer."""

    options: dict[str, Any]
    state: str


class AnswerInput(Wire):
    """What the browser answered, as it writes itself in JSON, with the state that came with the question."""

    state: State
    credential: dict[str, Any]

    def answer(self) -> Answer:
        """The answer itself."""
        return Answer(self.state, self.credential)


class DoorAnswer(AnswerInput):
    """The answer at the door; with the step where the password came first."""

    step: State | None = None


class NewPasskeyInput(AnswerInput):
    """The answer with what the person calls the passkey."""

    name: ThingName


class AnswerForm(Wire):
    """The answer as a form's script wrote it, whose text is only now read."""

    state: State = ""
    credential: Annotated[str, Field(max_length=LONGEST_ANSWER)] = ""
    step: State = ""

    def answer(self) -> Answer:
        """The answer itself.

        Errors: PasskeyNotTaken where the text says none.
        """
        return Answer(self.state, read_credential(self.credential))


class NameInput(Wire):
    """What a person calls a thing of theirs."""

    name: ThingName


class DeviceName(Wire):
    """What a person calls a device; nothing where the browser's own words will do."""

    name: Annotated[Text, BeforeValidator(_strip), Field(max_length=50)]


class PasskeyReply(Reply):
    """One of the person's passkeys; one that is synced may live on several devices, and is backed up where it does."""

    id: UUID
    name: str
    is_synced: bool
    is_backed_up: bool
    created_at: datetime
    last_used_at: datetime | None


class HappeningReply(Reply):
    """One thing that happened to the account."""

    at: datetime
    what: str
    about: str | None
    address: str | None
    browser: str | None


class LinkAtDoor(Wire):
    """What somebody shows once so that an account elsewhere becomes a way into theirs."""

    pending: State
    password: Annotated[Text, Field(max_length=200)] = ""
    step: State = ""
    code: Annotated[Text, Field(max_length=50)] = ""


class LinkInput(Wire):
    """The account elsewhere that somebody signed in wants to link."""

    pending: State


class LinkedReply(Reply):
    """One of the person's accounts elsewhere."""

    id: UUID
    issuer: str
    email: str | None
    created_at: datetime
    last_used_at: datetime | None


def linked_reply(linked: Linked) -> LinkedReply:
    """The account elsewhere as its person sees it."""
    return LinkedReply(**{name: getattr(linked, name) for name in LinkedReply.model_fields})


def asked_reply(asked: Asked) -> AskedReply:
    """The question as it goes to the browser."""
    return AskedReply(options=asked.options, state=asked.state)


def passkey_reply(passkey: Passkey) -> PasskeyReply:
    """The passkey as its person sees it."""
    return PasskeyReply(**{name: getattr(passkey, name) for name in PasskeyReply.model_fields})


def happening_reply(happening: Happening) -> HappeningReply:
    """What happened, as the person sees it."""
    browser = browser_words(happening.agent) if happening.agent else None
    told = {name: getattr(happening, name) for name in ("at", "what", "about", "address")}
    return HappeningReply(**told, browser=browser)
