from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from complianceai.site.furnish import furnish


async def test_head_has_the_status_and_headers_of_get_and_no_body() -> None:
    app = FastAPI()
    furnish(app)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        for path, status in (("/law", 200), ("/law/gst-gstr-99", 404)):
            got, headed = await client.get(path), await client.head(path)
            assert headed.status_code == got.status_code == status
            assert headed.headers["content-type"] == got.headers["content-type"]
            assert headed.content == b""
