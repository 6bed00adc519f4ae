"""The models asked in turn until one answers, and the answer without a model where none does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from complianceai.assistant.answer import Answer
from complianceai.assistant.models.breaker import Breaker
from complianceai.assistant.models.budget import Purse
from complianceai.assistant.models.masking import Masks
from complianceai.assistant.models.offers import Tool
from complianceai.assistant.models.prompting import Prompt
from complianceai.assistant.models.showing import Showing, Step
from complianceai.assistant.models.speaking import ProviderFailed, Usage, get_ready, speak
from complianceai.assistant.models.spec import SIMPLE, Spec, tokens_of
from complianceai.assistant.models.tools import MOST_CALLS, MOST_LETTERS
from complianceai.assistant.verifier import Evidence
from complianceai.assistant.verifier.sentences import Cited

LEAST_SECONDS = 1.0


class Attempt(NamedTuple):
    """A provider that was to answer and did not, and a word for why."""

    provider: str
    error: str


class Token(NamedTuple):
    """More text."""

    text: str


class Reset(NamedTuple):
    """What was shown is taken back; `text` is what stands in its place."""

    text: str


class Done(NamedTuple):
    """The whole answer: who gave it, its sentences with what each cites, who failed before, and its cost in paise."""

    provider: str
    sentences: tuple[Cited, ...]
    attempts: tuple[Attempt, ...]
    paise: int


Event: TypeAlias = Token | Reset | Done


@dataclass
class Asking:
    """One question on its way through the chain: what is asked, of what, and what the answer without a model is."""

    prompt: Prompt
    evidence: Evidence
    simple: Answer
    purse: Purse
    masks: Masks = field(default_factory=Masks)
    tools: Sequence[Tool] = ()
    attempts: list[Attempt] = field(default_factory=list)
    paise: int = 0


@dataclass
class Chain:
    """The models of the settings in their order, with the state of each in this process."""

    specs: Sequence[Spec]
    seconds: float = 40.0
    breakers: Mapping[str, Breaker] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Each model has a breaker of its own."""
        self.breakers = {each.name: Breaker() for each in self.specs} | dict(self.breakers)

    async def answer(self, asking: Asking) -> AsyncGenerator[Event, None]:
        """The answer as it comes; it ends with Done whatever happens to the providers."""
        ends = time.monotonic() + self.seconds
        for spec in self.specs:
            attempt = _Attempt(spec, asking, self.breakers[spec.name], ends)
            async with aclosing(attempt.events()) as events:
                async for event in events:
                    yield event
            if attempt.done is not None:
                yield attempt.done
                return
        for sentence in asking.simple.sentences:
            yield Token(f"{sentence.text}\n")
        said = tuple(Cited(each.text, each.rests_on) for each in asking.simple.sentences)
        yield Done(SIMPLE, said, tuple(asking.attempts), asking.paise)


@dataclass
class _Attempt:
    """One model asked once."""

    spec: Spec
    asking: Asking
    breaker: Breaker
    ends: float
    done: Done | None = None

    async def events(self) -> AsyncGenerator[Event, None]:
        """What the reader sees of it; `done` is set where it answered."""
        worst = self._worst()
        if why := await self._why_not(worst):
            self.asking.attempts.append(Attempt(self.spec.name, why))
            return
        showing, usage = Showing(self.asking.evidence), Usage()
        billed, said, is_over = True, [], False
        try:
            async with aclosing(self._pieces(usage)) as pieces:
                async for piece in pieces:
                    said.append(piece)
                    if not piece:
                        shown, showing = showing.has_shown, Showing(self.asking.evidence)
                        steps = [Step("", is_anew=True)] if shown else []
                    else:
                        steps = showing.add(piece)
                    for event in map(self._event, steps):
                        yield event
            for event in map(self._event, showing.end()):
                yield event
            is_over = True
            self._judge(showing)
        except ProviderFailed as failed:
            billed, is_over = failed.was_billed or bool(said), True
            self.breaker.failed(at_once=failed.is_lasting)
            self.asking.attempts.append(Attempt(self.spec.name, failed.why))
        finally:
            if not is_over:
                self.breaker.was_left()
            # Also where the reader has gone away: what was set aside must not stay so.
            await asyncio.shield(self._settle(worst, usage, "".join(said), billed=billed))
        if self.done is None:
            if showing.has_shown:
                yield Reset("")
        else:
            self.done = self.done._replace(paise=self.asking.paise)

    def _worst(self) -> int:
        """What it costs at most: each turn that tools may take reads all that was said before it."""
        turns = MOST_CALLS + 1 if self.asking.tools and self.spec.takes_tools else 1
        told = MOST_LETTERS + self.spec.most_tokens
        read = turns * tokens_of(self.asking.prompt.text) + told * turns * (turns - 1) // 2
        return self.spec.paise(read, turns * self.spec.most_tokens)

    async def _why_not(self, worst: int) -> str:
        if self.ends - time.monotonic() < LEAST_SECONDS:
            return "no_time"
        if not self.breaker.may_try():
            return "resting"
        if worst and not await self.asking.purse.set_aside(worst):
            self.breaker.was_left()
            return "over_budget"
        return ""

    async def _settle(self, worst: int, usage: Usage, said: str, *, billed: bool) -> None:
        counted = self.spec.paise(usage.tokens_in, usage.tokens_out)
        guessed = self.spec.paise_of(self.asking.prompt.text, said)
        spent = min((counted if usage.tokens_out else guessed) if billed else 0, worst)
        self.asking.paise += spent
        if worst > spent:
            await self.asking.purse.give_back(worst - spent)

    async def _pieces(self, usage: Usage) -> AsyncGenerator[str, None]:
        """The model's pieces, none of them waited for too long."""
        await asyncio.to_thread(get_ready)
        ends = min(self.ends, time.monotonic() + self.spec.seconds)
        wait = self.spec.first_seconds
        async with aclosing(speak(self.spec, self.asking.prompt, self.asking.tools, usage)) as pieces:
            while True:
                left = min(wait, ends - time.monotonic())
                try:
                    async with asyncio.timeout(max(left, 0)):
                        piece = await anext(pieces)
                except StopAsyncIteration:
                    return
                except TimeoutError as error:
                    raise ProviderFailed("timeout") from error
                wait = self.spec.pause_seconds
                yield piece

    def _judge(self, showing: Showing) -> None:
        """Nothing; the model works, and its answer is the answer where enough of it is borne out."""
        self.breaker.worked()
        found = showing.verified
        if not found.is_enough:
            self.asking.attempts.append(Attempt(self.spec.name, "not_borne_out"))
            return
        kept = tuple(each._replace(text=self.asking.masks.reveal(each.text)) for each in found.kept)
        self.done = Done(self.spec.name, kept, tuple(self.asking.attempts), 0)

    def _event(self, step: Step) -> Event:
        text = self.asking.masks.reveal(step.text)
        return Reset(text) if step.is_anew else Token(text)
