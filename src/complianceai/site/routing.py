"""Routes that cost next to nothing until somebody asks for them.

To make a route ready FastAPI reads the endpoint's signature and those of all that it depends on, and builds a checker
for each value. For every address of the product that is a second of the start and a dozen megabytes of each serving
process, most of them for pages that this process will never be asked for. So a route is made ready by its first request
(some milliseconds), or by whoever wants its description. That all of them can be made ready is shown by a test.
"""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import compile_path


class Route(APIRoute):
    """A route that knows its address from the start, and all else from the first time that it is asked for."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **wishes: Any) -> None:
        self.path = path
        self.endpoint = endpoint
        self.name = wishes.get("name") or endpoint.__name__
        self.methods = {method.upper() for method in wishes.get("methods") or ("GET",)}
        self.path_regex, self.path_format, self.param_convertors = compile_path(path)
        self.include_in_schema = wishes.get("include_in_schema", True)
        self._wishes: dict[str, Any] | None = wishes

    def __getattr__(self, name: str) -> Any:
        """What is not there yet, once the route has been made ready. Python asks here for nothing that is."""
        wishes = self.__dict__.get("_wishes")
        if wishes is None:
            raise AttributeError(name)
        self._wishes = (
            None  # what FastAPI asks for on the way and has not set is missing, as with its own routes
        )
        try:
            super().__init__(self.path, self.endpoint, **wishes)
        except BaseException:
            self._wishes = wishes
            raise
        return getattr(self, name)


class Router(APIRouter):
    """FastAPI's router, of such routes."""

    def __init__(self, *, route_class: type[Route] = Route, **wishes: Any) -> None:
        super().__init__(route_class=route_class, **wishes)
