"""What people and companies look like on the way in and on the way out."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from complianceai.site.blanks import Flag
from complianceai.site.replies import Reply, Wire
from complianceai.tenancy.actions import Given, Newcomer
from complianceai.tenancy.inputs import Email, Name, NewPassword, OptionalPhone, Text
from complianceai.tenancy.policies import Role


class Registration(Wire):
    """What somebody gives who asks for an account."""

    name: Name
    email: Email
    password: NewPassword
    phone: OptionalPhone = None
    may_count: Flag = False

    def newcomer(self) -> Newcomer:
        """The person to be."""
        return Newcomer(self.name, self.email, self.password, self.phone, self.may_count)


class SignIn(Wire):
    """What somebody signs in with; that it is right matters, not that it keeps the rules of today."""

    email: Text = Field(max_length=200)
    password: Text = Field(max_length=200)
    code: Text | None = Field(default=None, max_length=50)

    def given(self) -> Given:
        """What is checked."""
        return Given(self.email, self.password, self.code)


class SecondStep(Wire):
    """The code, and what shows that the password was right a moment ago."""

    step: Text = Field(max_length=1000)
    code: Text = Field(min_length=1, max_length=50)


class User(Wire):
    """A person, to themselves."""

    id: UUID
    name: str
    email: str
    phone: str | None
    created_at: datetime


class UserReply(Reply):
    """It was done; this is who you are."""

    success: Literal[True] = True
    user: User


class Done(Wire):
    """It was done, and there is nothing to tell."""

    success: Literal[True] = True


class CompanyInput(Wire):
    """A company to be looked after: its profile, and its name here or in the profile."""

    name: Text | None = None
    profile: dict[str, Any]

    def whole_profile(self) -> dict[str, Any]:
        """The profile with the name in it."""
        return self.profile if self.name is None else {**self.profile, "name": self.name}


class CompanyEdit(Wire):
    """A change of a company; a profile takes the old one's place whole. A version guards against a stale edit."""

    name: Text | None = None
    profile: dict[str, Any] | None = None
    version: int | None = Field(default=None, ge=1, le=2**31 - 1)


class CompanyReply(Reply):
    """A company, to one of its members."""

    id: UUID
    name: str
    gstin: str | None
    profile: dict[str, Any]
    role: Role
    version: int
    created_at: datetime
    updated_at: datetime
