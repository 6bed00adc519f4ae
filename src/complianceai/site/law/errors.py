"""What a reader of the law can get wrong."""

from complianceai.base.errors import DomainError, Kind


class NoSuchDuty(DomainError):
    """No duty of the catalogue has that name."""

    code = "law.no_such_duty"
    kind = Kind.MISSING
    sentence = "The catalogue has no duty of that name. Look for it in the list of the law."
