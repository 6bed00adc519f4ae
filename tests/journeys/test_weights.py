"""What a page costs whoever opens it; the figures only ever get better."""

import pytest
from playwright.sync_api import Browser, Response

PAINT = """() => new Promise(done => {
  let paint = 0, shift = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) paint = each.startTime; })
    .observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(list => { for (const each of list.getEntries()) shift += each.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done([paint, shift]), 500);
})"""


@pytest.mark.parametrize("path", ["/", "/example", "/example?view=list", "/design"])
def test_a_page_is_light_and_stands_still(browser: Browser, live_server: str, path: str) -> None:
    first = browser.new_page(base_url=live_server)
    first.goto(path)  # the first visitor of a server waits for its templates
    first.close()
    replies: list[Response] = []
    context = browser.new_context(base_url=live_server, viewport={"width": 390, "height": 844})
    page = context.new_page()
    # Playwright marks its handlers, which a built-in method does not allow.
    page.on("response", lambda reply: replies.append(reply))  # noqa: PLW0108
    page.goto(path, wait_until="load")
    paint_ms, shift = page.evaluate(PAINT)
    assert sum(reply.request.sizes()["responseBodySize"] for reply in replies) < 120_000
    assert len(replies[0].body()) < 60_000
    assert 0 < paint_ms < 1000
    assert shift < 0.01
    context.close()
