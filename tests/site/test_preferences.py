import pytest
from httpx import AsyncClient

from complianceai.site.preferences import local_path


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("/app?year=2026", "/app?year=2026"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/ok\r\nSet-Cookie: a=b", "/"),
    ],
)
def test_a_form_sends_nobody_to_another_site(target: str, kept: str) -> None:
    assert local_path(target) == kept


async def test_a_chosen_theme_stays_chosen(client: AsyncClient) -> None:
    reply = await client.post("/preferences", data={"theme": "dark", "next": "/design"})
    assert (reply.status_code, reply.headers["location"]) == (303, "/design")
    assert 'data-theme="dark"' in (await client.get("/design")).text


async def test_a_chosen_language_wins_over_the_browser(client: AsyncClient) -> None:
    asked = {"Accept-Language": "hi-IN,hi;q=0.9,en;q=0.5"}
    assert '<html lang="hi"' in (await client.get("/design", headers=asked)).text
    await client.post("/preferences", data={"language": "en"}, headers=asked)
    assert '<html lang="en"' in (await client.get("/design", headers=asked)).text


async def test_a_language_we_do_not_speak_changes_nothing(client: AsyncClient) -> None:
    await client.post("/preferences", data={"language": "../../x", "theme": "neon"})
    text = (await client.get("/design", headers={"Accept-Language": "xx, fr;q=0.3"})).text
    assert '<html lang="en">' in text
