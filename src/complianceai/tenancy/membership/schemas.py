"""What members and invitations look like on the way in and on the way out."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from complianceai.site.days import OptionalDay
from complianceai.site.replies import Reply, Wire
from complianceai.tenancy.inputs import Email, Text
from complianceai.tenancy.membership.actions import Post
from complianceai.tenancy.policies import Role


class MemberEdit(Wire):
    """What a member is to be from now on; an auditor until a last day."""

    role: Role
    until: OptionalDay = None

    def post(self) -> Post:
        """What the member is to be."""
        return Post(self.role, self.until)


class InvitationInput(MemberEdit):
    """Who is to be invited, and as what."""

    email: Email


class TokenInput(Wire):
    """The part of an invitation's link that opens it."""

    token: Text = Field(min_length=1, max_length=100)
    # Only the link that was mailed bears it; with it the address is verified as well.
    proof: Text = Field(default="", max_length=1000)


class MemberReply(Reply):
    """Somebody who belongs to a company."""

    person_id: UUID
    name: str
    email: str
    role: Role
    until: date | None
    created_at: datetime


class InvitationReply(Reply):
    """An invitation that can still be accepted."""

    id: UUID
    email: str
    role: Role
    until: date | None
    created_at: datetime
    expires_at: datetime


class InvitedReply(InvitationReply):
    """A new invitation, with the link to send on; it is told once."""

    link: str


class OfferReply(Reply):
    """An invitation, to the one who is invited."""

    company_id: UUID
    company: str
    role: Role
    until: date | None
    expires_at: datetime
