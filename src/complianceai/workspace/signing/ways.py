"""Which ways of signing with a certificate the installation offers."""

from collections.abc import Callable
from typing import NamedTuple

from fastapi import Request

from complianceai.drafting.sealing import Trust
from complianceai.workspace.signing.errors import WayNotOffered
from complianceai.workspace.signing.esign import Esign

ESIGN, DSC = "esign", "dsc"


class Offered(NamedTuple):
    """What is offered, known without reading a certificate; `trust` and `esign` read them."""

    ways: frozenset[str]
    trust: Callable[[], Trust]
    esign: Callable[[], Esign]


def offered(request: Request) -> Offered:
    """What the application offers."""
    found: Offered = request.app.state.offered
    return found


def check_offered(request: Request, way: str) -> Offered:
    """What the application offers, that way among it.

    Errors: WayNotOffered.
    """
    found = offered(request)
    if way not in found.ways:
        raise WayNotOffered
    return found
