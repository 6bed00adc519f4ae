"""What can go wrong with a question."""

from complianceai.base.errors import DomainError, Kind


class NothingAsked(DomainError):
    """No question waits for this person."""

    code = "insights.nothing_asked"
    kind = Kind.MISSING
    sentence = "No question waits for you."
