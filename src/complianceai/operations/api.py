"""The health of the product as JSON."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import AwareDatetime

from complianceai.operations.health import examine
from complianceai.site.replies import Wire
from complianceai.storage.services import Db, Now, services

router = APIRouter(prefix="/api", tags=["operations"])


class Services(Wire):
    """The state of each service."""

    database: str
    redis: str
    # Work in the background: "healthy", "not running", or "unhealthy" where some of it is late or failed lately.
    worker: str
    mail: str
    openai: str
    razorpay: str


class Health(Wire):
    """Whether requests can be served, and by what."""

    status: Literal["healthy", "unhealthy"]
    timestamp: AwareDatetime
    response_time: str
    services: Services


async def _keys(request: Request) -> Mapping[str, bool]:
    found: Mapping[str, bool] = request.app.state.keys
    return found


@router.get("/health", responses={503: {"model": Health}})
async def show_health(
    request: Request,
    response: Response,
    database: Db,
    now: Now,
    keys: Annotated[Mapping[str, bool], Depends(_keys)],
) -> Health:
    """Healthy while the database answers; otherwise the status says so as well."""
    report = await examine(database, services(request).redis_url, keys, now)
    response.status_code = 200 if report.is_healthy else 503
    return Health(
        status="healthy" if report.is_healthy else "unhealthy",
        timestamp=report.timestamp,
        response_time=f"{report.milliseconds}ms",
        services=Services.model_validate(dict(report.services)),
    )
