"""Two people at one text at once, in whatever order they open, type and save: no word of either is ever lost."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from httpx import AsyncClient
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from complianceai.tenancy.policies import Role
from tests.cast import ASHA, BILAL, House, describe, open_house
from tests.workspace.papers import DOCUMENTS, written

T = TypeVar("T")
WHO = st.sampled_from([0, 1])


class Together(RuleBasedStateMachine):
    """Each has the text as they last read it; whatever they write bears a word that nobody wrote before."""

    runner: asyncio.Runner
    house: House
    people: list[AsyncClient]
    company: str

    def run_async(self, work: Awaitable[T]) -> T:
        async def awaited() -> T:
            return await work

        return self.runner.run(awaited())

    @initialize()
    def begin(self) -> None:
        self.document = self.run_async(written(self.people[0], self.company, "# Paper\n\nfirst\n"))
        self.count = 0
        # The word that each saved last and was refused, which only their draft holds.
        self.unsaved: list[str | None] = [None, None]
        self.saved = ["first"]
        self.read = [(1, "# Paper\n\nfirst\n")] * 2

    @rule(who=WHO)
    def look(self, who: int) -> None:
        reply = self.run_async(self.people[who].get(f"{DOCUMENTS}/{self.document}"))
        current = reply.json()["data"]["current"]
        self.read[who] = (current["number"], current["text"])

    @rule(who=WHO, place=st.sampled_from(["before", "after", "instead"]))
    def save(self, who: int, place: str) -> None:
        base, text = self.read[who]
        word = self._word()
        body = {"before": f"{word}\n\n{text}", "after": f"{text}\n{word}\n", "instead": f"{word}\n"}[place]
        reply = self.run_async(self._save(who, base, body))
        if reply.status_code == 201:
            told = reply.json()["data"]
            assert word in told["text"]
            self.saved.append(word)
            self.unsaved[who] = None
            self.read[who] = (told["number"], told["text"])
        else:
            assert reply.json()["code"] == "workspace.changed_meanwhile"
            assert word in reply.json()["fields"]["your_text"]
            self.unsaved[who] = word

    @rule()
    def save_at_the_same_moment(self) -> None:
        words = [self._word(), self._word()]
        bodies = [f"{text}\n{word}\n" for (_, text), word in zip(self.read, words, strict=True)]

        async def both() -> list[Any]:
            saves = (self._save(who, self.read[who][0], bodies[who]) for who in (0, 1))
            return await asyncio.gather(*saves)

        replies = self.run_async(both())
        assert [each.status_code for each in replies].count(201) <= 1
        for who, reply in enumerate(replies):
            if reply.status_code == 201:
                told = reply.json()["data"]
                self.saved.append(words[who])
                self.unsaved[who] = None
                self.read[who] = (told["number"], told["text"])
            else:
                assert reply.status_code == 409, reply.text
                self.unsaved[who] = words[who]

    @rule(who=WHO)
    def type_a_little(self, who: int) -> None:
        base, text = self.read[who]
        word = self._word()
        body = {"baseVersion": base, "text": f"{text}\n{word}\n"}
        assert (
            self.run_async(self.people[who].put(f"{DOCUMENTS}/{self.document}/draft", json=body)).status_code
            == 204
        )
        self.unsaved[who] = word

    @rule(who=WHO, back=st.integers(1, 3))
    def go_back(self, who: int, back: int) -> None:
        number = max(1, len(self.saved) - back)
        place = f"{DOCUMENTS}/{self.document}/versions/{number}/restore"
        reply = self.run_async(self.people[who].post(place, json={}))
        assert reply.status_code in {201, 404, 409}, reply.text
        if reply.status_code == 201:
            self.saved.append(self.saved[0])
            # Whoever saved a version, be it an older one again, is done with what they typed before.
            self.unsaved[who] = None

    @invariant()
    def every_word_stands_in_a_version_or_in_its_writers_draft(self) -> None:
        if not hasattr(self, "document"):
            return
        texts = self.run_async(self._texts())
        for word in self.saved:
            assert any(word in text for text in texts), word
        for who, word in enumerate(self.unsaved):
            if word is not None:
                draft = self.run_async(self.people[who].get(f"{DOCUMENTS}/{self.document}/draft"))
                assert word in draft.json()["data"]["text"]

    def _word(self) -> str:
        self.count += 1
        return f"word{self.count}end"

    async def _save(self, who: int, base: int, text: str) -> Any:
        body = {"baseVersion": base, "text": text}
        return await self.people[who].post(f"{DOCUMENTS}/{self.document}/versions", json=body)

    async def _texts(self) -> list[str]:
        listed = await self.people[0].get(f"{DOCUMENTS}/{self.document}/versions", params={"size": 200})
        numbers = [each["number"] for each in listed.json()["data"]]
        assert numbers == list(range(len(numbers), 0, -1))
        place = f"{DOCUMENTS}/{self.document}/versions"
        return [(await self.people[0].get(f"{place}/{number}")).json()["data"]["text"] for number in numbers]


def test_two_people_editing_at_once_never_lose_a_word(database_url: str, redis_url: str | None) -> None:
    with asyncio.Runner() as runner:

        async def opened() -> tuple[Any, House, list[AsyncClient], str]:
            door = open_house(database_url, redis_url, rate_limit="1000000/minute")
            house = await door.__aenter__()
            asha, bilal = await house.register(ASHA), await house.register(BILAL)
            company = await describe(asha)
            await house.join(bilal, company, Role.PREPARER)
            return door, house, [asha, bilal], company

        door, house, people, company = runner.run(opened())
        try:

            class Here(Together):
                pass

            Here.runner, Here.house, Here.people, Here.company = runner, house, people, company
            run_state_machine_as_test(  # type: ignore[no-untyped-call]
                Here,
                settings=settings(
                    max_examples=12,
                    stateful_step_count=14,
                    deadline=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        finally:
            runner.run(door.__aexit__(None, None, None))
