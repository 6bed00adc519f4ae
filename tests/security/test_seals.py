"""Seals are made as docs/security/cryptography.md says."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime

from complianceai.storage.sealing import HEAD_BYTES, KEY_BYTES, NONCE_BYTES, WAY, Sealer

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
SEALER = Sealer("a secret of this installation")
TAG_BYTES = 16


def test_seals_are_of_256_bits_and_never_alike() -> None:
    assert KEY_BYTES == 32
    seals = [urlsafe_b64decode(SEALER.seal("factor", "a", NOW)) for _ in range(200)]
    assert {each[:1] for each in seals} == {WAY}
    assert {len(each) for each in seals} == {HEAD_BYTES + NONCE_BYTES + 1 + TAG_BYTES}
    assert len({each[HEAD_BYTES:][:NONCE_BYTES] for each in seals}) == 200


def test_a_seal_with_any_bit_turned_over_opens_nothing() -> None:
    whole = urlsafe_b64decode(SEALER.seal("factor", "a", NOW))
    for at in range(len(whole)):
        for bit in range(8):
            spoilt = bytearray(whole)
            spoilt[at] ^= 1 << bit
            assert SEALER.unseal("factor", urlsafe_b64encode(spoilt).decode(), NOW) is None, (at, bit)
