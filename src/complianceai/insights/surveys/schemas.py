"""What an answer looks like on its way in, and a question on its way out."""

from typing import Literal

from pydantic import Field

from complianceai.insights.surveys.tables import LONGEST_COMMENT
from complianceai.site.blanks import Whole
from complianceai.site.replies import Reply, Wire
from complianceai.tenancy.inputs import Text


class AnswerInput(Wire):
    """A number of the question's scale, and a comment where there is more to say."""

    score: Whole = Field(ge=0, le=10)
    comment: Text = Field(default="", max_length=LONGEST_COMMENT)


class QuestionReply(Reply):
    """What is asked, and the ends of its scale."""

    question: Literal["csat", "nps"]
    text: str
    lowest: int
    highest: int
