"""What is kept or handed out so that only this installation can read it: encrypted, sealed against change, dated."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Sealer:
    """Seals texts with keys derived from one secret, a key for each purpose, so that none serves another's place.

    With another SECRET_KEY nothing sealed before can be read: who has a second factor signs in by a recovery code.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
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

    def _derived(self, purpose: str) -> Fernet:
        derived = HKDF(SHA256(), length=32, salt=None, info=f"complianceai {purpose}".encode())
        return Fernet(urlsafe_b64encode(derived.derive(self._secret)))
