"""One question to one model, over the protocol that OpenAI's service and most others speak."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from complianceai.assistant.models.offers import Call, Offer, Tool, offered
from complianceai.assistant.models.prompting import Prompt
from complianceai.assistant.models.spec import Spec
from complianceai.assistant.models.tools import MOST_CALLS

if TYPE_CHECKING:
    from openai import AsyncOpenAI


class ProviderFailed(Exception):
    """A provider did not answer; `why` is a word for the log and the message, never its own text."""

    def __init__(self, why: str, *, is_lasting: bool = False, was_billed: bool = True) -> None:
        """Failed for that reason; lasting where asking again soon is of no use."""
        super().__init__(why)
        self.why, self.is_lasting, self.was_billed = why, is_lasting, was_billed


@dataclass
class Usage:
    """What an answer took, as the provider counted it; zero where it did not."""

    tokens_in: int = 0
    tokens_out: int = 0


def get_ready() -> None:
    """Nothing; what it takes to speak is imported, which takes a while where a model is first asked."""
    import openai.resources.chat.completions  # noqa: PLC0415
    import pydantic  # noqa: F401, PLC0415

    # The client's own parts are imported where the first of them is made.
    openai.AsyncOpenAI(api_key="none")


async def speak(spec: Spec, prompt: Prompt, tools: Sequence[Tool], usage: Usage) -> AsyncGenerator[str, None]:
    """The pieces of a model's text as they come; an empty one where what came before is to be forgotten.

    Errors: ProviderFailed.
    """
    talk = _Talk(
        spec, usage, {offer.name: offer for offer in map(offered, tools if spec.takes_tools else ())}
    )
    talk.messages = [
        {"role": "system", "content": prompt.instructions},
        {"role": "user", "content": prompt.question},
    ]
    try:
        for _ in range(MOST_CALLS + 1):
            async for piece in talk.next_turn():
                yield piece
            if not talk.calls:
                break
            if talk.has_text:
                # What it said before it asked is no part of the answer.
                talk.has_text = False
                yield ""
            await talk.answer_calls()
        else:
            raise ProviderFailed("broken")
    except ProviderFailed:
        raise
    except Exception as error:
        # The client's own errors are of a dozen libraries: a neighbour's failure, whatever its name.
        raise _neighbours(error) from error
    if not talk.has_text:
        raise ProviderFailed("empty")


@dataclass
class _Talk:
    """What was said to one model so far, and what it asks for.

    An agent of a library holds a quarter of a megabyte for each answer that is being written, this a tenth of it.
    """

    spec: Spec
    usage: Usage
    offers: Mapping[str, Offer]
    messages: list[dict[str, Any]] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    has_text: bool = False
    asked: int = 0

    async def next_turn(self) -> AsyncGenerator[str, None]:
        """The pieces of text of the model's next reply; `calls` are the tools that it asks for."""
        self.calls, finish = [], None
        stream = await _client(self.spec).chat.completions.create(**self._request())
        async with stream:
            async for chunk in stream:
                self._count(chunk)
                for choice in chunk.choices[:1]:
                    finish = choice.finish_reason or finish
                    for part in choice.delta.tool_calls or ():
                        self._take(part)
                    if choice.delta.content:
                        self.has_text = True
                        yield choice.delta.content
        if finish is None:
            # A stream cut short without a reason to finish is no answer, though the protocol takes it for one.
            raise ProviderFailed("broken")

    async def answer_calls(self) -> None:
        """Nothing; the tools have answered, and the model is told what they said."""
        self.asked += len(self.calls)
        if self.asked > MOST_CALLS:
            raise ProviderFailed("broken")
        self.messages.append({"role": "assistant", "tool_calls": [each.as_plain() for each in self.calls]})
        for call in self.calls:
            try:
                said = await asyncio.to_thread(self.offers[call.name].answer, call.given)
            except (KeyError, ValueError) as error:
                # A tool that there is not, or what it does not take: such a model is asked no further.
                raise ProviderFailed("broken") from error
            self.messages.append({"role": "tool", "tool_call_id": call.id, "content": said})

    def _request(self) -> dict[str, Any]:
        spec = self.spec
        told: dict[str, Any] = {
            "model": spec.model, "messages": self.messages, "stream": True, "temperature": 0.0,
            "max_completion_tokens": spec.most_tokens, "stream_options": {"include_usage": True},
        }  # fmt: skip
        if self.offers:
            told["tools"] = [offer.as_plain() for offer in self.offers.values()]
        if spec.extra:
            told["extra_body"] = {name: value == "true" or value for name, value in spec.extra}
        return told

    def _take(self, part: Any) -> None:
        """Nothing; a piece of a call that comes in pieces is part of it."""
        while len(self.calls) <= part.index:
            self.calls.append(Call())
        call = self.calls[part.index]
        call.id = part.id or call.id
        call.name += part.function.name or ""
        call.given += part.function.arguments or ""

    def _count(self, chunk: Any) -> None:
        if chunk.usage is not None:
            self.usage.tokens_in += chunk.usage.prompt_tokens or 0
            self.usage.tokens_out += chunk.usage.completion_tokens or 0


def _refused(status: int) -> ProviderFailed:
    if status in {400, 401, 402, 403, 404, 422}:
        return ProviderFailed(f"status_{status}", is_lasting=True, was_billed=False)
    return ProviderFailed(f"status_{status}", was_billed=False)


def _neighbours(error: Exception) -> Exception:
    """The failure that a library's error tells of, or the error itself where it is a bug of ours."""
    import httpx  # noqa: PLC0415
    import openai  # noqa: PLC0415

    if isinstance(error, openai.APIStatusError):
        return _refused(error.status_code)
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ProviderFailed("timeout")
    if isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return ProviderFailed("unreachable", was_billed=False)
    if isinstance(error, openai.OpenAIError | httpx.HTTPError | ValueError):
        return ProviderFailed("garbage")
    return error


@lru_cache(maxsize=16)
def _client(spec: Spec) -> AsyncOpenAI:
    """The client of one model, kept with its connections."""
    from openai import AsyncOpenAI  # noqa: PLC0415

    return AsyncOpenAI(
        base_url=spec.base_url, api_key=spec.key or "none", max_retries=0, timeout=spec.seconds,
    )  # fmt: skip
