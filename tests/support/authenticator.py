"""A device that keeps passkeys, in software: it makes keys of ES256, signs with them, and speaks CBOR as devices do."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, MAY_BE_COPIED, IS_COPIED, HAS_KEY = 0x01, 0x04, 0x08, 0x10, 0x40


def text_of(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Held:
    """One passkey on the device."""

    id: bytes
    party: str
    owner: bytes
    key: ec.EllipticCurvePrivateKey
    count: int = 0


@dataclass
class Device:
    """A device with its own lock; every knob is for a test that turns it wrong."""

    origin: str = "http://testserver"
    verifies: bool = True
    counts: bool = False
    synced: bool = False
    backed_up: bool = False
    held: list[Held] = field(default_factory=list)

    def make(self, options: dict[str, Any], **client: Any) -> dict[str, Any]:
        """The answer to `navigator.credentials.create`."""
        made = Held(
            os.urandom(32),
            options["rp"]["id"],
            bytes_of(options["user"]["id"]),
            ec.generate_private_key(ec.SECP256R1()),
        )
        self.held.append(made)
        point = made.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        data = self._data(made, HAS_KEY)
        data += bytes(16) + len(made.id).to_bytes(2, "big") + made.id + cbor2.dumps(public)
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        said = self._said("webauthn.create", options, client)
        return self._answer(
            made, {"clientDataJSON": text_of(said), "attestationObject": text_of(attestation)}
        )

    def sign(self, options: dict[str, Any], which: int = 0, **client: Any) -> dict[str, Any]:
        """The answer to `navigator.credentials.get`, by one of the passkeys held."""
        held = self.held[which]
        held.count += int(self.counts)
        data = self._data(held, 0)
        said = self._said("webauthn.get", options, client)
        signature = held.key.sign(data + sha256(said).digest(), ec.ECDSA(SHA256()))
        parts = {
            "clientDataJSON": said,
            "authenticatorData": data,
            "signature": signature,
            "userHandle": held.owner,
        }
        return self._answer(held, {name: text_of(content) for name, content in parts.items()})

    def _data(self, held: Held, flags: int) -> bytes:
        flags |= (
            PRESENT
            | (VERIFIED * self.verifies)
            | (MAY_BE_COPIED * self.synced)
            | (IS_COPIED * self.backed_up)
        )
        return sha256(held.party.encode()).digest() + bytes([flags]) + held.count.to_bytes(4, "big")

    def _said(self, kind: str, options: dict[str, Any], client: dict[str, Any]) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told | client).encode()

    def _answer(self, held: Held, response: dict[str, str]) -> dict[str, Any]:
        name = text_of(held.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": response,
            "clientExtensionResults": {},
        }
