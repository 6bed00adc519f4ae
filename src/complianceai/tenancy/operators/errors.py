"""What can go wrong with those who run the site."""

from complianceai.base.errors import DomainError, Kind


class OperatorStepNeeded(DomainError):
    """The session is an operator's, and its second factor was shown too long ago or never."""

    code = "operators.step_needed"
    kind = Kind.FORBIDDEN
    sentence = "Show your second step to open the console."


class NobodyToGrant(DomainError):
    """There is no account with that e-mail."""

    code = "operators.nobody_of_that_email"
    kind = Kind.MISSING
    sentence = "Nobody has an account with that e-mail. Sign up with it first."


class NoOperator(DomainError):
    """The account is no operator's."""

    code = "operators.none"
    kind = Kind.MISSING
    sentence = "That account is no operator's."


class NoSuchPermit(DomainError):
    """The code opens nothing: it never did, its time is over, or somebody has used it."""

    code = "operators.no_such_permit"
    kind = Kind.MISSING
    sentence = "This code opens nothing any more. Ask the person for a new one."
