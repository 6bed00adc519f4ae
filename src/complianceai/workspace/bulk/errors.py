"""What can be wrong with papers in bulk."""

from complianceai.base.errors import DomainError, Kind
from complianceai.site.words import marked


class BatchMissing(DomainError):
    """There is no such work, it was swept away, or it is somebody else's."""

    code = "workspace.batch_missing"
    kind = Kind.MISSING
    sentence = marked("There is no such work, or what came of it was swept away.")


class TableUnreadable(DomainError):
    """The file is no table."""

    code = "workspace.table_unreadable"
    kind = Kind.INVALID
    sentence = marked(
        "This is no table that can be read. Download the one of this template, fill it in, and send it as Excel or CSV."
    )


class ColumnUnknown(DomainError):
    """A column is headed by what the template does not ask."""

    code = "workspace.column_unknown"
    kind = Kind.INVALID
    sentence = marked(
        "Cell {cell}: the template does not ask for “{column}”. Take the column out, or mend its heading."
    )


class ColumnTwice(DomainError):
    """Two columns are headed alike."""

    code = "workspace.column_twice"
    kind = Kind.INVALID
    sentence = marked("Cell {cell}: there is another column for “{column}”. Keep one of the two.")


class ColumnMissing(DomainError):
    """A column without which no row can be made into a paper is not there."""

    code = "workspace.column_missing"
    kind = Kind.INVALID
    sentence = marked("The column “{column}” is missing from the first row. Every paper needs it.")


class NoRows(DomainError):
    """The table has a heading and nothing below it."""

    code = "workspace.no_rows"
    kind = Kind.INVALID
    sentence = marked("The table has no rows. Write one for each paper below the heading.")


class TooManyColumns(DomainError):
    """The template asks more than a table can hold here."""

    code = "workspace.too_many_columns"
    kind = Kind.CONFLICT
    sentence = marked("This template asks for more than {most} columns, and is answered one paper at a time.")


class NothingToMake(DomainError):
    """Every row has a fault."""

    code = "workspace.nothing_to_make"
    kind = Kind.CONFLICT
    sentence = marked("Every row has something to mend. Mend the table and send it again.")


class AlreadyStarted(DomainError):
    """The work was started before, or is over."""

    code = "workspace.already_started"
    kind = Kind.CONFLICT
    sentence = marked("This was started already. Look at it again.")


class NotRunning(DomainError):
    """There is nothing to stop."""

    code = "workspace.not_running"
    kind = Kind.CONFLICT
    sentence = marked("This is not being made now. Look at it again.")


class StillRunning(DomainError):
    """What is being made cannot be removed."""

    code = "workspace.still_running"
    kind = Kind.CONFLICT
    sentence = marked("This is still being made. Stop it first.")


class AnotherRunning(DomainError):
    """One company makes one pile of papers at a time."""

    code = "workspace.another_running"
    kind = Kind.CONFLICT
    sentence = marked("Other papers of this company are just being made. Start these when they are done.")


class NotReadyYet(DomainError):
    """The archive is not there yet."""

    code = "workspace.not_ready_yet"
    kind = Kind.CONFLICT
    sentence = marked("The archive is not there yet. Look again in a while.")
