"""What can be wrong with a backup, or with where it is to go."""

from complianceai.base.errors import DomainError, Kind


class BackupFailed(DomainError):
    """No backup was made; nothing half made was left where backups lie."""

    code = "backup.failed"
    kind = Kind.UNAVAILABLE
    sentence = "No backup was made: {fault}. {cure}"


class BackupMissing(DomainError):
    """There is no such backup."""

    code = "backup.missing"
    kind = Kind.MISSING
    sentence = "{place} has no such backup. `complianceai backup list` shows those that there are."


class BackupUnreadable(DomainError):
    """The archive cannot be read, or is not what was written; nothing was restored."""

    code = "backup.unreadable"
    kind = Kind.INVALID
    sentence = "{name} cannot be restored: {fault}. Nothing was changed."


class BadBackupKey(DomainError):
    """The key cannot be used."""

    code = "backup.bad_key"
    kind = Kind.INVALID
    sentence = "{fault}. `complianceai backup key` makes a pair: BACKUP_KEY is its public half."


class TargetNotEmpty(DomainError):
    """What is to be restored would lie over something else."""

    code = "backup.target_not_empty"
    kind = Kind.CONFLICT
    sentence = "{place} is not empty, so nothing was restored over it. {cure}"


class DrillFailed(DomainError):
    """What came back out of the backup is not what went in."""

    code = "backup.drill_failed"
    kind = Kind.UNAVAILABLE
    sentence = "The backup {name} came back otherwise than it was made: {differences}."
