"""A correction changes nothing until a person has judged it."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from complianceai.base.errors import InvalidInput
from complianceai.desk.learning import learn
from complianceai.desk.queries import Asked, Wishes
from complianceai.desk.review import CorrectionMissing, list_waiting, settle
from complianceai.desk.tables import answer_feedback
from tests.cast import ASHA, House, open_house


@pytest.fixture
async def house(database_url: str, redis_url: str | None) -> AsyncIterator[House]:
    async with open_house(database_url, redis_url) as made:
        yield made


async def test_a_correction_waits_shows_nobodys_name_and_is_settled_once(house: House) -> None:
    asha = await house.register(ASHA)
    told = (await asha.post("/api/chat", json={"message": "When is GSTR-9 due?"})).json()["data"]
    given = {"helpful": False, "reason": "wrong", "correction": "31 March"}
    await asha.post(f"/api/chat/{told['messageId']}/feedback", json=given)
    (waiting,) = await list_waiting(house.database)
    assert (waiting.question, waiting.correction, waiting.topic) == (
        "When is GSTR-9 due?",
        "31 March",
        "gst-gstr-9",
    )
    assert "31 December" in waiting.answer
    assert "Asha" not in repr(waiting)
    again = (await asha.post("/api/chat", json={"message": "When is GSTR-9 due?"})).json()["data"]
    assert again["answer"] == told["answer"]
    with pytest.raises(InvalidInput):
        await settle(house.database, waiting.message_id, "law", now=house.watch.now)
    await settle(
        house.database,
        waiting.message_id,
        "question",
        note="Kept as a test",
        scores=(9412, 9430),
        now=house.watch.now,
    )
    assert await list_waiting(house.database) == []
    with pytest.raises(CorrectionMissing):
        await settle(house.database, waiting.message_id, "none", now=house.watch.now)
    async with house.database.reading() as connection:
        kept = (
            await connection.execute(select(answer_feedback.c.score_before, answer_feedback.c.score_after))
        ).one()
    assert tuple(kept) == (9412, 9430)


def asked(*questions: str) -> list[Asked]:
    return [Asked(each, "gst-gstr-9", "en") for each in questions]


def test_depth_is_read_from_how_somebody_asks_and_their_own_word_goes_first() -> None:
    terse = asked("gstr9 date", "aoc4 fee", "dpt3 due", "fla", "mgt7 when")
    deep = asked(
        "why is GSTR-9 due then?", "explain section 47", "how is the interest worked out?", "why not?"
    )
    assert learn(terse, Wishes()).depth == "short"
    assert learn(deep, Wishes()).depth == "deep"
    assert learn(terse, Wishes(depth="deep")).depth == "deep"
    assert learn(asked("why?"), Wishes()).depth == "usual"
    assert learn(terse, Wishes()).topics == ("gst-gstr-9",)
