"""The console's first page."""

from fastapi import Request
from starlette.responses import Response

from complianceai.site.routing import Router
from complianceai.tenancy.operators.access import OperatorScope
from complianceai.tenancy.operators.console import console

router = Router(prefix="/operator", include_in_schema=False)


@router.get("")
async def show(request: Request, scope: OperatorScope) -> Response:  # noqa: ARG001 - it insists
    """Where the console begins."""
    return console(request, "insights/overview.html")
