"""The signature of a delivery: HMAC-SHA256 over its second and its body, with a secret that only both sides know."""

import hmac
import secrets
from datetime import datetime
from hashlib import sha256

SIGNATURE, DELIVERY, EVENT = "ComplianceAI-Signature", "ComplianceAI-Delivery", "ComplianceAI-Event"
PURPOSE = "webhook"


def new_secret() -> str:
    """A secret that nobody guesses: 256 bits, named so that a scanner for secrets knows it."""
    return f"cwh_{secrets.token_urlsafe(32)}"


def signature_of(secret: str, body: bytes, now: datetime) -> str:
    """The header's value: `t=<second>,v1=<hex>`; the second is signed too, against what is played again."""
    second = int(now.timestamp())
    signed = hmac.new(secret.encode(), f"{second}.".encode() + body, sha256).hexdigest()
    return f"t={second},v1={signed}"
