"""Everything that a stranger can put something into: found in the routes, the description and the pages themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from httpx import AsyncClient, Response
from starlette.routing import compile_path

NOBODYS = "01a21023-3f4c-73b9-808e-3f0076b49641"
SAFE = {"GET", "HEAD", "OPTIONS"}
# What makes the rest of a request good enough to be read, so that the one thing that is wrong with it is reached.
USUAL: Mapping[str, Any] = {
    "name": "Esha", "email": "esha@example.com", "password": "Ledger?Rain-2026", "role": "viewer", "days": 30,
    "may": ["read"], "profile": {"name": "A", "entity_type": "llp", "state": "MH"}, "entity_type": "llp",
    "new_password": "Ledger?Rain-2027", "newPassword": "Ledger?Rain-2027", "version": 1, "next": "/app",
}  # fmt: skip
LARGE_FORM = 12
# They reply for minutes and take nothing from anybody but who is signed in.
STREAMS = {"/app/alerts/live"}


@dataclass(frozen=True)
class Input:
    """One place for one value in one request, and the rest of that request."""

    method: str
    path: str
    where: str  # path, query, json, form
    name: str
    params: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.where} {self.name}"

    async def send(self, client: AsyncClient, value: str, **headers: str) -> Response:
        """The reply to the request with the value in its place."""
        given = {**self.params, self.name: value} if self.where == "path" else self.params
        path = self.path.format_map({name: quote(text, safe="") for name, text in given.items()})
        sent: dict[str, Any] = {"headers": headers}
        if self.where == "query":
            sent["params"] = {self.name: value}
        elif self.where == "form":
            names = self.name.split("\n")
            sent["data"] = {**self.body, **dict.fromkeys(names, value)}
        elif self.where == "json":
            sent["json"] = {**self.body, self.name: value}
        return await client.request(self.method, path, **sent)


@dataclass
class Form:
    """A form of a page: where it goes, and each of its fields with what is typed into it by now."""

    method: str
    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(told.get("href", ""))
        if tag == "form":
            self.forms.append(Form(told.get("method", "get").upper(), told.get("action", "")))
        name = told.get("name", "")
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and self.forms:
            fields = self.forms[-1].fields
            if "selected" in told or self._select not in fields:
                fields[self._select] = told.get("value", "")
        if tag in {"input", "textarea", "button"} and name and self.forms:
            self.forms[-1].fields.setdefault(name, told.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def read_page(text: str) -> tuple[list[Form], list[str]]:
    """The forms and the links of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader.forms, reader.links


@dataclass(frozen=True)
class Address:
    """A route: how it is asked, and the names of what it takes in its path and its query."""

    method: str
    path: str
    in_path: tuple[str, ...]
    in_query: tuple[str, ...]


def addresses_of(app: FastAPI) -> list[Address]:
    """Every route of the application, once for each method."""
    found = []
    for context in iter_route_contexts(app.routes):
        route, path = context.original_route, context.path or ""
        query: tuple[str, ...] = ()
        if isinstance(route, APIRoute):
            query = tuple(_asked_of(route.dependant))
        names = tuple(re.findall(r"{([a-z_]+)", path))
        plain = re.sub(r"{([a-z_]+):[a-z]+}", r"{\1}", path)
        found += [
            Address(method, plain, names, query)
            for method in sorted(context.methods or ())
            if method != "HEAD" and plain not in STREAMS
        ]
    return found


def _asked_of(dependant: Dependant) -> Iterator[str]:
    """The names in the query that a route and all it depends on ask for."""
    yield from (each.alias for each in dependant.query_params)
    for each in dependant.dependencies:
        yield from _asked_of(each)


def inputs_of_addresses(app: FastAPI, known: Mapping[str, str]) -> Iterator[Input]:
    """What each route takes in its path and its query."""
    for each in addresses_of(app):
        params = {name: known.get(name, NOBODYS) for name in each.in_path}
        for name in each.in_path:
            yield Input(each.method, each.path, "path", name, params)
        for name in each.in_query:
            yield Input(each.method, each.path, "query", name, params)


def inputs_of_bodies(app: FastAPI, known: Mapping[str, str]) -> Iterator[Input]:
    """Each field of each JSON body of the description."""
    made = app.openapi()
    for path, item in made["paths"].items():
        for method, operation in item.items():
            media = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if media is None:
                continue
            params = {name: known.get(name, NOBODYS) for name in re.findall(r"{([a-z_]+)}", path)}
            names = _fields_of(made, media["schema"])
            body = {name: USUAL[name] for name in names if name in USUAL}
            for name in names:
                yield Input(method.upper(), path, "json", name, params, body)


def _fields_of(made: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    if "$ref" in schema:
        return _fields_of(made, made["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    parts = [each for kind in ("anyOf", "oneOf", "allOf") for each in schema.get(kind, ())]
    names = [*schema.get("properties", {}), *(name for part in parts for name in _fields_of(made, part))]
    return list(dict.fromkeys(names))


async def pages_of(app: FastAPI, client: AsyncClient, known: Mapping[str, str]) -> dict[str, str]:
    """The text of each page by its address, reached by route and by link, one of each kind."""
    routes = [each for each in addresses_of(app) if each.method == "GET"]
    patterns = [compile_path(each.path)[0] for each in routes]
    waiting = [each.path.format_map({**dict.fromkeys(each.in_path, NOBODYS), **known}) for each in routes]
    texts: dict[str, str] = {}
    seen: dict[int, int] = {}
    while waiting:
        path = waiting.pop(0)
        kind = next((at for at, pattern in enumerate(patterns) if pattern.match(path)), -1)
        if path in texts or seen.get(kind, 0) > 0 or path.startswith(("/api/", "/static/")):
            continue
        reply = await client.get(path)
        if not reply.headers.get("content-type", "").startswith("text/html") or reply.status_code >= 400:
            continue
        seen[kind] = seen.get(kind, 0) + 1
        texts[path] = reply.text
        waiting += [urlsplit(link).path for link in read_page(reply.text)[1] if link.startswith("/")]
    return texts


def inputs_of_forms(pages: Mapping[str, str], *, one_by_one: bool) -> Iterator[Input]:
    """Each field of each form that stands in a page; the fields of a large one together, unless one by one."""
    known: set[tuple[str, ...]] = set()
    for address, text in pages.items():
        for form in read_page(text)[0]:
            action = form.action or address
            mark = (form.method, re.sub(r"[0-9a-f-]{36}", "{id}", action), *sorted(form.fields))
            if mark in known:
                continue
            known.add(mark)
            yield from _inputs_of(replace_action(form, action), one_by_one=one_by_one)


def replace_action(form: Form, action: str) -> Form:
    """The form with its address written out."""
    return replace(form, action=urlsplit(action).path.replace("{", "{{").replace("}", "}}"))


def _inputs_of(form: Form, *, one_by_one: bool) -> Iterable[Input]:
    usual = {name: str(USUAL[name]) for name in form.fields if name in USUAL}
    body = {**form.fields, **{name: value for name, value in usual.items() if not form.fields[name]}}
    where = "query" if form.method == "GET" else "form"
    names: Iterable[str] = form.fields
    if where == "form" and len(form.fields) > LARGE_FORM and not one_by_one:
        names = ["\n".join(form.fields)]
    for name in names:
        yield Input(form.method, form.action, where, name, body=body)
