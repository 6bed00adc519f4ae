"""The pages on which a plan is bought, agreed to, ended; invoices as papers; the same for programs."""

import asyncio
import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from complianceai.billing.invoices.numbers import next_number
from complianceai.billing.razorpay.signatures import signature_of
from complianceai.billing.subscriptions.buying import Wanted
from tests.billing.till import BETWEEN, Shop, open_shop
from tests.cast import ASHA, CHITRA, House, Player, open_house
from tests.support.mails import mails_of
from tests.support.razorpay_life import SECRET

HOME = "/app/account/subscription"
SAID = {"legal_name": "Rao & Co", "state": "KA", "address": "7 Residency Road", "gstin": "", "email": ""}


async def test_a_plan_is_bought_agreed_to_and_ended_by_pages(shop: Shop) -> None:
    page = await shop.asha.get(HOME)
    assert "₹588.82" in page.text
    reply = await shop.asha.post(HOME, data={"choice": "starter:monthly:mandate"})
    assert reply.status_code == 303, reply.text
    here = reply.headers["location"]
    page = await shop.asha.get(here)
    assert page.headers["content-security-policy"].count("form-action 'self';") == 1
    link = re.search(rf'href="({shop.standin.url}/i/sub_\w+)"', page.text)
    assert link is not None
    assert "<script" not in page.text.partition("</head>")[2]
    shop.standin.agree(link[1].rpartition("/")[2])
    # The webhook has not come: whoever looks has it looked up.
    reply = await shop.asha.post(here, data={"deed": "look"})
    assert reply.status_code == 303
    assert "agreed, begins later" in (await shop.asha.get(here)).text
    assert (await shop.account()).plan == "starter"
    reply = await shop.asha.post(here, data={"deed": "cancel"})
    assert reply.status_code == 303
    await mails_of(shop.house)
    assert (await shop.all_bought())[0].state == "ended"
    again = await shop.asha.post(here, data={"deed": "cancel"})
    assert again.status_code == 409
    assert "cannot be done while" in again.text


async def test_what_is_paid_once_comes_back_signed_and_begins_at_once(shop: Shop) -> None:
    reply = await shop.asha.post(HOME, data={"choice": "starter:yearly:once"})
    here = reply.headers["location"]
    page = await shop.asha.get(here)
    assert f"form-action 'self' {shop.standin.url};" in page.headers["content-security-policy"]
    assert f'action="{shop.standin.url}/v1/checkout/embedded"' in page.text
    (bought,) = await shop.all_bought()
    back = shop.standin.pay_order(str(bought.gateway_id))
    elsewhere = {"Origin": "https://api.razorpay.com", "Sec-Fetch-Site": "cross-site"}
    visitor = await shop.house.visitor(**elsewhere)
    address = f"/billing/paid/{bought.id}"
    for name in back:
        forged = {**back, name: back[name][:-1] + ("0" if back[name][-1] != "0" else "1")}
        if name != "razorpay_order_id":
            assert (await visitor.post(address, data=forged)).status_code == 403
    assert (await shop.account()).plan == "free"
    reply = await visitor.post(address, data=back)
    assert (reply.status_code, reply.headers["location"]) == (303, here)
    assert (await shop.account()).plan == "starter"
    assert (await visitor.post(address, data=back)).status_code == 303
    assert len(await shop.papers()) == 1
    failed = await visitor.post(address, data={"error[code]": "BAD_REQUEST_ERROR"})
    assert failed.status_code == 303
    assert (await visitor.post(address, data={})).status_code == 403
    # Nothing else may be sent from elsewhere.
    assert (await visitor.post(HOME, data={})).status_code == 403


async def test_of_an_order_that_was_paid_for_another_the_signature_counts_for_nothing(shop: Shop) -> None:
    made = await shop.buy(Wanted("professional", "yearly", "once"))
    signed = signature_of(SECRET, b"order_cheap|pay_1")
    back = {
        "razorpay_payment_id": "pay_1", "razorpay_order_id": "order_cheap", "razorpay_signature": signed,
    }  # fmt: skip
    visitor = await shop.house.visitor()
    assert (await visitor.post(f"/billing/paid/{made.id}", data=back)).status_code == 403


async def test_what_invoices_say_is_kept_and_decides_the_tax(shop: Shop) -> None:
    reply = await shop.asha.post(f"{HOME}/particulars", data=SAID)
    assert reply.status_code == 303
    await shop.charged()
    (invoice,) = await shop.papers()
    assert (invoice.place_of_supply, invoice.igst_paise, invoice.cgst_paise) == ("29", 8982, 0)
    assert invoice.buyer["name"] == "Rao & Co"


@pytest.mark.parametrize(("wrong", "told"), [
    ({"state": "XX"}, "Choose the State"), ({"gstin": "29AAGCB7383J1Z5"}, "not a GSTIN"), ({"legal_name": " "}, ""),
    ({"gstin": "27AAPFU0939F1ZV"}, "of another State"), ({"email": "nobody"}, "e-mail"), ({"address": ""}, ""),
    ({"gstin": "9" * 15}, "not a GSTIN"), ({"legal_name": "a\x00b"}, "control"), ({"address": "x" * 501}, ""),
])  # fmt: skip
async def test_particulars_that_make_no_invoice_are_shown_again(
    shop: Shop, wrong: dict[str, str], told: str
) -> None:
    reply = await shop.asha.post(f"{HOME}/particulars", data={**SAID, **wrong})
    assert reply.status_code == 422
    assert told in reply.text
    assert (await shop.account()).legal_name == "Rao Textiles LLP"


@pytest.mark.parametrize(
    "choice", ["", "starter", "starter:weekly:mandate", "nothing:monthly:mandate", "a:b:c:d"]
)
async def test_nonsense_buys_nothing(shop: Shop, choice: str) -> None:
    assert (await shop.asha.post(HOME, data={"choice": choice})).status_code == 422
    assert await shop.all_bought() == []


async def test_what_is_not_sold_to_a_person_is_refused(shop: Shop) -> None:
    for plan, code in (
        ("free", "billing.not_for_sale"),
        ("enterprise", "billing.not_for_sale"),
        ("practice", "billing.plan_for_practices"),
        ("nothing", "billing.plan_missing"),
    ):
        sent = {"plan": plan, "period": "monthly"}
        reply = await shop.asha.post("/api/billing/subscriptions", json=sent)
        assert reply.json()["code"] == code, reply.text


async def test_programs_buy_look_pause_and_end_as_pages_do(shop: Shop) -> None:
    sent = {"plan": "starter", "period": "monthly"}
    made = (await shop.asha.post("/api/billing/subscriptions", json=sent)).json()["data"]
    again = (await shop.asha.post("/api/billing/subscriptions", json=sent)).json()["data"]
    assert (made["id"], made["state"]) == (again["id"], "waiting")
    assert made["payAt"].startswith(f"{shop.standin.url}/i/sub_")
    (bought,) = await shop.all_bought()
    shop.standin.agree(str(bought.gateway_id))
    one = f"/api/billing/subscriptions/{bought.id}"
    assert (await shop.asha.post(f"{one}/look")).json()["data"]["state"] == "agreed"
    assert (await shop.asha.post("/api/billing/subscriptions", json=sent)).json()["code"] == (
        "billing.already_subscribed"
    )
    shop.house.watch.now += timedelta(days=14)
    await shop.come_again()
    shop.standin.charge(str(bought.gateway_id))
    assert (await shop.asha.post(f"{one}/look")).json()["data"]["state"] == "active"
    assert (await shop.asha.post(f"{one}/pause")).json()["data"]["state"] == "paused"
    assert (await shop.asha.post(f"{one}/pause")).json()["code"] == "billing.not_now"
    assert (await shop.asha.post(f"{one}/resume")).json()["data"]["state"] == "active"
    assert (await shop.asha.post(f"{one}/cancel")).json()["data"]["endsWithPeriod"] is True
    assert (await shop.asha.get(one)).json()["data"]["payAt"] is None
    listed = (await shop.asha.get("/api/billing/subscriptions")).json()
    assert listed["page"]["total"] == 1


async def test_another_persons_subscription_and_invoices_are_missing(shop: Shop) -> None:
    made = await shop.charged()
    (invoice,) = await shop.papers()
    chitra = await shop.house.register(CHITRA)
    for address in (
        f"{HOME}/{made.id}", f"/api/billing/subscriptions/{made.id}", f"/app/account/invoices/{invoice.id}.pdf",
        f"/api/billing/invoices/{invoice.id}.pdf",
    ):  # fmt: skip
        assert (await chitra.get(address)).status_code == 404, address
    for deed in ("cancel", "pause", "resume", "look"):
        reply = await chitra.post(f"/api/billing/subscriptions/{made.id}/{deed}")
        assert reply.status_code == 404
    assert (await chitra.get("/api/billing/invoices")).json()["page"]["total"] == 0
    assert (await shop.bought(made.id)).state == "active"


@pytest.mark.parametrize("language", ["en", "hi"])
async def test_an_invoice_is_a_paper_with_all_that_the_rules_name(shop: Shop, language: str) -> None:
    asha = Player("Asha Rao", "asha2@example.com")
    between = await open_shop(shop.house, shop.standin, BETWEEN, asha)
    await between.charged()
    await between.come_again()
    (made,) = await between.papers()
    await between.asha.post("/preferences", data={"language": language, "theme": "auto", "next": "/app"})
    reply = await between.asha.get(f"/app/account/invoices/{made.id}.pdf")
    assert reply.status_code == 200
    assert reply.headers["content-disposition"] == 'attachment; filename="CA-2627-000001.pdf"'
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(reply.content)).pages)
    text = re.sub(r"\s+", " ", text)
    for part in (
        "CA/2627/000001", "Dates LLP", "27AAPFU0939F1ZV", "1 Law College Road, Pune 411004", "Rao Textiles LLP",
        "29AAGCB7383J1Z4", "7 Residency Road, Bengaluru", "997331", "499.00", "IGST", "18 %", "89.82", "588.82",
        "(29)",
    ):  # fmt: skip
        assert part in text, (part, text)
    assert "CGST 9" not in text
    if language == "en":
        for part in (
            "Tax invoice",
            "Karnataka",
            "reverse charge No",
            "five hundred eighty-eight and eighty-two",
        ):
            assert part in text, (part, text)
    page = await between.asha.get("/app/account/invoices")
    assert "₹588.82" in page.text


async def test_numbers_have_no_gaps_though_many_pay_at_once_and_some_fail(shop: Shop) -> None:
    day = shop.house.watch.now.date()

    async def take(*, fails: bool) -> str | None:
        try:
            async with shop.database.transaction() as connection:
                number = await next_number(connection, "invoice", day)
                await asyncio.sleep(0)
                if fails:
                    raise KeyError
                return number
        except KeyError:
            return None

    taken = await asyncio.gather(*(take(fails=index % 3 == 0) for index in range(24)))
    kept = sorted(each for each in taken if each)
    assert kept == [f"CA/2627/{number:06d}" for number in range(1, 17)]
    async with shop.database.transaction() as connection:
        assert (
            await next_number(connection, "invoice", day.replace(year=2027, month=4, day=1))
            == "CA/2728/000001"
        )
        assert (
            await next_number(connection, "invoice", day.replace(year=2027, month=3, day=31))
            == "CA/2627/000017"
        )
        assert await next_number(connection, "credit_note", day) == "CN/2627/000001"


@pytest.fixture
async def closed(database_url: str, redis_url: str | None) -> House:
    async with open_house(database_url, redis_url) as house:
        yield house  # type: ignore[misc]


async def test_without_keys_or_a_seller_nothing_is_sold_and_the_pages_say_so(closed: House) -> None:
    asha = await closed.register(ASHA)
    assert "Nothing is sold here" in (await asha.get(HOME)).text
    reply = await asha.post("/api/billing/subscriptions", json={"plan": "starter", "period": "monthly"})
    assert (reply.status_code, reply.json()["code"]) == (409, "billing.not_selling")
    assert (await asha.post("/api/billing/webhook", content=b"{}")).json()["code"] == "billing.not_selling"
    assert "No invoices yet" in (await asha.get("/app/account/invoices")).text
