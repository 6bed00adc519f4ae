"""What can go wrong with practices, their people and their clients."""

from complianceai.base.errors import DomainError, Kind


class PracticeMissing(DomainError):
    """There is no such practice, or none that this person belongs to."""

    code = "practice.missing"
    kind = Kind.MISSING
    sentence = "There is no such practice among yours."


class NotYourPracticeRole(DomainError):
    """The person's role in the practice does not reach so far."""

    code = "practice.not_your_role"
    kind = Kind.FORBIDDEN
    sentence = "As {role} of this practice you may not do this. Ask one of its partners."


class ColleagueMissing(DomainError):
    """Nobody of that id belongs to the practice."""

    code = "practice.colleague_missing"
    kind = Kind.MISSING
    sentence = "There is nobody of that kind in this practice."


class AlreadyColleague(DomainError):
    """The person belongs to the practice already."""

    code = "practice.already_colleague"
    kind = Kind.CONFLICT
    sentence = "They belong to this practice already. Change their role instead."


class TeamMissing(DomainError):
    """There is no such team in the practice."""

    code = "practice.team_missing"
    kind = Kind.MISSING
    sentence = "There is no such team in this practice."


class TeamTaken(DomainError):
    """Another team of the practice bears the name."""

    code = "practice.team_taken"
    kind = Kind.CONFLICT
    sentence = "There is a team of this name already. Choose another name."


class ClientMissing(DomainError):
    """The practice has no such client, or none that this person sees."""

    code = "practice.client_missing"
    kind = Kind.MISSING
    sentence = "There is no such client of this practice among those you see."


class LookedAfterAlready(DomainError):
    """A practice looks after the company; there is never a second one."""

    code = "practice.looked_after_already"
    kind = Kind.CONFLICT
    sentence = "A practice looks after this company already. Its owner ends that first."


class NotTheOwner(DomainError):
    """Only an owner of a company gives it into the care of a practice, or takes it out again."""

    code = "practice.not_the_owner"
    kind = Kind.FORBIDDEN
    sentence = "Only an owner of the company decides who looks after it. Ask one of them."


class NobodyLeft(DomainError):
    """The company has no owner of its own, so without the practice nobody could reach it."""

    code = "practice.nobody_left"
    kind = Kind.CONFLICT
    sentence = "This client has no owner of its own yet. Invite one on its page of people first."


class LastNamed(DomainError):
    """Without this person nobody would see the private client."""

    code = "practice.last_named"
    kind = Kind.CONFLICT
    sentence = "A private client keeps at least one named person. Name somebody else first."


class PracticeInvitationMissing(DomainError):
    """There is no such open invitation for this account; why is nobody else's business."""

    code = "practice.invitation_missing"
    kind = Kind.MISSING
    sentence = (
        "There is no such invitation for this account. It may have been used, withdrawn or run out, or be for another "
        "e-mail: sign in with the one it was sent to, or ask for a new one."
    )
