from pwdlib.hashers.argon2 import Argon2Hasher

from complianceai.tenancy.passwords import hash_password, verify_password


async def test_a_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    first, second = await hash_password("Aa1!aaaa"), await hash_password("Aa1!aaaa")
    assert first.startswith("$argon2id$")
    assert first != second


async def test_the_right_password_is_known_and_needs_no_new_hash() -> None:
    kept = await hash_password("Aa1!aaaa")
    assert await verify_password("Aa1!aaaa", kept) == (True, None)
    assert await verify_password("Aa1!aaab", kept) == (False, None)


async def test_a_hash_of_older_parameters_is_made_anew() -> None:
    weak = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash("Aa1!aaaa")
    is_right, newer = await verify_password("Aa1!aaaa", weak)
    assert is_right
    assert newer is not None
    assert await verify_password("Aa1!aaaa", newer) == (True, None)


async def test_nobodys_password_and_a_spoilt_hash_are_wrong() -> None:
    assert await verify_password("Aa1!aaaa", None) == (False, None)
    assert await verify_password("Aa1!aaaa", "$argon2id$spoilt") == (False, None)
