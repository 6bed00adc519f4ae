"""The till of the application that received a request."""

from fastapi import Request

from complianceai.billing.razorpay.till import Till


def till_of(request: Request) -> Till | None:
    """The till, or None where nothing is sold."""
    found: Till | None = request.app.state.till
    return found
