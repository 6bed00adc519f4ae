"""The question that waits for a person, as JSON."""

from fastapi import Request

from complianceai.insights.surveys.actions import answer, dismiss, find_waiting
from complianceai.insights.surveys.errors import NothingAsked
from complianceai.insights.surveys.schemas import AnswerInput, QuestionReply
from complianceai.insights.surveys.words import QUESTIONS
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.replies import Success, failures
from complianceai.site.routing import Router
from complianceai.storage.services import Db, Now
from complianceai.tenancy.access import OfAccount
from complianceai.tenancy.schemas import Done

router = Router(prefix="/api/survey", tags=["account"])


@router.get("", responses=failures(401, 403, 404))
async def show(request: Request, scope: OfAccount, database: Db) -> Success[QuestionReply]:
    """The question that waits for the person."""
    async with database.reading() as connection:
        found = await find_waiting(connection, scope)
    if found is None:
        raise NothingAsked
    asked = QUESTIONS[found.question]
    text = translate(preferences(request).language, asked.text)
    data = {"question": found.question, "text": text, "lowest": asked.lowest, "highest": asked.highest}
    return Success(data=QuestionReply.model_validate(data))


@router.post("", responses=failures(401, 403, 404, 413, 422))
async def keep(request: Request, scope: OfAccount, given: AnswerInput, database: Db, now: Now) -> Done:
    """The answer is kept."""
    await answer(database, scope, given.score, given.comment, now)
    request.app.state.insights.notices.offers.pop(scope.person.id, None)
    return Done()


@router.delete("", responses=failures(401, 403, 404))
async def wave_away(request: Request, scope: OfAccount, database: Db, now: Now) -> Done:
    """The question is not asked any more."""
    await dismiss(database, scope, now)
    request.app.state.insights.notices.offers.pop(scope.person.id, None)
    return Done()
