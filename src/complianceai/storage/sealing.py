"""What is kept or handed out so that only this installation can read it: encrypted, sealed against change, dated."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Sealer:
    """Seals texts with keys derived from one secret, a key for each purpose, so that none serves another's place.

    What the earlier secrets sealed can be read still. With a new secret alone nothing sealed before can be: who has a
    second factor signs in by a recovery code.
    """

    def __init__(self, secret: str, *earlier: str) -> None:
        self._secrets = [each.encode() for each in (secret, *earlier)]
        self._key = lru_cache(maxsize=16)(self._derived)

    def seal(self, purpose: str, text: str, now: datetime) -> str:
        """The text as nobody else can read it, nor change it."""
        return self._key(purpose).encrypt_at_time(text.encode(), int(now.timestamp())).decode()

    def unseal(self, purpose: str, sealed: str, now: datetime, within: timedelta | None = None) -> str | None:
        """The text, or None where it is not ours, was sealed for another purpose, or longer ago than it may be."""
        seconds = None if within is None else int(within.total_seconds())
        try:
            key = self._key(purpose)
            if seconds is None:
                return key.decrypt(sealed.encode()).decode()
            return key.decrypt_at_time(sealed.encode(), seconds, int(now.timestamp())).decode()
        except (InvalidToken, UnicodeError):
            return None

    def _derived(self, purpose: str) -> MultiFernet:
        # The first seals; each is tried to open.
        return MultiFernet([_key_of(secret, purpose) for secret in self._secrets])


def _key_of(secret: bytes, purpose: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=f"complianceai {purpose}".encode())
    return Fernet(urlsafe_b64encode(derived.derive(secret)))
