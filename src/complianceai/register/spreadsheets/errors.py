"""What can be wrong with a spreadsheet that somebody sends."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class SheetUnreadable(DomainError):
    """The file is no table with a heading that we know."""

    code = "register.sheet_unreadable"
    kind = Kind.INVALID
    sentence = marked(
        "This is no table that can be read. Download the tasks as Excel or CSV, change that, and send it."
    )


class SheetWithoutColumn(DomainError):
    """A column without which no row can be understood is missing."""

    code = "register.sheet_without_column"
    kind = Kind.INVALID
    sentence = marked(
        "The first row must name the column {column}. Keep the headings as they were downloaded."
    )


class SheetTooLong(DomainError):
    """The file has more rows than one import may have."""

    code = "register.sheet_too_long"
    kind = Kind.INVALID
    sentence = marked("The table has more than {most} rows. Send it in parts.")


class ImportMissing(DomainError):
    """There is no such import."""

    code = "register.import_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such import.")


class ImportDone(DomainError):
    """The import was applied or undone already."""

    code = "register.import_done"
    kind = Kind.CONFLICT
    sentence = marked("This import was applied or undone already. Look at it again.")
