"""Routes are made ready when they are first asked for, and all of them can be."""

from pathlib import Path

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

import complianceai
from complianceai.entry.asgi import create_app
from complianceai.entry.settings import Settings
from complianceai.site.routing import Route, Router

SOURCES = Path(complianceai.__file__).parent


@pytest.fixture
def router() -> Router:
    made = Router(prefix="/things")

    @made.get("/{number}")
    async def get_thing(request: Request, number: int) -> dict[str, int]:
        """A thing."""
        return {"number": number}

    @made.post("", status_code=201)
    async def add_thing(names: list[str]) -> list[str]:
        """Another."""
        return names

    return made


def ready(router: Router) -> set[str]:
    return {route.name for route in router.routes if isinstance(route, Route) and "dependant" in vars(route)}


def test_a_route_is_made_ready_by_its_first_request_and_others_are_left(router: Router) -> None:
    app = FastAPI()
    app.router.routes.extend(router.routes)
    client = TestClient(app)
    assert ready(router) == set()
    assert client.get("/elsewhere").status_code == 404
    assert [each.name for each in router.routes] == ["get_thing", "add_thing"]
    assert ready(router) == set()
    assert client.get("/things/7").json() == {"number": 7}
    assert client.get("/things/seven").status_code == 422
    assert ready(router) == {"get_thing"}
    assert client.post("/things", json=["a"]).status_code == 201
    assert ready(router) == {"get_thing", "add_thing"}


def test_the_description_knows_all_of_them(router: Router) -> None:
    app = FastAPI()
    app.router.routes.extend(router.routes)
    assert set(app.openapi()["paths"]) == {"/things", "/things/{number}"}
    assert app.openapi()["paths"]["/things"]["post"]["summary"] == "Add Thing"


def test_a_route_that_cannot_be_made_says_why_each_time() -> None:
    router = Router()

    class Unknown:
        """Nothing that FastAPI could read from a request."""

    @router.get("/broken")
    async def broken(what: Unknown) -> None:
        """Never."""

    (route,) = router.routes
    for _ in range(2):
        with pytest.raises(Exception, match="Invalid args for"):
            route.dependant  # type: ignore[attr-defined]  # noqa: B018 - asked for on purpose


def test_what_no_route_has_is_missing(router: Router) -> None:
    with pytest.raises(AttributeError, match="flavour"):
        router.routes[0].flavour  # type: ignore[attr-defined]  # noqa: B018 - asked for on purpose


def test_every_route_of_the_product_can_be_made_ready() -> None:
    app = create_app(Settings(_env_file=None, database_url="sqlite:///never-opened.db"))
    routes = [each for each in app.routes if isinstance(each, Route)]
    assert len(routes) > 400
    assert all(route.dependant.call is route.endpoint for route in routes)


def test_no_room_makes_routes_in_another_way() -> None:
    others = [path for path in SOURCES.rglob("*.py") if "APIRouter" in path.read_text()]
    assert [path.name for path in others] == ["routing.py"]
