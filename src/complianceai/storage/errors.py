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
