"""The pages by which a person comes in and goes out."""

import pytest

from tests.cast import ASHA, House

FORM = {"name": ASHA.name, "email": ASHA.email, "password": ASHA.password, "phone": ""}


async def test_who_signs_up_on_the_page_finds_an_empty_list_of_companies(house: House) -> None:
    client = await house.visitor()
    assert (await client.get("/register")).status_code == 200
    reply = await client.post("/register", data=FORM)
    assert (reply.status_code, reply.headers["location"]) == (303, "/app/home")
    assert "/app/companies/new" in (await client.get("/app")).text


async def test_a_refused_form_keeps_what_was_typed_except_the_password(house: House) -> None:
    client = await house.visitor()
    reply = await client.post("/register", data=FORM | {"name": 'A"><b>1', "password": "Secret-1"})
    assert reply.status_code == 422
    assert 'value="A&#34;&gt;&lt;b&gt;1"' in reply.text
    assert f'value="{ASHA.email}"' in reply.text
    assert "Leave out digits" in reply.text
    assert "one of the signs" in reply.text
    assert "Secret-1" not in reply.text


async def test_a_taken_email_is_said_at_its_field(house: House) -> None:
    await house.register(ASHA)
    reply = await (await house.visitor()).post("/register", data=FORM)
    assert reply.status_code == 409
    assert "There is an account with this e-mail already" in reply.text


async def test_a_refusal_is_told_in_the_visitors_language(house: House) -> None:
    reply = await (await house.visitor(**{"accept-language": "hi"})).post(
        "/register", data=FORM | {"name": "1"}
    )
    assert reply.status_code == 422
    assert '<html lang="hi"' in reply.text


async def test_signing_in_leads_to_where_one_wanted_to_go(house: House) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    away = await client.get("/app/companies/new?kind=llp")
    assert (away.status_code, away.headers["location"]) == (
        303,
        "/login?next=/app/companies/new%3Fkind%3Dllp",
    )
    form = await client.get(away.headers["location"])
    assert 'value="/app/companies/new?kind=llp"' in form.text
    wanted = {"email": ASHA.email, "password": ASHA.password, "next": "/app/companies/new?kind=llp"}
    reply = await client.post("/login", data=wanted)
    assert (reply.status_code, reply.headers["location"]) == (303, "/app/companies/new?kind=llp")
    assert (await client.get("/login?next=/law")).headers["location"] == "/law"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/a\r\nb"]
)
async def test_signing_in_never_leads_to_another_site(house: House, target: str) -> None:
    await house.register(ASHA)
    client = await house.visitor()
    form = {"email": ASHA.email, "password": ASHA.password, "next": target}
    assert (await client.post("/login", data=form)).headers["location"] == "/app/home"


async def test_a_wrong_sign_in_is_told_on_the_form(house: House) -> None:
    client = await house.visitor()
    reply = await client.post("/login", data={"email": ASHA.email, "password": "Wrong!2026x"})
    assert reply.status_code == 401
    assert "The e-mail or the password is wrong" in reply.text
    assert f'value="{ASHA.email}"' in reply.text


async def test_signing_out_leads_to_the_front_page(house: House) -> None:
    client = await house.register(ASHA)
    reply = await client.post("/logout")
    assert (reply.status_code, reply.headers["location"]) == (303, "/")
    assert (await client.get("/api/auth/me")).status_code == 401


async def test_a_file_in_the_forms_place_is_no_answer(house: House) -> None:
    client = await house.visitor()
    reply = await client.post("/register", files={"name": ("a.txt", b"Asha Rao")})
    assert reply.status_code == 422


async def test_a_script_that_is_signed_out_is_refused_and_not_led_elsewhere(house: House) -> None:
    client = await house.visitor()
    assert (await client.get("/app", headers={"hx-request": "true"})).status_code == 401
    assert (await client.post("/app/companies/new")).status_code == 401
