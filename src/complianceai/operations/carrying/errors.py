"""What can keep a company from being carried."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class ArchiveUnreadable(DomainError):
    """The archive is not what was written; nothing of it was taken."""

    code = "carrying.unreadable"
    kind = Kind.INVALID
    sentence = "{name} cannot be imported: {fault}. Nothing was changed."


class CannotImport(DomainError):
    """The archive is whole, and what is here stands in its way; nothing was changed."""

    code = "carrying.conflict"
    kind = Kind.CONFLICT
    sentence = "Nothing was imported: {fault}. {cure}"


class NoSuchCompany(DomainError):
    """There is no company of that id."""

    code = "carrying.company_missing"
    kind = Kind.MISSING
    sentence = "There is no company {company}."


class OwnersOnly(DomainError):
    """Everything that a company has goes to its owner only."""

    code = "carrying.owners_only"
    kind = Kind.FORBIDDEN
    sentence = marked("Only an owner may take out everything that the company has.")
