"""What can be wrong with taking clients on by spreadsheet."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class SheetGone(DomainError):
    """There is no such file, or nothing was done by it that could be undone."""

    code = "register.sheet_gone"
    kind = Kind.MISSING
    sentence = marked("There is no such spreadsheet here. Send it again.")


class UndoneAlready(DomainError):
    """It was undone before."""

    code = "register.clients_undone"
    kind = Kind.CONFLICT
    sentence = marked("This was undone already.")


class ManyNew(DomainError):
    """More clients are new than are taken on at once."""

    code = "register.many_new_clients"
    kind = Kind.INVALID
    sentence = marked("At most {most} new clients are taken on at once. Send the file in parts.")
