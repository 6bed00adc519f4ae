"""Whatever providers do, in whatever order, a reader gets an answer in time and nobody pays more than was set aside."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from complianceai import catalogue
from complianceai.assistant import ask
from complianceai.assistant.models.breaker import Breaker
from complianceai.assistant.models.budget import PurseInMemory
from complianceai.assistant.models.chain import Asking, Attempt, Chain, Done, Event, Reset, Token
from complianceai.assistant.models.grounds import passage_of
from complianceai.assistant.models.masking import Masks
from complianceai.assistant.models.prompting import prompt_of
from complianceai.assistant.models.spec import Spec
from complianceai.assistant.models.tools import Desk
from complianceai.assistant.verifier import Evidence
from tests.support.models import FAULTS, TOKENS_IN, TOKENS_OUT, ModelServer, model_server

ON = date(2026, 11, 25)
QUESTION = "When is AOC-4 due?"
QUICK: dict[str, Any] = {"seconds": 3.0, "first_seconds": 0.4, "pause_seconds": 0.4}


def spec(name: str, server: ModelServer, **more: Any) -> Spec:
    return Spec(name, server.base_url, "m", "key", **{"paise_in": 100, "paise_out": 400, **QUICK, **more})


def asking(purse: PurseInMemory | None = None, *, tools: bool = False) -> Asking:
    law = catalogue.load()
    evidence = Evidence([passage_of(law, "mca-aoc-4", ON)], QUESTION)
    simple = ask(law, QUESTION, on=ON)
    prompt = prompt_of(QUESTION, [passage_of(law, "mca-aoc-4", ON)], simple.text)
    desk = Desk(law, evidence, ON, {"entity_type": "llp", "state": "MH"})
    return Asking(
        prompt, evidence, simple, purse or PurseInMemory(10**6), Masks(), desk.tools if tools else ()
    )


async def run(chain: Chain, asked: Asking) -> tuple[str, Done, list[Event]]:
    """What a reader is left with, the end, and everything on the way."""
    text, events = "", []
    async for event in chain.answer(asked):
        events.append(event)
        if isinstance(event, Token):
            text += event.text
        elif isinstance(event, Reset):
            text = event.text
    done = events[-1]
    assert isinstance(done, Done)
    return text, done, events


async def test_the_first_provider_answers_and_its_text_is_shown_without_marks() -> None:
    async with model_server() as server:
        purse = PurseInMemory(10**6)
        # What it takes to speak is imported meanwhile, on a machine that may be busy.
        patient = spec("openai", server, seconds=30.0, first_seconds=20.0, pause_seconds=20.0)
        text, done, _ = await run(Chain([patient], seconds=60.0), asking(purse))
    assert text == "AOC-4 is due within 30 days of the annual general meeting.\n"
    assert done.provider == "openai"
    assert done.sentences[0].ids == ("mca-aoc-4",)
    assert done.attempts == ()
    assert done.paise == purse.spent == -(-(TOKENS_IN * 100 + TOKENS_OUT * 400) // 1000)


@pytest.mark.parametrize("fault", FAULTS)
async def test_after_each_fault_the_next_provider_answers_and_the_attempt_is_kept(fault: str) -> None:
    async with model_server(cues=[fault]) as ill, model_server() as well:
        text, done, events = await run(Chain([spec("openai", ill), spec("perplexity", well)]), asking())
    assert text == "AOC-4 is due within 30 days of the annual general meeting.\n"
    assert done.provider == "perplexity"
    assert [each.provider for each in done.attempts] == ["openai"]
    assert "canary" not in repr(events)


@pytest.mark.parametrize("fault", FAULTS)
async def test_when_all_fail_the_answer_without_a_model_is_given(fault: str) -> None:
    async with model_server(cues=[fault]) as ill:
        asked = asking()
        text, done, _ = await run(Chain([spec("openai", ill)]), asked)
    assert text.strip() == asked.simple.text
    assert done.provider == "simple"
    assert done.sentences[0].ids == asked.simple.sentences[0].rests_on


SOME_FAULTS = ("500", "401", "cut", "empty", "hang", "lies", "refused")


@pytest.mark.parametrize("first", SOME_FAULTS)
async def test_faults_in_every_order_leave_nobody_without_an_answer_in_time_or_over_the_limit(
    first: str,
) -> None:
    """Every order of three of seven faults over the three providers: 210 conversations, together."""
    orders = [each for each in permutations(SOME_FAULTS, 3) if each[0] == first]

    async def one(order: Sequence[str]) -> None:
        async with AsyncExitStack() as stack:
            servers = [await stack.enter_async_context(model_server(cues=[cue])) for cue in order]
            purse = PurseInMemory(900)
            asked = asking(purse)
            chain = Chain([spec(name, each) for name, each in zip("abc", servers, strict=True)], seconds=6.0)
            start = time.monotonic()
            text, done, _ = await run(chain, asked)
            assert time.monotonic() - start < 6.0 + 2.0
            assert (text.strip(), done.provider) == (asked.simple.text, "simple")
            assert len(done.attempts) == 3
            assert purse.spent <= purse.limit
            assert done.paise == purse.spent

    await asyncio.gather(*map(one, orders))


async def test_a_stream_cut_after_words_were_shown_takes_them_back() -> None:
    words = (
        "The accounts that companies file are due within 30 days of the annual general meeting [mca-aoc-4]."
    )
    async with model_server(text=words, cues=["cut"], pause=0.05) as ill, model_server(text=words) as well:
        text, done, events = await run(Chain([spec("a", ill), spec("b", well)]), asking())
    assert any(isinstance(each, Reset) for each in events)
    assert text == words.replace(" [mca-aoc-4]", "") + "\n"
    assert done.provider == "b"


async def test_a_sentence_that_is_not_borne_out_is_taken_back_and_the_rest_stays() -> None:
    words = (
        "AOC-4 is due within 30 days of the annual general meeting [mca-aoc-4]. "
        "The company pays Rs 777 for each day [mca-aoc-4]. A director signs it by DSC [mca-aoc-4]."
    )
    async with model_server(text=words) as server:
        text, done, _ = await run(Chain([spec("a", server)]), asking())
    assert "777" not in text
    assert [each.text for each in done.sentences] == text.strip().split("\n")
    assert len(done.sentences) == 2


async def test_over_the_limit_no_model_is_asked() -> None:
    async with model_server() as server:
        text, done, _ = await run(Chain([spec("a", server)]), asking(PurseInMemory(1)))
    assert text
    assert done.attempts == (Attempt("a", "over_budget"),)
    assert server.received == []


async def test_many_who_ask_at_once_stay_below_the_limit_together() -> None:
    async with model_server(pause=0.002) as server:
        chain, purse = Chain([spec("a", server)]), PurseInMemory(2000)
        found = await asyncio.gather(*(run(chain, asking(purse)) for _ in range(12)))
    assert purse.spent <= purse.limit
    assert sum(done.paise for _, done, _ in found) == purse.spent
    assert {done.provider for _, done, _ in found} == {"a", "simple"}


async def test_a_server_of_ones_own_costs_nothing_and_needs_no_key() -> None:
    async with model_server() as server:
        own = Spec("ollama", server.base_url, "m", **QUICK)
        _, done, _ = await run(Chain([own]), asking(PurseInMemory(0)))
    assert (done.provider, done.paise) == ("ollama", 0)


async def test_a_provider_that_failed_thrice_rests_and_is_tried_with_one_question() -> None:
    clock = [0.0]
    breaker = Breaker(clock=lambda: clock[0])
    for _ in range(3):
        assert breaker.may_try()
        breaker.failed()
    assert not breaker.may_try()
    clock[0] += 16
    assert breaker.may_try()
    assert not breaker.may_try()  # while the one is under way
    breaker.failed()
    clock[0] += 16
    assert not breaker.may_try()  # twice as long the second time
    clock[0] += 16
    assert breaker.may_try()
    breaker.worked()
    assert breaker.may_try()
    assert breaker.may_try()


async def test_a_refused_key_is_not_tried_again_at_once() -> None:
    async with model_server(cues=["401"]) as ill, model_server() as well:
        chain = Chain([spec("a", ill), spec("b", well)])
        await run(chain, asking())
        _, done, _ = await run(chain, asking())
    assert done.attempts == (Attempt("a", "resting"),)
    assert len(ill.received) == 1


async def test_one_deadline_holds_for_all_providers_together() -> None:
    async with model_server(cues=["hang"]) as ill:
        slow = {"seconds": 10.0, "first_seconds": 10.0}
        chain = Chain([spec(name, ill, **slow) for name in "abcd"], seconds=1.5)
        start = time.monotonic()
        _, done, _ = await run(chain, asking())
    assert time.monotonic() - start < 3.0
    assert [each.error for each in done.attempts] == ["timeout", "no_time", "no_time", "no_time"]


async def test_a_reader_who_goes_away_ends_the_request_and_what_was_set_aside() -> None:
    async with model_server(pause=0.05) as server:
        purse = PurseInMemory(10**6)
        stream = Chain([spec("a", server)]).answer(asking(purse))
        async for _ in stream:
            break
        await stream.aclose()
        for _ in range(100):
            if not server.open_streams:
                break
            await asyncio.sleep(0.02)
        assert server.open_streams == 0
    assert 0 < purse.spent < 1000  # what was read and said until then, not all that was set aside


async def test_a_tool_is_answered_for_the_company_of_the_session_and_its_result_may_be_cited() -> None:
    words = "LLP Form 11 for 2026-27 is due on 30 May 2027 [llp-form-11]."
    call = ("due_dates", {"first_day": "2027-05-01", "last_day": "2027-06-30"})
    async with model_server(text=words, calls=[call]) as server:
        _, done, _ = await run(Chain([spec("a", server)]), asking(tools=True))
    told = next(each["content"] for each in server.received[-1]["messages"] if each["role"] == "tool")
    assert "[llp-form-11]" in told
    assert [each.text for each in done.sentences] == [words.replace(" [llp-form-11]", "")]
    assert done.provider == "a"


async def test_a_model_that_calls_tools_without_end_is_stopped() -> None:
    call = ("rule", {"name": "AOC-4"})
    async with model_server(calls=[call] * 3) as server:
        purse = PurseInMemory(10**6)
        text, done, _ = await run(Chain([spec("a", server)]), asking(purse, tools=True))
    assert text
    assert done.provider == "simple"
    assert len(server.received) <= 3


def test_a_company_cannot_be_named_by_a_model() -> None:
    law = catalogue.load()
    desk = Desk(law, Evidence(), ON, None)
    assert "No company" in desk.due_dates(date(2026, 4, 1), date(2026, 5, 1))
    own = Desk(law, Evidence(), ON, {"entity_type": "llp", "state": "MH"})
    assert "at most a year" in own.due_dates(date(2020, 4, 1), date(2026, 5, 1))
    assert own.due_dates(date(2027, 5, 30), date(2027, 5, 30)).startswith("[llp-form-11] LLP Form 11")
    assert desk.rule("no such thing") == "No rule is called so."
    assert "Rs 2100" in desk.cost_of_lateness("AOC-4", date(2026, 10, 30), date(2026, 11, 20))
    assert "NO-9" in desk.cost_of_lateness("NO-9", ON)
