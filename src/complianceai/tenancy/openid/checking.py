"""Whether an ID token is the provider's, for us, for this sign-in, and of now.

Source: OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725 (best current practice of JSON Web Tokens).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from complianceai.tenancy.openid.fetching import Unbelievable

# Signatures by a key that only the provider has; "none" is no signature, and HS256 is made with what others know.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
KINDS_OF_KEY = frozenset({"RSA", "EC"})
DRIFT_SECONDS = 60
# A token is made when the code is taken; one from long before was meant for another time.
OLDEST_SECONDS = 600


class UnknownKey(Exception):
    """The token is signed with a key that is none of those known."""


def check_signature(token: str, keys: Mapping[str, Any]) -> dict[str, Any]:
    """What the token claims, signed by one of the keys.

    Errors: UnknownKey; Unbelievable.
    """
    # Some megabytes that a process without a provider need not spend.
    from joserfc import jws, jwt  # noqa: PLC0415
    from joserfc.errors import InvalidKeyIdError, JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    registry = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        known = KeySet.import_key_set({"keys": _signing(keys)})
        return dict(jwt.decode(token, known, registry=registry).claims)
    except InvalidKeyIdError as error:
        raise UnknownKey from error
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise Unbelievable(f"signed what cannot be believed: {error}") from error


def check_claims(
    claims: Mapping[str, Any], issuer: str, client_id: str, nonce: str, now: datetime
) -> dict[str, Any]:
    """The claims, where they are that provider's, for us, for this sign-in, and of now.

    Errors: Unbelievable.
    """
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwt import JWTClaimsRegistry  # noqa: PLC0415

    at = int(now.timestamp())
    wanted = JWTClaimsRegistry(
        now=at,
        leeway=DRIFT_SECONDS,
        iss={"essential": True, "value": issuer},
        aud={"essential": True, "value": client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        wanted.validate(dict(claims))
    except JoseError as error:
        raise Unbelievable(f"claims what cannot be believed: {error}") from error
    if claims["iat"] < at - OLDEST_SECONDS:
        raise Unbelievable("claims what was said long ago")
    _check_audience(claims, client_id)
    # Source: section 2, `sub`: at most 255 characters of ASCII.
    subject = claims["sub"]
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255 or not subject.isascii():
        raise Unbelievable("names nobody")
    if not subject.isprintable():
        raise Unbelievable("names nobody")
    return dict(claims)


def _signing(keys: Mapping[str, Any]) -> list[Any]:
    listed = keys.get("keys")
    if not isinstance(listed, list):
        raise Unbelievable("has no keys")
    found = [each for each in listed if isinstance(each, dict) and each.get("kty") in KINDS_OF_KEY]
    return [each for each in found if each.get("use", "sig") == "sig"]


def _check_audience(claims: Mapping[str, Any], client_id: str) -> None:
    # A token for several must say which of them asked; and who asked must be us.
    audience, asked = claims["aud"], claims.get("azp")
    is_for_several = isinstance(audience, list) and len(audience) > 1
    if (is_for_several and asked is None) or (asked is not None and asked != client_id):
        raise Unbelievable("was asked by somebody else")
