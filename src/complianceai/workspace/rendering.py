"""Papers set off the request's path: in a thread of their own, against the clock."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Literal, ParamSpec, TypeVar

from complianceai import drafting
from complianceai.drafting.model import Style
from complianceai.drafting.press import press
from complianceai.workspace.errors import TookTooLong

P = ParamSpec("P")
T = TypeVar("T")
SECONDS = 15
Format = Literal["html", "docx", "pdf"]
MEDIA_TYPES: dict[str, str] = {
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# As many at once as there are cores: a crowd waits instead of filling the memory.
_threads = ThreadPoolExecutor(max_workers=max(1, os.cpu_count() or 1), thread_name_prefix="papers")


async def in_time(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the work comes to, done beside the requests.

    Errors: TookTooLong; those of the work itself.
    """
    asked = asyncio.get_running_loop().run_in_executor(_threads, partial(work, *args, **kwargs))
    try:
        async with asyncio.timeout(SECONDS):
            return await asked
    except TimeoutError:
        raise TookTooLong(seconds=SECONDS) from None


async def html_of(text: str, *, numbered: bool, language: str) -> str:
    """The paper as a piece of a page, which holds no script, no style and no address.

    Errors: FaultyText; TookTooLong.
    """
    return await in_time(_html, text, numbered, language)


async def paper_as(kind: Format, text: str, *, numbered: bool, style: Style) -> bytes:
    """The paper as a file of that kind.

    Errors: FaultyText; TookTooLong.
    """
    return await in_time(_file, kind, text, numbered, style)


def _html(text: str, numbered: bool, language: str) -> str:  # noqa: FBT001 - as the engine takes it
    return drafting.write_html(drafting.read(text, numbered=numbered), language)


def _file(kind: Format, text: str, numbered: bool, style: Style) -> bytes:  # noqa: FBT001 - as the engine takes it
    if kind == "html":
        article = drafting.write_html(drafting.read(text, numbered=numbered), style.language)
        return drafting.html_page(article, style.language, style.title).encode()
    # By a child, which can be ended and whose memory is its own.
    made: bytes = press().make("paper", kind, text, numbered, style)
    return made
