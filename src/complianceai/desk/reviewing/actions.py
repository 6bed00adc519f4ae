"""A correction tried, kept as what it became, or set aside; and everything that was kept measured again."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, insert, update

from complianceai import catalogue
from complianceai.base.clock import date_in_india
from complianceai.base.ids import new_id
from complianceai.desk.review import settle_in
from complianceai.desk.reviewing.queries import Case, list_cases
from complianceai.desk.reviewing.schemas import Wanted, as_question
from complianceai.desk.tables import review_cases
from complianceai.storage.database import Database
from complianceai.tenancy.operators.actions import note_deed
from complianceai.tenancy.scope import Scope

if TYPE_CHECKING:
    from complianceai.assistant.trying import Score


class Tried(NamedTuple):
    """What an outcome does to the answers; `after` is none where the law's files must be mended first."""

    before: "Score"
    after: "Score | None"
    answer: str
    is_right: bool

    @property
    def newly_wrong(self) -> list[str]:
        """The questions that were answered rightly before, and are not afterwards."""
        known = set(self.before.wrong)
        return [each for each in self.after.wrong if each not in known] if self.after else []


def attempt(wanted: Wanted, cases: Sequence[Case], today: date) -> Tried:
    """The score before and after, and what is answered then. Takes seconds: it asks hundreds of questions."""
    from complianceai.assistant import ask  # noqa: PLC0415 - what understands questions is heavy
    from complianceai.assistant.trying import answers_rightly, score, with_alias  # noqa: PLC0415 - as above

    law, kept, own = catalogue.load(), [_question(each) for each in cases], wanted.as_question()
    then, after = law, None
    if wanted.outcome == "question":
        # It is about the set and not about the answers: a question that is answered wrongly lowers the share.
        before, after = score(law, kept, today), score(law, [*kept, own], today)
    else:
        before = score(law, [*kept, own], today)
    if wanted.outcome == "alias":
        then = with_alias(law, wanted.rule, wanted.words)
        after = score(then, [*kept, own], today)
    answer = ask(then, wanted.question, on=wanted.asked_on).text
    return Tried(before, after, answer, answers_rightly(then, own))


async def keep(
    database: Database, scope: Scope, message_id: UUID, wanted: Wanted, tried: Tried, now: datetime
) -> UUID:
    """The id of what the correction became; it waits no more.

    Errors: CorrectionMissing.
    """
    before = tried.before.hundredths
    after = None if tried.after is None else tried.after.hundredths
    row = wanted._asdict() | {"id": new_id(), "must": [list(each) for each in wanted.must]}
    scores = {"score_before": before, "score_after": after}
    async with database.transaction() as connection:
        await settle_in(
            connection, message_id, wanted.outcome, note=wanted.note, scores=(before, after), now=now
        )
        await connection.execute(insert(review_cases).values(**row, **scores, created_at=now))
        told: dict[str, object] = {"message": str(message_id), "outcome": wanted.outcome, **scores}
        await note_deed(connection, scope, "answer.reviewed", told, now)
    return UUID(str(row["id"]))


async def set_aside(database: Database, scope: Scope, message_id: UUID, note: str, now: datetime) -> None:
    """Nothing; the correction waits no more, and why it became nothing is kept with it.

    Errors: CorrectionMissing.
    """
    async with database.transaction() as connection:
        await settle_in(connection, message_id, "none", note=note, scores=(None, None), now=now)
        told: dict[str, object] = {"message": str(message_id), "outcome": "none"}
        await note_deed(connection, scope, "answer.reviewed", told, now)


class Measured(NamedTuple):
    """The share by now, and of each case whether it is answered rightly."""

    score: "Score"
    rights: Sequence[bool]


def measured(cases: Sequence[Case], today: date) -> Measured:
    """Everything that was kept, asked of the law as it stands. Takes seconds."""
    from complianceai.assistant.trying import answers_rightly, score  # noqa: PLC0415 - as above

    law, kept = catalogue.load(), [_question(each) for each in cases]
    return Measured(score(law, kept, today), [answers_rightly(law, each) for each in kept])


async def keep_measured(
    database: Database, scope: Scope, cases: Sequence[Case], found: Measured, now: datetime
) -> None:
    """Nothing; each case has the share by now and whether it is answered rightly."""
    share = found.score.hundredths
    rows = [
        {"case_id": each.id, "right_now": is_right, "share_now": share}
        for each, is_right in zip(cases, found.rights, strict=True)
    ]
    one = update(review_cases).where(review_cases.c.id == bindparam("case_id"))
    async with database.transaction() as connection:
        if rows:
            new: dict[str, Any] = {"is_right": bindparam("right_now"), "score_now": bindparam("share_now")}
            await connection.execute(one.values(**new), rows)
        await note_deed(connection, scope, "answers.measured", {"score": share, "cases": len(rows)}, now)


async def question_file(database: Database, now: datetime) -> dict[str, object]:
    """What was kept as a file of questions, with the names and the faults that the law's files are to take over."""
    async with database.reading() as connection:
        cases = await list_cases(connection)
    aliases: dict[str, list[str]] = {}
    for each in cases:
        if each.outcome == "alias":
            aliases.setdefault(each.rule, []).append(each.words)
    return {
        "author": "review",
        "made_on": date_in_india(now).isoformat(),
        "questions": [
            {"id": str(each.id), "kind": each.outcome, **_question(each), "why": each.note} for each in cases
        ],
        "aliases": aliases,
        "facts": [
            {"rule": each.rule, "must": each.must, "note": each.note}
            for each in cases
            if each.outcome == "fact"
        ],
    }


def _question(case: Case) -> dict[str, object]:
    return as_question(case.question, case.asked_on, case.must, case.rule)
