"""What a reader of the handbook can get wrong."""

from complianceai.base.errors import DomainError, Kind


class NoSuchGuide(DomainError):
    """No guide has that name."""

    code = "guides.no_such_guide"
    kind = Kind.MISSING
    sentence = "There is no guide of that name. Look for it in the list of the guides."
