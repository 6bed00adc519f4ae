"""The health of the product as JSON, and its figures for Prometheus."""

from collections.abc import Mapping
from hmac import compare_digest
from typing import Annotated, Literal

from fastapi import Depends, Request, Response
from pydantic import AwareDatetime
from sqlalchemy.pool import QueuePool

from complianceai.base.errors import DomainError, Kind
from complianceai.operations.health import examine
from complianceai.operations.metrics.counting import counted
from complianceai.operations.metrics.gathering import look, written
from complianceai.site.replies import Wire
from complianceai.site.routing import Router
from complianceai.storage.database import Database
from complianceai.storage.services import Db, Now, services

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

router = Router(tags=["operations"])


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


class Alive(Wire):
    """That this process answers at all."""

    status: Literal["alive"] = "alive"


class NoFigures(DomainError):
    """Figures are for whoever has the token of the settings; without one set they are for trials only."""

    code = "operations.no_figures"
    kind = Kind.MISSING
    sentence = "There is nothing at this address."


@router.get("/api/health/live")
async def show_life() -> Alive:
    """Whether the process answers; an orchestrator that hears nothing starts another. No neighbour is asked."""
    return Alive()


@router.get("/metrics", include_in_schema=False)
async def show_figures(request: Request, database: Db, now: Now) -> Response:
    """The figures in Prometheus' text format, for whoever bears METRICS_TOKEN."""
    token: str | None = request.app.state.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    is_known = (
        not services(request).is_production
        if token is None
        else compare_digest(given.encode(), token.encode())
    )
    if not is_known:
        raise NoFigures
    text = counted() + written(await look(database, now)) + _pool(database)
    return Response(text, media_type=CONTENT_TYPE)


def _pool(database: Database) -> str:
    pool = database.engine.pool
    if not isinstance(pool, QueuePool):
        return ""
    name = "complianceai_database_connections"
    head = f"# HELP {name} Connections of this process to the database.\n# TYPE {name} gauge\n"
    return f'{head}{name}{{state="in_use"}} {pool.checkedout()}\n{name}{{state="most"}} {pool.size()}\n'


@router.get("/api/health/ready", responses={503: {"model": Health}})
@router.get("/api/health", responses={503: {"model": Health}})
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
