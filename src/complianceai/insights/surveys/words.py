"""The moments after which somebody is asked, and the two questions."""

from collections.abc import Mapping
from typing import NamedTuple

from complianceai.insights.counting.kinds import Kind
from complianceai.site.words import marked

CSAT, NPS = "csat", "nps"
MOMENT_WORDS: Mapping[str, str] = {
    Kind.TASK_FILED: marked("after a filing"),
    Kind.QUESTION_ASKED: marked("after an answer"),
    Kind.DOCUMENT_SIGNED: marked("after a signature"),
}


class Question(NamedTuple):
    """What is asked, and the two ends of its scale."""

    text: str
    lowest: int
    highest: int
    low: str
    high: str


QUESTIONS: Mapping[str, Question] = {
    CSAT: Question(
        marked("How satisfied are you with how that went?"), 1, 5, marked("not at all"), marked("very")
    ),
    NPS: Question(
        marked("Would you recommend ComplianceAI to somebody who does what you do?"),
        0,
        10,
        marked("certainly not"),
        marked("certainly"),
    ),
}
# Which of them each moment asks.
ASKED_AFTER: Mapping[Kind, str] = {
    Kind.TASK_FILED: NPS,
    Kind.QUESTION_ASKED: CSAT,
    Kind.DOCUMENT_SIGNED: CSAT,
}
