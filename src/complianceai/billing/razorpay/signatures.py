"""Razorpay's signatures: HMAC-SHA256 in hexadecimal, by a secret that only it and we know.

Source: https://razorpay.com/docs/webhooks/validate-test/ and .../payments/server-integration/python/payment-gateway/
"""

import hmac
from hashlib import sha256


def signature_of(secret: str, message: bytes) -> str:
    """The signature that the message bears."""
    return hmac.new(secret.encode(), message, sha256).hexdigest()


def is_signed(secret: str, message: bytes, signature: str) -> bool:
    """Whether the signature is the message's, compared in constant time."""
    return hmac.compare_digest(signature_of(secret, message).encode(), signature.encode())


def is_order_paid(key_secret: str, order_id: str, payment_id: str, signature: str) -> bool:
    """Whether Razorpay says that this payment is for this order."""
    return is_signed(key_secret, f"{order_id}|{payment_id}".encode(), signature)


def is_subscription_agreed(key_secret: str, subscription_id: str, payment_id: str, signature: str) -> bool:
    """Whether Razorpay says that this payment began this subscription; the two stand the other way round."""
    return is_signed(key_secret, f"{payment_id}|{subscription_id}".encode(), signature)
