"""What the form of a correction sends, and what each outcome needs."""

from datetime import date
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, Field

from complianceai import catalogue
from complianceai.base.errors import InvalidInput
from complianceai.desk.schemas import Words
from complianceai.site.replies import Wire
from complianceai.site.words import marked
from complianceai.tenancy.inputs import Text

Line = Annotated[Text, AfterValidator(str.strip)]
Lines = Annotated[Words, AfterValidator(str.strip)]
NO_QUESTION = marked("Write the question, in words that name nobody.")
NO_RULE = marked("No rule has this id or form. Write it as the law's page does, such as GSTR-9.")
NO_WORDS = marked("Write the words by which people call it, at least three letters.")
NO_MUST = marked("Write what a right answer says, or the rule that it cites.")
NO_NOTE = marked("Say why, and where it stands, so that somebody else understands it later.")
NO_DAY = marked("A line of this names a day or figure that there is not, such as 2026-13-45.")


class CaseForm(Wire):
    """What a correction is to become."""

    outcome: Literal["alias", "fact", "question", "none"]
    question: Lines = Field(default="", max_length=1000)
    rule: Line = Field(default="", max_length=100)
    words: Line = Field(default="", max_length=100)
    must: Lines = Field(default="", max_length=1000)
    note: Lines = Field(default="", max_length=1000)


class Wanted(NamedTuple):
    """A form whose every part holds; the rule is an id."""

    outcome: str
    question: str
    rule: str
    words: str
    must: tuple[tuple[str, ...], ...]
    note: str
    asked_on: date

    def as_question(self) -> dict[str, Any]:
        """It as docs/questions.md writes questions."""
        return as_question(self.question, self.asked_on, self.must, self.rule)


def as_question(text: str, on: date, must: Any, rule: str) -> dict[str, Any]:
    """A question as docs/questions.md writes them."""
    return {
        "question": text,
        "on": on.isoformat(),
        "must": [list(each) for each in must],
        "cites": [rule] if rule else [],
    }


def checked(given: CaseForm, on: date) -> Wanted:
    """The form, where it says all that its outcome needs.

    Errors: InvalidInput.
    """
    from complianceai.assistant.trying import is_readable, rule_named  # noqa: PLC0415 - what understands is heavy

    law = catalogue.load()
    rule = rule_named(law, given.rule) if given.rule else None
    lines = [[item.strip() for item in line.split("|")] for line in given.must.splitlines()]
    must = tuple(tuple(filter(None, line)) for line in lines if any(line))
    faults = _faults(given, has_rule=rule is not None, has_must=bool(must))
    if not all(is_readable(item) for line in must for item in line):
        faults["must"] = NO_DAY
    if faults:
        raise InvalidInput(faults)
    return Wanted(given.outcome, given.question, rule or "", given.words, must, given.note, on)


def _faults(given: CaseForm, *, has_rule: bool, has_must: bool) -> dict[str, str]:
    if given.outcome == "none":
        return {} if given.note else {"note": NO_NOTE}
    faults = {} if given.question else {"question": NO_QUESTION}
    if not has_rule and (given.rule or given.outcome != "question"):
        faults["rule"] = NO_RULE
    if given.outcome == "alias" and sum(map(str.isalnum, given.words)) < 3:
        faults["words"] = NO_WORDS
    if (given.outcome == "fact" and not has_must) or not (has_must or given.rule):
        faults["must"] = NO_MUST
    if given.outcome == "fact" and not given.note:
        faults["note"] = NO_NOTE
    return faults
