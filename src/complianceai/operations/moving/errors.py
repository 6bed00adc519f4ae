"""What can keep a database from being moved."""

from complianceai.base.errors import DomainError, Kind


class CannotMove(DomainError):
    """Nothing was moved; both databases are as they were."""

    code = "moving.impossible"
    kind = Kind.CONFLICT
    sentence = "Nothing was moved: {fault}. {cure}"


class MovedOtherwise(DomainError):
    """What arrived is not what is there; the source is untouched and the target not yet in use."""

    code = "moving.otherwise"
    kind = Kind.CONFLICT
    sentence = (
        "What arrived is not what is there ({differences}): the source was written to between two attempts. "
        "Empty the target and begin again, with the product stopped."
    )
