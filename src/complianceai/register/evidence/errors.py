"""What can be wrong with files that prove a filing."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class EvidenceMissing(DomainError):
    """The task has no such file."""

    code = "register.evidence_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such file with this task.")


class EvidenceTwice(DomainError):
    """The same content proves the task already."""

    code = "register.evidence_twice"
    kind = Kind.CONFLICT
    sentence = marked("This very file is with the task already, as {name}.")


class NoFile(DomainError):
    """A form came without the file."""

    code = "register.no_file"
    kind = Kind.INVALID
    sentence = marked("No file came with it. Choose one, then send it again.")
