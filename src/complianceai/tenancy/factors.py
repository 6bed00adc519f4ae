"""The second step of signing in: six digits that an app works out each half-minute, and codes for when it is lost."""

import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from pyotp import TOTP, random_base32

ISSUER = "ComplianceAI"
STEP_SECONDS = 30
# A clock may be a step slow or fast. Source: RFC 6238, section 5.2.
DRIFT_STEPS = 1
HOW_MANY_CODES = 10


def new_secret() -> str:
    """A secret of 160 bits in base 32. Source: RFC 4226, section 4, R6."""
    return random_base32(32)


def address_for_app(secret: str, email: str) -> str:
    """What the app reads from the QR code."""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of_code(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The half-minute whose code this is, later than the last one taken; None where there is none."""
    here = int(now.timestamp()) // STEP_SECONDS
    digits = "".join(code.split())
    totp, found = TOTP(secret), None
    # Each is worked out and compared, so that the time taken tells nothing.
    for step in range(here - DRIFT_STEPS, here + DRIFT_STEPS + 1):
        is_right = compare_digest(totp.generate_otp(step).encode(), digits.encode())
        if is_right and step > last_step:
            found = step
    return found


def new_codes() -> list[str]:
    """Ten recovery codes of 120 bits each, in six groups that can be copied by hand.

    From 112 bits on a plain hash keeps them safe; below, each would need a slow one.
    """
    return [_grouped(b32encode(secrets.token_bytes(15)).decode().lower()) for _ in range(HOW_MANY_CODES)]


def hash_code(code: str) -> str:
    """What is kept of a recovery code, however it was typed."""
    return sha256("".join(each for each in code.lower() if each.isalnum()).encode()).hexdigest()


def _grouped(text: str) -> str:
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))
