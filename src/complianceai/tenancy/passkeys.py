"""Passkeys as the browser speaks of them: what it is asked, and what of its answers can be believed.

Source: Web Authentication, Level 3 (W3C), sections 7.1 and 7.2, as the package webauthn checks them.
"""

from __future__ import annotations

import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json

from complianceai.tenancy.way_errors import PasskeyNotTaken

if TYPE_CHECKING:
    from webauthn.helpers.structs import CredentialDeviceType

    from complianceai.tenancy.scope import Person

# How long the browser may take to answer; people look for their phones.
ANSWER_WITHIN = timedelta(minutes=5)
MOST_PASSKEYS = 20
# A device gives a passkey a name of at most 1,023 bytes. Source: Web Authentication, Level 3, section 4.
_BASE64URL = re.compile(r"[A-Za-z0-9_-]{1,1364}")


@dataclass(frozen=True, slots=True)
class Party:
    """Whom the passkeys are for: the site's own name, and the address that its pages are opened by."""

    id: str
    origin: str
    name: str = "ComplianceAI"


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey that a device has just made."""

    credential_id: str
    public_key: str
    sign_count: int
    is_synced: bool
    is_backed_up: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a device showed by signing with a passkey."""

    sign_count: int
    is_synced: bool
    is_backed_up: bool


def new_challenge() -> str:
    """A challenge that nobody guesses, in base64url."""
    return secrets.token_urlsafe(32)


def ask_for_new(party: Party, person: Person, challenge: str, known: Sequence[str]) -> dict[str, Any]:
    """What the browser needs to make a passkey that can sign in by itself, on a device that has none of the known."""
    # Some megabytes that most visits never need.
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=party.name,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.name,
        challenge=_bytes(challenge),
        timeout=int(ANSWER_WITHIN.total_seconds() * 1000),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=_bytes(each)) for each in known],
    )
    return _read(webauthn.options_to_json(options))


def ask_for_known(party: Party, challenge: str, known: Sequence[str], *, verified: bool) -> dict[str, Any]:
    """What the browser needs to sign with a passkey: any that it has for this site, or one of the known."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    wish = structs.UserVerificationRequirement
    options = webauthn.generate_authentication_options(
        rp_id=party.id,
        challenge=_bytes(challenge),
        timeout=int(ANSWER_WITHIN.total_seconds() * 1000),
        allow_credentials=[structs.PublicKeyCredentialDescriptor(id=_bytes(each)) for each in known] or None,
        user_verification=wish.REQUIRED if verified else wish.PREFERRED,
    )
    return _read(webauthn.options_to_json(options))


def read_new(party: Party, credential: dict[str, Any], challenge: str) -> NewPasskey:
    """The passkey that the device made for this challenge, at this address, by somebody it knows.

    Errors: PasskeyNotTaken.
    """
    import webauthn  # noqa: PLC0415

    with _doubting():
        found = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
        key = _text(found.credential_public_key)
        is_synced, is_backed_up = _is_synced(found.credential_device_type), found.credential_backed_up
        return NewPasskey(_text(found.credential_id), key, found.sign_count, is_synced, is_backed_up)


def check_known(
    party: Party, credential: dict[str, Any], challenge: str, public_key: str, *, verified: bool
) -> Shown:
    """What the device showed, having signed this challenge at this address with the passkey of that key.

    The counter is left to the caller, who knows what it was.
    Errors: PasskeyNotTaken.
    """
    import webauthn  # noqa: PLC0415

    with _doubting():
        found = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=_bytes(public_key),
            credential_current_sign_count=0,
            require_user_verification=verified,
        )
        is_synced = _is_synced(found.credential_device_type)
        return Shown(found.new_sign_count, is_synced, found.credential_backed_up)


def read_credential(text: str) -> dict[str, Any]:
    """What a form's script wrote of the browser's answer.

    Errors: PasskeyNotTaken.
    """
    try:
        found = from_json(text)
    except ValueError as error:
        raise PasskeyNotTaken from error
    if not isinstance(found, dict):
        raise PasskeyNotTaken
    return found


def named_in(credential: dict[str, Any]) -> tuple[str, str | None]:
    """The device's name of the passkey, and whose it says that it is, both in base64url; nothing for what is none."""
    inner, name = credential.get("response"), credential.get("id")
    owner = inner.get("userHandle") if isinstance(inner, dict) else None
    is_name = isinstance(name, str) and _BASE64URL.fullmatch(name) is not None
    return str(name) if is_name else "", owner if isinstance(owner, str) and owner else None


def handle_of(person_id: bytes) -> str:
    """How a device names the person."""
    return _text(person_id)


@contextmanager
def _doubting() -> Iterator[None]:
    """A block in which whatever a stranger's bytes break is the stranger's mistake."""
    from cbor2 import CBORError  # noqa: PLC0415
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        yield
    except (WebAuthnException, CBORError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise PasskeyNotTaken from error
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        # The library reads bytes of any shape as the shape it expects.
        raise PasskeyNotTaken from error


def _is_synced(kind: CredentialDeviceType) -> bool:
    return kind.value == "multi_device"


def _read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
