"""What can be wrong with saved views."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class ViewMissing(DomainError):
    """The person has no such view."""

    code = "register.view_missing"
    kind = Kind.MISSING
    sentence = marked("You have no such view.")


class TooManyViews(DomainError):
    """The person has as many views as one may have."""

    code = "register.too_many_views"
    kind = Kind.CONFLICT
    sentence = marked("You have {most} views, and more cannot be kept. Remove one that is not used.")
