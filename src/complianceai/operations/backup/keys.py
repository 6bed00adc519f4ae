"""Encryption of a backup by the recipient's key, in the format of age: the server that makes it cannot read it.

Source: https://age-encryption.org/v1
"""

from pathlib import Path
from typing import NamedTuple

from complianceai.operations.backup.errors import BackupUnreadable, BadBackupKey


class Pair(NamedTuple):
    """The two halves of a key: what the server gets, and what is kept away from it."""

    public: str
    secret: str


def make_pair() -> Pair:
    """A new pair."""
    from pyrage import x25519

    made = x25519.Identity.generate()
    return Pair(str(made.to_public()), str(made))


def check_public(key: str) -> str:
    """The key, where something can be encrypted for it.

    Errors: BadBackupKey.
    """
    from pyrage import RecipientError, x25519

    try:
        x25519.Recipient.from_str(key)
    except RecipientError as error:
        raise BadBackupKey(fault="BACKUP_KEY is no public key of age, which begins with age1") from error
    return key


def encrypt(source: Path, target: Path, key: str) -> None:
    """Nothing; the target is the source, readable only with the secret half of the key."""
    import pyrage

    recipient = pyrage.x25519.Recipient.from_str(check_public(key))
    with source.open("rb") as plain, target.open("wb") as sealed:
        pyrage.encrypt_io(plain, sealed, [recipient])


def decrypt(source: Path, target: Path, secret: str) -> None:
    """Nothing; the target is what was encrypted.

    Errors: BadBackupKey; BackupUnreadable where it is another key's, or was changed since.
    """
    import pyrage

    try:
        identity = pyrage.x25519.Identity.from_str(secret.strip())
    except pyrage.IdentityError as error:
        raise BadBackupKey(
            fault="That is no secret key of age, which begins with AGE-SECRET-KEY-1"
        ) from error
    with source.open("rb") as sealed, target.open("wb") as plain:
        try:
            pyrage.decrypt_io(sealed, plain, [identity])
        except (pyrage.DecryptError, OSError) as error:
            raise BackupUnreadable(
                name=source.name, fault="it was made for another key, or was changed since"
            ) from error
