"""What is kept or handed out so that only this installation can read it: encrypted, sealed against change, dated."""

import binascii
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

# The first byte names the way of sealing, so that another one can take its place while old seals are opened still.
WAY = b"\x01"
DATE_BYTES = 8
# Source: NIST SP 800-38D, section 8.2.2.
NONCE_BYTES = 12
HEAD_BYTES = len(WAY) + DATE_BYTES
KEY_BYTES = 32


class Sealer:
    """Seals texts with keys derived from one secret, a key for each purpose, so that none serves another's place.

    What the earlier secrets sealed can be read still. With a new secret alone nothing sealed before can be: who has a
    second factor signs in by a recovery code.
    Shape: base 64 of the way, the second it was sealed in, a nonce, and AES-256-GCM over all of it.
    """

    def __init__(self, secret: str, *earlier: str) -> None:
        self._secrets = [each.encode() for each in (secret, *earlier)]
        self._keys = lru_cache(maxsize=16)(self._derived)

    def seal(self, purpose: str, text: str, now: datetime) -> str:
        """The text as nobody else can read it, nor change it."""
        head, nonce = WAY + int(now.timestamp()).to_bytes(DATE_BYTES), os.urandom(NONCE_BYTES)
        sealed = self._keys(purpose)[0].encrypt(nonce, text.encode(), head)
        return urlsafe_b64encode(head + nonce + sealed).decode()

    def unseal(self, purpose: str, sealed: str, now: datetime, within: timedelta | None = None) -> str | None:
        """The text, or None where it is not ours, was sealed for another purpose, or longer ago than it may be."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - 6 MB, and most requests open no seal

        try:
            whole = urlsafe_b64decode(sealed.encode("ascii"))
        except (binascii.Error, ValueError):
            return None
        head, nonce, rest = (
            whole[:HEAD_BYTES],
            whole[HEAD_BYTES:][:NONCE_BYTES],
            whole[HEAD_BYTES + NONCE_BYTES :],
        )
        if head[:1] != WAY or len(nonce) < NONCE_BYTES:
            return None
        for key in self._keys(purpose):
            try:
                text = key.decrypt(nonce, rest, head).decode()
            except InvalidTag:
                continue
            sealed_at = int.from_bytes(head[len(WAY) :])
            return text if within is None or now.timestamp() - sealed_at <= within.total_seconds() else None
        return None

    def _derived(self, purpose: str) -> "list[AESGCM]":
        # The first seals; each is tried to open.
        return [_key_of(secret, purpose) for secret in self._secrets]


def _key_of(secret: bytes, purpose: str) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    derived = HKDF(SHA256(), length=KEY_BYTES, salt=None, info=f"complianceai {purpose}".encode())
    return AESGCM(derived.derive(secret))
