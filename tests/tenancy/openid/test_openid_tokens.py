"""What an ID token must claim, and who must have signed it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import House
from tests.support.provider import (
    CLIENT,
    Standin,
    with_another_key,
    with_public_key_as_secret,
    without_signature,
)
from tests.tenancy.openid.trips import (
    come,
    refused,
)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "somebody else"}, {"aud": None}, {"iss": "https://evil.example"},
        {"iss": None}, {"exp": None}, {"exp": 1}, {"exp": "soon"}, {"iat": None}, {"iat": 10**10}, {"iat": 1},
        {"sub": None}, {"sub": ""}, {"sub": "x" * 256}, {"sub": 7}, {"sub": "a\x00"}, {"sub": "अ"},
        {"aud": [CLIENT, "another"]}, {"azp": "another"},
        {"aud": [CLIENT, "another"], "azp": "another"},
    ],
)  # fmt: skip
async def test_a_token_that_claims_something_wrong_opens_nothing(
    house: House, standin: Standin, claims: dict[str, Any]
) -> None:
    standin.claims = claims
    await refused(house, standin)


@pytest.mark.parametrize("sign", [without_signature, with_public_key_as_secret, with_another_key])
async def test_a_token_that_the_provider_did_not_sign_opens_nothing(
    house: House, standin: Standin, sign: Callable[[dict[str, Any], Any], str]
) -> None:
    standin.sign = sign
    await refused(house, standin)


@pytest.mark.parametrize("token", ["", "a.b.c", "..", "x" * 200_000, "e30.e30.", "\x00"])
async def test_a_token_that_is_none_opens_nothing(house: House, standin: Standin, token: str) -> None:
    standin.sign = lambda _claims, _key: token
    await refused(house, standin)


async def test_an_expired_token_opens_nothing_and_a_clock_may_be_a_minute_off(
    house: House, standin: Standin
) -> None:
    at = int(house.watch.now.timestamp())
    standin.claims = {"exp": at - 61}
    await refused(house, standin)
    standin.claims = {"exp": at - 30, "iat": at + 30}
    assert (await come(await house.visitor())).status_code == 303


async def test_a_token_for_several_that_we_asked_for_is_believed(house: House, standin: Standin) -> None:
    standin.claims = {"aud": [CLIENT, "another"], "azp": CLIENT}
    assert (await come(await house.visitor())).status_code == 303


async def test_when_the_provider_changes_its_keys_the_new_ones_are_fetched_once(
    house: House, standin: Standin
) -> None:
    assert (await come(await house.visitor())).status_code == 303
    old = standin.key
    standin.rotate()
    assert (await come(await house.visitor())).status_code == 303
    assert standin.visits.count("/jwks") == 2
    standin.sign = lambda claims, _key: with_another_key(claims, old)
    assert (await come(await house.visitor())).status_code == 401
    assert standin.visits.count("/jwks") == 3


async def test_a_provider_that_promises_its_name_must_give_it(house: House, standin: Standin) -> None:
    standin.told = {"authorization_response_iss_parameter_supported": True}
    standin.names_itself = False
    await refused(house, standin)
