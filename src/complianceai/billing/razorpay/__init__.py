"""Razorpay's API as it is documented, asked over httpx; why not by its own package: docs/decisions."""
