"""What can be wrong with recording an extension."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class ExtensionFaulty(DomainError):
    """The lines of an extension are not as the catalogue takes them."""

    code = "register.extension_faulty"
    kind = Kind.INVALID
    sentence = marked("The extension cannot be recorded: {faults}")


class ExtensionMissing(DomainError):
    """There is no such extension, or it is undone already."""

    code = "register.extension_missing"
    kind = Kind.MISSING
    sentence = marked("No extension of that id is in force.")


class ExtensionTwice(DomainError):
    """The same lines are in force already."""

    code = "register.extension_twice"
    kind = Kind.CONFLICT
    sentence = marked("This extension is recorded already.")
