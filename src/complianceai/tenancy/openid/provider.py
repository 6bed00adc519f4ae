"""A provider: what it tells of itself, where it sends people, and who it says that they are."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from complianceai.base.text import has_control_characters
from complianceai.tenancy.openid.checking import UnknownKey, check_claims, check_signature
from complianceai.tenancy.openid.fetching import Unbelievable, fetch
from complianceai.tenancy.openid.trip import Trip, challenge_of

KNOWN_FOR = timedelta(hours=1)
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody, as the provider knows them."""

    issuer: str
    subject: str
    email: str | None
    is_verified: bool
    name: str | None


@dataclass(slots=True)
class Provider:
    """One provider as it was set, and what it told of itself within the hour."""

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    # Of whose e-mail addresses people may sign up; all, where none is named.
    domains: tuple[str, ...] = ()
    _told: dict[str, Any] = field(default_factory=dict, repr=False)
    _keys: dict[str, Any] = field(default_factory=dict, repr=False)
    _told_at: datetime | None = None

    async def address(self, trip: Trip, back: str, now: datetime) -> str:
        """Where the person is sent to sign in.

        Errors: Unreachable; Unbelievable.
        """
        told = await self._discover(now)
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "scope": "openid email profile",
            "state": trip.state,
            "nonce": trip.nonce,
            "code_challenge": challenge_of(trip.verifier),
            "code_challenge_method": "S256",
            **({"prompt": "login", "max_age": "0"} if trip.is_again else {}),
        }
        place = str(told["authorization_endpoint"])
        return f"{place}{'&' if urlsplit(place).query else '?'}{urlencode(asked)}"

    async def identify(self, trip: Trip, back: str, query: Mapping[str, str], now: datetime) -> Identity:
        """Who came back with that answer, which must be this provider's to this question.

        Errors: Unreachable; Unbelievable.
        """
        told = await self._discover(now)
        named = query.get("iss")
        must_name = told.get("authorization_response_iss_parameter_supported") is True
        # Source: RFC 9207, against a provider that answers in another's place.
        if (named is None and must_name) or (named is not None and named != self.issuer):
            raise Unbelievable("answers in another's place")
        if "error" in query or "code" not in query:
            raise Unbelievable(f"refuses: {query.get('error', 'no code')[:60]}")
        given = await self._exchange(told, query["code"], trip, back)
        claims = await self._believe(given.get("id_token"), trip, now)
        return await self._identity(told, given, claims)

    async def _discover(self, now: datetime) -> dict[str, Any]:
        if self._told_at is None or not timedelta() <= now - self._told_at < KNOWN_FOR:
            told = await fetch("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if told.get("issuer") != self.issuer:
                raise Unbelievable("calls itself by another name")
            for name in ENDPOINTS:
                self._check_place(told.get(name))
            self._keys = await fetch("GET", told["jwks_uri"])
            self._told, self._told_at = told, now
        return self._told

    def _check_place(self, place: object) -> None:
        # A provider reached over HTTPS never sends anybody over plain HTTP.
        scheme = urlsplit(place).scheme if isinstance(place, str) else ""
        if scheme != "https" and scheme != urlsplit(self.issuer).scheme:
            raise Unbelievable(f"names {place!r}, which is no safe address")

    async def _exchange(self, told: Mapping[str, Any], code: str, trip: Trip, back: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": trip.verifier,
        }
        ways = told.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if "client_secret_basic" in ways:
            # Source: RFC 6749, section 2.3.1: encoded as a form before it is joined.
            pair = f"{quote(self.client_id, safe='')}:{quote(self.client_secret, safe='')}"
            headers = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}
            return await fetch("POST", told["token_endpoint"], headers=headers, form=form)
        form |= {"client_id": self.client_id, "client_secret": self.client_secret}
        return await fetch("POST", told["token_endpoint"], form=form)

    async def _believe(self, token: object, trip: Trip, now: datetime) -> dict[str, Any]:
        if not isinstance(token, str):
            raise Unbelievable("gives no ID token")
        try:
            claims = check_signature(token, self._keys)
        except UnknownKey:
            # Providers change their keys; the new ones are asked for once.
            self._keys = await fetch("GET", self._told["jwks_uri"])
            try:
                claims = check_signature(token, self._keys)
            except UnknownKey as error:
                raise Unbelievable("signs with a key that is none of its own") from error
        believed = check_claims(claims, self.issuer, self.client_id, trip.nonce, now)
        trip.check_time(believed.get("auth_time"), now)
        return believed

    async def _identity(
        self, told: Mapping[str, Any], given: Mapping[str, Any], claims: dict[str, Any]
    ) -> Identity:
        access = given.get("access_token")
        place = told.get("userinfo_endpoint")
        if "email" not in claims and isinstance(access, str) and place is not None:
            # Some tell the e-mail only there.
            self._check_place(place)
            more = await fetch("GET", place, headers={"Authorization": f"Bearer {access}"})
            if more.get("sub") != claims["sub"]:
                raise Unbelievable("tells of somebody else")
            claims = {**more, **claims}
        email, name = claims.get("email"), claims.get("name")
        return Identity(
            self.issuer,
            claims["sub"],
            email if isinstance(email, str) and not has_control_characters(email) else None,
            claims.get("email_verified") in (True, "true"),
            name if isinstance(name, str) else None,
        )
