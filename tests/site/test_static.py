import re

from httpx import AsyncClient

from complianceai.site.static import shelf, static_url


async def test_a_static_file_may_be_kept_for_a_year(client: AsyncClient) -> None:
    reply = await client.get(static_url("site.css"))
    assert reply.status_code == 200
    assert reply.headers["content-type"].startswith("text/css")
    assert "immutable" in reply.headers["cache-control"]
    assert reply.headers["content-encoding"] == "gzip"


async def test_a_browser_without_gzip_gets_the_file_unpacked(client: AsyncClient) -> None:
    reply = await client.get(static_url("site.js"), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in reply.headers
    assert "showModal" in reply.text


async def test_a_name_that_is_not_on_the_shelf_is_missing(client: AsyncClient) -> None:
    assert (await client.get("/static/site.000000000000.css")).status_code == 404


def test_style_and_scripts_stay_small() -> None:
    packed = {
        name.split(".")[0] + "." + name.rsplit(".")[-1]: len(file.packed) for name, file in shelf().items()
    }
    assert packed["site.css"] < 30_000
    assert packed["site.js"] + packed["htmx.js"] < 30_000


async def test_every_variable_the_style_sheet_uses_is_defined_in_it(client: AsyncClient) -> None:
    text = (await client.get(static_url("site.css"))).text
    used, defined = set(re.findall(r"var\((--[a-z0-9-]+)", text)), set(re.findall(r"(--[a-z0-9-]+):", text))
    assert used <= defined
