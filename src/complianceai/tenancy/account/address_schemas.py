"""What addresses and links look like on the way in and on the way out."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from complianceai.site.language import LANGUAGES
from complianceai.site.replies import Reply, Wire
from complianceai.site.words import marked
from complianceai.tenancy.inputs import Email, NewPassword, Text

UNKNOWN_LANGUAGE = marked("There is no such language here. Choose one of those in the list.")


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise PydanticCustomError(
            "rule", "{sentence}", {"sentence": UNKNOWN_LANGUAGE, "rule": "unknown_language"}
        )
    return code


class LinkToken(Wire):
    """The part of a mailed link that opens it."""

    token: Text = Field(min_length=1, max_length=100)


class Forgotten(Wire):
    """The e-mail of an account whose password is forgotten."""

    email: Email


class NewChoice(LinkToken):
    """The link's token, and the password to be."""

    password: NewPassword


class EmailChange(Wire):
    """The address to be, and the password once more; it may be left out by who has just shown who they are."""

    email: Email
    password: Text = Field(default="", max_length=200)


class LanguageChoice(Wire):
    """The language to be written to in."""

    language: Annotated[Text, AfterValidator(_language)]


class EmailReply(Reply):
    """The person's address, since when it is verified, and the one that waits to be confirmed in its place."""

    email: str
    verified_at: datetime | None
    pending: str | None
