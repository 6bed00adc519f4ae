"""One question to one model, over the protocol that OpenAI's service and most others speak."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from complianceai.assistant.models.prompting import Prompt
from complianceai.assistant.models.spec import Spec
from complianceai.assistant.models.tools import MOST_CALLS

if TYPE_CHECKING:
    from pydantic_ai.models.openai import OpenAIChatModel


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


Tool = Callable[..., str]


def get_ready() -> None:
    """Nothing; what it takes to speak is imported, which takes a second and 60 MB where a model is first asked."""
    import pydantic_ai.models.openai  # noqa: PLC0415
    import pydantic_ai.providers.openai  # noqa: F401, PLC0415


async def speak(spec: Spec, prompt: Prompt, tools: Sequence[Tool], usage: Usage) -> AsyncGenerator[str, None]:
    """The pieces of a model's text as they come; an empty one where what came before is to be forgotten.

    Errors: ProviderFailed.
    """
    from pydantic_ai import Agent, UsageLimits  # noqa: PLC0415
    from pydantic_ai.exceptions import AgentRunError, ModelHTTPError, UserError  # noqa: PLC0415
    from pydantic_ai.messages import (  # noqa: PLC0415
        FunctionToolCallEvent,
        PartDeltaEvent,
        PartStartEvent,
        TextPart,
        TextPartDelta,
    )
    from pydantic_ai.settings import ModelSettings  # noqa: PLC0415

    agent = Agent(_model(spec), output_type=str, tools=list(tools) if spec.takes_tools else [], retries=0)
    settings = ModelSettings(max_tokens=spec.most_tokens, temperature=0.0, timeout=spec.seconds)
    if spec.extra:
        settings["extra_body"] = {name: value == "true" or value for name, value in spec.extra}
    limits = UsageLimits(request_limit=MOST_CALLS + 1, tool_calls_limit=MOST_CALLS)
    has_text = False
    try:
        async with agent.run_stream_events(
            prompt.question, instructions=prompt.instructions, usage_limits=limits, model_settings=settings
        ) as events:
            async for event in events:
                text = ""
                if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
                    text = event.part.content
                elif isinstance(event, PartDeltaEvent) and isinstance(event.delta, TextPartDelta):
                    text = event.delta.content_delta
                elif isinstance(event, FunctionToolCallEvent) and has_text:
                    has_text = False
                    yield ""
                usage.tokens_in, usage.tokens_out = events.usage.input_tokens, events.usage.output_tokens
                if text:
                    has_text = True
                    yield text
            usage.tokens_in, usage.tokens_out = events.usage.input_tokens, events.usage.output_tokens
    except ModelHTTPError as error:
        raise _refused(error.status_code) from error
    except (AgentRunError, UserError) as error:
        raise ProviderFailed("broken") from error
    except Exception as error:
        # The client's own errors are of a dozen libraries: a neighbour's failure, whatever its name.
        raise _neighbours(error) from error
    if not has_text:
        raise ProviderFailed("empty")


def _refused(status: int) -> ProviderFailed:
    if status in {400, 401, 402, 403, 404, 422}:
        return ProviderFailed(f"status_{status}", is_lasting=True, was_billed=False)
    return ProviderFailed(f"status_{status}", was_billed=False)


def _neighbours(error: Exception) -> Exception:
    """The failure that a library's error tells of, or the error itself where it is a bug of ours."""
    import httpx  # noqa: PLC0415
    import openai  # noqa: PLC0415

    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ProviderFailed("timeout")
    if isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return ProviderFailed("unreachable", was_billed=False)
    if isinstance(error, openai.OpenAIError | httpx.HTTPError | ValueError):
        return ProviderFailed("garbage")
    return error


@lru_cache(maxsize=16)
def _model(spec: Spec) -> OpenAIChatModel:
    """The client of one model, kept with its connections."""
    from openai import AsyncOpenAI  # noqa: PLC0415
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
    from pydantic_ai.profiles.openai import OpenAIModelProfile  # noqa: PLC0415
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

    client = AsyncOpenAI(
        base_url=spec.base_url, api_key=spec.key or "none", max_retries=0, timeout=spec.seconds
    )
    # A stream cut short without a reason to finish is no answer, though the protocol takes it for one.
    profile = OpenAIModelProfile(openai_chat_streaming_requires_finish_reason=True)
    return OpenAIChatModel(spec.model, provider=OpenAIProvider(openai_client=client), profile=profile)
