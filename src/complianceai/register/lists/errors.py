"""What can go wrong with a list."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class NotPrinted(DomainError):
    """The printing took too long."""

    code = "register.list_not_printed"
    kind = Kind.UNAVAILABLE
    sentence = marked("This list could not be printed in time. Ask for less of it, or take Excel or CSV.")
