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
