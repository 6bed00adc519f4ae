"""Passwords kept so that a stolen table opens no account."""

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.exceptions import PwdlibError
from pwdlib.hashers.argon2 import Argon2Hasher

from complianceai.tenancy.strength import check_strength

# Source: OWASP Password Storage Cheat Sheet, Argon2id with 12 MiB, three passes, one lane.
MEMORY_KIB = 12 * 1024
PASSES = 3
LANES = 1

_hashing = PasswordHash((Argon2Hasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES),))
# As many at once as there are cores: a crowd at the door waits instead of filling the memory.
_threads = ThreadPoolExecutor(max_workers=max(1, os.cpu_count() or 1), thread_name_prefix="passwords")


async def hash_new_password(password: str, told: Sequence[str], field: str = "password") -> str:
    """The hash of a password that somebody chooses; `told` is what strangers know of them.

    Errors: InvalidInput at the field, where the password is a common one.
    """

    def made() -> str:
        check_strength(password, told, field)
        return _hashing.hash(password)

    return await asyncio.get_running_loop().run_in_executor(_threads, made)


async def hash_password(password: str) -> str:
    """The Argon2id hash of a password, which carries its own salt and parameters."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hashing.hash, password)


async def verify_password(password: str, password_hash: str | None) -> tuple[bool, str | None]:
    """Whether the password is the right one, and a new hash where the kept one is of older parameters.

    Without a hash (nobody has that e-mail) it takes as long as with one, and is wrong.
    """
    return await asyncio.get_running_loop().run_in_executor(_threads, _verify, password, password_hash)


def _verify(password: str, password_hash: str | None) -> tuple[bool, str | None]:
    try:
        is_right, newer = _hashing.verify_and_update(password, password_hash or _nobodys_hash())
    except PwdlibError:
        return False, None
    return (is_right, newer) if password_hash else (False, None)


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hashing.hash(os.urandom(32).hex())
