"""What a person's account looks like on the way in and on the way out."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from complianceai.site.replies import Reply, Wire
from complianceai.tenancy.actions import Wish
from complianceai.tenancy.browsers import browser_words
from complianceai.tenancy.inputs import Name, NewPassword, OptionalPhone, Text
from complianceai.tenancy.queries import ApiToken, Factor, OpenSession
from complianceai.tenancy.scope import Scope
from complianceai.tenancy.tokens import LONGEST_DAYS, May

Given = Annotated[Text, Field(max_length=200)]


class PersonEdit(Wire):
    """The person's name and number, both; a number left out is taken away."""

    name: Name
    phone: OptionalPhone = None


class PasswordChange(Wire):
    """The password of now, which who has just shown who they are may leave out, and the one to be."""

    old_password: Given = ""
    new_password: NewPassword


class Confirmation(Wire):
    """The password once more; who has just shown in another way who they are may leave it out."""

    password: Given = ""


class Code(Wire):
    """The digits that the app shows now."""

    code: Text = Field(min_length=1, max_length=50)


class Farewell(Wire):
    """The password once more, as in `Confirmation`, and the ids of the companies that go with the person."""

    password: Given = ""
    companies: list[UUID] = Field(default_factory=list, max_length=1000)


class SessionReply(Reply):
    """One of the person's open sessions."""

    id: UUID
    name: str | None
    browser: str
    way: str | None
    address: str | None
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    is_this_one: bool


class FactorReply(Reply):
    """Whether signing in takes two steps, since when, by an app or by passkeys, and how many codes are left."""

    is_on: bool
    by: Literal["app", "passkey"] | None = None
    confirmed_at: datetime | None
    codes_left: int


class SecretReply(Reply):
    """The secret for the app, told once: to type, and as the address in a QR code."""

    secret: str
    address: str


class CodesReply(Reply):
    """The recovery codes, told once."""

    codes: list[str]


class TokenWish(Wire):
    """A token as somebody wants it."""

    name: Text = Field(min_length=1, max_length=50)
    may: list[May] = Field(min_length=1, max_length=3)
    days: int = Field(default=90, ge=1, le=LONGEST_DAYS)
    companies: list[UUID] | None = Field(default=None, min_length=1, max_length=200)

    def wish(self) -> Wish:
        """The wish itself."""
        return Wish(self.name, self.may, self.days, self.companies)


class TokenReply(Reply):
    """One of the person's tokens, without its characters."""

    id: UUID
    name: str
    may: list[May]
    companies: list[UUID] | None
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class NewTokenReply(TokenReply):
    """A token that was just made, with its characters: they are told only now."""

    token: str


def session_reply(session: OpenSession, scope: Scope) -> SessionReply:
    """The session as its person sees it."""
    return SessionReply(
        id=session.id,
        name=session.name,
        way=session.way,
        browser=browser_words(session.agent),
        address=session.address,
        created_at=session.created_at,
        last_seen_at=session.last_seen_at,
        expires_at=session.expires_at,
        is_this_one=session.id == scope.session_id,
    )


def factor_reply(factor: Factor | None) -> FactorReply:
    """The second factor as its person sees it."""
    if factor is None or factor.confirmed_at is None:
        return FactorReply(is_on=False, confirmed_at=None, codes_left=0)
    by: Literal["app", "passkey"] = "app" if factor.secret else "passkey"
    return FactorReply(is_on=True, by=by, confirmed_at=factor.confirmed_at, codes_left=factor.codes_left)


def token_reply(token: ApiToken) -> TokenReply:
    """The token as its person sees it."""
    companies = None if token.company_ids is None else [UUID(each) for each in token.company_ids]
    kept = ("id", "name", "may", "created_at", "expires_at", "last_used_at")
    return TokenReply(**{name: getattr(token, name) for name in kept}, companies=companies)
