"""What can be wrong with where things are kept."""

from complianceai.base.errors import DomainError, Kind


class BadDatabaseUrl(DomainError):
    """DATABASE_URL cannot be used as it stands."""

    code = "storage.bad_database_url"
    kind = Kind.INVALID
    sentence = (
        "DATABASE_URL cannot be used: {fault}. "
        "Write sqlite:///path/to/file.db or postgresql://user:password@host:5432/name."
    )


class DatabaseUnusable(DomainError):
    """The database cannot be opened as it stands; nothing in it was changed."""

    code = "storage.database_unusable"
    kind = Kind.UNAVAILABLE
    sentence = "The database {place} {fault}. {cure}"


class DatabaseUnreachable(DomainError):
    """The database server does not answer."""

    code = "storage.database_unreachable"
    kind = Kind.UNAVAILABLE
    sentence = (
        "The database {place} cannot be reached: {fault}. Check that it runs and that DATABASE_URL is right."
    )


class DatabaseAway(DomainError):
    """The database does not answer just now, as while it is being restarted; what it had kept is safe."""

    code = "storage.database_away"
    kind = Kind.UNAVAILABLE
    sentence = (
        "The database does not answer at the moment. Try again in {retry_after_seconds} seconds, and look first "
        "whether what you sent is there."
    )

    def __init__(self) -> None:
        super().__init__(retry_after_seconds=5)


class DatabaseBusy(DomainError):
    """More is asked of the database than it can do just now; nothing was changed."""

    code = "storage.database_busy"
    kind = Kind.UNAVAILABLE
    sentence = "Too much is being asked at the moment. Nothing was changed. Try again in {retry_after_seconds} seconds."

    def __init__(self) -> None:
        super().__init__(retry_after_seconds=5)


class DiskFull(DomainError):
    """There is no room to keep anything more; nothing was changed, and what is there can be read."""

    code = "storage.disk_full"
    kind = Kind.UNAVAILABLE
    sentence = (
        "There is no room left to keep anything, so nothing was changed. "
        "Tell whoever runs this server that its disk is full."
    )

    def __init__(self) -> None:
        super().__init__(retry_after_seconds=300)


class FileGone(DomainError):
    """The file is not where it was kept."""

    code = "storage.file_gone"
    kind = Kind.MISSING
    sentence = "The file is not there any more."


class FileSpoiled(DomainError):
    """The file's content is not what was kept."""

    code = "storage.file_spoiled"
    kind = Kind.UNAVAILABLE
    sentence = "The file {hash} has changed since it was kept, so it is not shown. Restore it from a backup."


class FileTooLarge(DomainError):
    """The file is longer than may be kept."""

    code = "storage.file_too_large"
    kind = Kind.INVALID
    sentence = "The file is larger than {limit_bytes} bytes. Make it smaller, or split it."


class FilesUnreachable(DomainError):
    """The place of the files does not answer, or has no room."""

    code = "storage.files_unreachable"
    kind = Kind.UNAVAILABLE
    sentence = "Files cannot be kept or read at the moment. Try again in a minute."


class FileNotKept(DomainError):
    """The file is of a kind that is not kept."""

    code = "storage.file_not_kept"
    kind = Kind.INVALID
    sentence = "Files of this kind are not kept. Send one of: {kinds}."


class FileNotAsNamed(DomainError):
    """The file's content is not what the end of its name says."""

    code = "storage.file_not_as_named"
    kind = Kind.INVALID
    sentence = "{name} is broken, or not what the end of its name says. Open it, save it anew and send that."


class FileHasMacros(DomainError):
    """The file brings a program along."""

    code = "storage.file_has_macros"
    kind = Kind.INVALID
    sentence = "The file has macros in it, which are not kept. Save it without them, or as a PDF."


class FileUnfolds(DomainError):
    """The file is small and unfolds to something huge."""

    code = "storage.file_unfolds"
    kind = Kind.INVALID
    sentence = "The file unfolds to far more than a document has. Save it anew, or as a PDF."


class FileHasVirus(DomainError):
    """The scanner has found something in the file."""

    code = "storage.file_has_virus"
    kind = Kind.INVALID
    sentence = "The scanner found a virus in this file, so it was not kept. Clean the machine it comes from."


class ScannerUnreachable(DomainError):
    """The scanner does not answer, and what it has not seen is not kept."""

    code = "storage.scanner_unreachable"
    kind = Kind.UNAVAILABLE
    sentence = "Files cannot be checked for viruses at the moment, so none is kept. Try again in a minute."
