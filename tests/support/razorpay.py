"""Razorpay on a loopback port, by its documented API, with a life that tests turn by hand and mishaps on cue.

By hand: `python -m tests.support.razorpay 9000 http://127.0.0.1:8000/api/billing/webhook` and, for the product,
RAZORPAY_KEY_ID=rzp_test_standin RAZORPAY_KEY_SECRET=secret RAZORPAY_WEBHOOK_SECRET=hooked
RAZORPAY_BASE_URL=http://127.0.0.1:9000; whoever is sent to pay finds a button here.
"""

import asyncio
import json
import sys
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.support.razorpay_life import DAYS, ENDED, KEY, SECRET, Mishap, Standin
from tests.support.servers import accepts, free_port


class _Refused(Exception):
    pass


def _insist(is_so: object, description: str) -> None:
    if not is_so:
        raise _Refused(description)


async def _customers(standin: Standin, body: dict[str, Any], request: Request) -> dict[str, Any]:
    known = [each for each in standin.of("customer") if each["email"] == body.get("email")]
    _insist(not known or str(body.get("fail_existing")) == "0", "Customer already exists for the merchant")
    return known[0] if known else standin.make("cust", "customer", **{**body, "notes": body.get("notes", [])})


async def _plans(standin: Standin, body: dict[str, Any], request: Request) -> dict[str, Any]:
    _insist(body["period"] in DAYS and body["interval"] >= 1, "The period or interval is invalid")
    _insist(body["item"]["amount"] >= 100, "The amount must be atleast INR 1.00")
    return standin.make("plan", "plan", **body)


async def _subscribe(standin: Standin, body: dict[str, Any], request: Request) -> dict[str, Any]:
    _insist(body.get("plan_id") in standin.things, "The id provided does not exist")
    _insist(body.get("total_count", 0) >= 1, "The total count must be at least 1.")
    starts = body.get("start_at")
    _insist(starts is None or starts > standin.now(), "start_at cannot be lesser than the current time")
    made = standin.make(
        "sub", "subscription", plan_id=body["plan_id"], status="created", customer_id=None, quantity=1,
        total_count=body["total_count"], paid_count=0, remaining_count=body["total_count"], auth_attempts=0,
        current_start=None, current_end=None, ended_at=None, start_at=starts, charge_at=starts,
        expire_by=body.get("expire_by"), notes=body.get("notes") or [], addons=body.get("addons") or [],
        cancel_at_cycle_end=False, has_scheduled_changes=False, paused_at=None,
    )  # fmt: skip
    made["short_url"] = f"{standin.url}/i/{made['id']}"
    return made


def _one(standin: Standin, request: Request, name: str = "id") -> dict[str, Any]:
    found = standin.things.get(request.path_params[name])
    _insist(found, "The id provided does not exist")
    assert found is not None
    return found


async def _cancel(standin: Standin, body: dict[str, Any], request: Request) -> dict[str, Any]:
    sub = _one(standin, request)
    _insist(sub["status"] not in ENDED, f"Subscription is not cancellable in {sub['status']} status.")
    if body.get("cancel_at_cycle_end"):
        _insist(
            sub["status"] in {"active", "pending"},
            "Subscription cannot be cancelled since no billing cycle is going on",
        )
        sub["cancel_at_cycle_end"] = True
        return sub
    sub |= {"status": "cancelled", "ended_at": standin.now()}
    standin._tell("subscription.cancelled", subscription=sub)
    return sub


async def _pause(standin: Standin, body: dict[str, Any], request: Request) -> dict[str, Any]:
    sub = _one(standin, request)
    _insist(sub["status"] == "active", f"Subscription cannot be paused in {sub['status']} state")
    sub |= {"status": "paused", "paused_at": standin.now(), "charge_at": None}
    standin._tell("subscription.paused", subscription=sub)
    return sub


async def _resume(standin: Standin, body: dict[str, Any], request: Request) -> dict[str, Any]:
    sub = _one(standin, request)
    _insist(sub["status"] == "paused", f"Subscription cannot be resumed in {sub['status']} state")
    sub |= {"status": "active", "paused_at": None, "charge_at": sub["current_end"]}
    standin._tell("subscription.resumed", subscription=sub)
    return sub


async def _order(standin: Standin, body: dict[str, Any], request: Request) -> dict[str, Any]:
    _insist(body["amount"] >= 100, "Order amount less than minimum amount allowed")
    return standin.make("order", "order", **body, amount_paid=0, amount_due=body["amount"], status="created")


async def _refund(standin: Standin, body: dict[str, Any], request: Request) -> dict[str, Any]:
    payment = _one(standin, request)
    key = request.headers.get("x-refund-idempotency", "")
    asked = json.dumps(body, sort_keys=True)
    if key in standin.refunds_by_key:
        known, identity = standin.refunds_by_key[key]
        _insist(known == asked, "Different payload for the same idempotency key")
        return standin.things[identity]
    left = payment["amount"] - payment["amount_refunded"]
    _insist(body["amount"] <= left, "The total refund amount is greater than the refund payment amount")
    facts = {"notes": body.get("notes") or [], "receipt": body.get("receipt")}
    made = standin.refund(payment["id"], body["amount"], **facts)
    if key:
        standin.refunds_by_key[key] = asked, made["id"]
    return made


Deed = Callable[[Standin, dict[str, Any], Request], Any]
POSTS: dict[str, Deed] = {
    "/v1/customers": _customers, "/v1/plans": _plans, "/v1/subscriptions": _subscribe, "/v1/orders": _order,
    "/v1/subscriptions/{id}/cancel": _cancel, "/v1/subscriptions/{id}/pause": _pause,
    "/v1/subscriptions/{id}/resume": _resume, "/v1/payments/{id}/refund": _refund,
}  # fmt: skip
LISTS = {
    "subscriptions": "subscription", "invoices": "invoice", "payments": "payment", "refunds": "refund",
    "orders": "order", "plans": "plan",
}  # fmt: skip


def _paged(found: list[dict[str, Any]], request: Request) -> dict[str, Any]:
    asked = request.query_params
    since, until = int(asked.get("from", 0)), int(asked.get("to", 1 << 60))
    for name in ("subscription_id", "plan_id", "receipt"):
        if name in asked:
            found = [each for each in found if each.get(name) == asked[name]]
    found = [each for each in found if since <= each["created_at"] <= until]
    skip = int(asked.get("skip", 0))
    items = found[skip : skip + int(asked.get("count", 10))]
    return {"entity": "collection", "count": len(items), "items": items}


def _routes(standin: Standin) -> list[Route]:
    def guarded(handler: Callable[[Request], Any]) -> Callable[[Request], Any]:
        async def called(request: Request) -> Response:
            standin.calls.append((request.method, request.url.path))
            kind, _, pair = request.headers.get("authorization", "").partition(" ")
            if kind != "Basic" or b64decode(pair).decode() != f"{KEY}:{SECRET}":
                return JSONResponse({"error": {"code": "BAD_REQUEST_ERROR", "description": "Wrong key"}}, 401)
            mishap = _next_mishap(standin, request)
            if mishap is not None and not mishap.is_done:
                await asyncio.sleep(mishap.seconds)
                return JSONResponse({"error": {"code": "SERVER_ERROR"}}, mishap.status, mishap.headers)
            try:
                reply = JSONResponse(await handler(request))
            except _Refused as error:
                fault = {"code": "BAD_REQUEST_ERROR", "description": str(error)}
                reply = JSONResponse({"error": fault}, 400)
            if mishap is not None:
                await asyncio.sleep(mishap.seconds)
                return JSONResponse({"error": {"code": "SERVER_ERROR"}}, mishap.status, mishap.headers)
            return reply

        return called

    def does(deed: Deed) -> Callable[[Request], Any]:
        async def done(request: Request) -> dict[str, Any]:
            body = await request.body()
            found: dict[str, Any] = await deed(standin, json.loads(body or b"{}"), request)
            return found

        return guarded(done)

    async def one(request: Request) -> dict[str, Any]:
        return _one(standin, request)

    async def listed(request: Request) -> dict[str, Any]:
        return _paged(standin.of(LISTS[request.path_params["kind"]]), request)

    async def of_order(request: Request) -> dict[str, Any]:
        return _paged(standin.of("payment", order_id=_one(standin, request)["id"]), request)

    async def of_payment(request: Request) -> dict[str, Any]:
        return _paged(standin.of("refund", payment_id=_one(standin, request)["id"]), request)

    return [
        *(Route(path, does(deed), methods=["POST"]) for path, deed in POSTS.items()),
        Route("/v1/orders/{id}/payments", guarded(of_order)),
        Route("/v1/payments/{id}/refunds", guarded(of_payment)),
        Route("/v1/{kind}", guarded(listed)),
        Route("/v1/{kind}/{id}", guarded(one)),
        *_hosted(standin),
    ]


def _hosted(standin: Standin) -> list[Route]:
    """The pages to which customers are sent."""

    def shown(title: str, fields: dict[str, str], action: str) -> Response:
        hidden = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in fields.items()
        )
        return HTMLResponse(
            f"<!doctype html><title>Stand-in of Razorpay</title><h1>Stand-in of Razorpay</h1><p>{escape(title)}</p>"
            f'<form method="post" action="{escape(action)}">{hidden}<button>Pay</button></form>'
        )

    async def link(request: Request) -> Response:
        sub = standin.things[request.path_params["id"]]
        if request.method == "POST":
            standin.agree(sub["id"])
            return HTMLResponse(
                "<!doctype html><title>Paid</title><h1>Paid. Go back to where you came from.</h1>"
            )
        plan = standin.things[sub["plan_id"]]
        return shown(f"{plan['item']['name']}: {plan['item']['amount'] / 100:.2f}", {}, str(request.url))

    async def embedded(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        order = standin.things[form["order_id"]]
        fields = standin.pay_order(order["id"]) if order["status"] != "paid" else {}
        return shown(f"Order {order['id']}: {order['amount'] / 100:.2f}", fields, form["callback_url"])

    return [
        Route("/i/{id}", link, methods=["GET", "POST"]),
        Route("/v1/checkout/embedded", embedded, methods=["POST"]),
    ]


def _next_mishap(standin: Standin, request: Request) -> Mishap | None:
    for each in standin.mishaps:
        if each.method == request.method and request.url.path.startswith(each.path):
            standin.mishaps.remove(each)
            return each
    return None


@contextmanager
def razorpay(clock: Callable[[], datetime], port: int | None = None) -> Iterator[Standin]:
    """The stand-in, answering until the block ends."""
    port = port or free_port()
    standin = Standin(clock, f"http://127.0.0.1:{port}")
    config = uvicorn.Config(
        Starlette(routes=_routes(standin)), host="127.0.0.1", port=port, log_level="error", lifespan="off", ws="none",
    )  # fmt: skip
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not accepts(port):
        thread.join(0.02)
    try:
        yield standin
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)


if __name__ == "__main__":
    with razorpay(lambda: datetime.now(UTC), int(sys.argv[1])) as started:
        started.hook_url = sys.argv[2]
        threading.Event().wait()
