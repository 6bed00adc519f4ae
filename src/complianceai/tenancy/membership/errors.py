"""What can go wrong with members and invitations."""

from complianceai.base.errors import DomainError, Kind


class MemberMissing(DomainError):
    """Nobody of that id belongs to the company."""

    code = "tenancy.member_missing"
    kind = Kind.MISSING
    sentence = "There is no such member of this company."


class AlreadyMember(DomainError):
    """The person belongs to the company already."""

    code = "tenancy.already_member"
    kind = Kind.CONFLICT
    sentence = "They are a member of this company already. Change their role instead."


class LastOwner(DomainError):
    """Without this person the company would have no owner."""

    code = "tenancy.last_owner"
    kind = Kind.CONFLICT
    sentence = "A company keeps at least one owner. Make somebody else an owner first."


class InvitationMissing(DomainError):
    """There is no such open invitation for this account; why is nobody else's business."""

    code = "tenancy.invitation_missing"
    kind = Kind.MISSING
    sentence = (
        "There is no such invitation for this account. It may have been used, withdrawn or run out, or be for another "
        "e-mail: sign in with the one it was sent to, or ask for a new one."
    )
