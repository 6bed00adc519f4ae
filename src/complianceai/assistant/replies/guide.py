"""A passage of the handbook, quoted as such, where no rule answers as well; it asserts nothing of its own."""

from __future__ import annotations

from complianceai.assistant import handbook, retrieval
from complianceai.assistant.intents import Intent
from complianceai.assistant.replies.common import Case

# A passage must speak of so much of a question, and of so much more of it than the rules that were found.
# As many words in a row are no accident, whatever is asked about them.
_LONG_NAME = 4
_OF_A_GUIDE = 6
_LEAST, _LEAST_BESIDE = 0.5, 0.55
_FAR_BETTER_BY = 0.35
_SHORT = 80
_RULE_FITS = 0.9
BETTER_BY, BETTER_THAN_A_NAME_BY, BY_WHAT_IS_NEW = 0.12, 0.2, 0.03


def passage_for(case: Case) -> handbook.Passage | None:
    """The passage that answers better than the rules found so far; None where there is none."""
    found = handbook.best_passage(case.asked.question)
    if found is None or found.score < _LEAST:
        return None
    if not case.asked.groups:
        return found.passage
    ids = {identity for group in case.asked.groups for identity in group}
    rests_on = set(found.passage.rests_on)
    if ids & rests_on or (_has_facts(case) and not _is_far_better(case, found.score)):
        return None  # what the engine can reckon with, and what the rule itself says, comes first
    is_new = not rests_on & set(case.catalogue.obligations)
    if case.asked.is_sure and not is_new:
        return None
    margin = BETTER_THAN_A_NAME_BY if case.asked.is_sure else BY_WHAT_IS_NEW if is_new else BETTER_BY
    if case.asked.wants(Intent.DUE) and not is_new:
        margin = BETTER_THAN_A_NAME_BY  # a rule has dates, a guide tells of them
    return found.passage if found.score > case.asked.fit + margin else None


def _is_far_better(case: Case, score: float) -> bool:
    """Whether the rules found speak of so little of the question that facts are no reason to reckon with them."""
    is_found = not case.asked.is_sure or case.asked.is_loose
    return is_found and case.profile is None and score > case.asked.fit + _FAR_BETTER_BY


def guide_for(case: Case) -> handbook.Guide | None:
    """The guide that a question calls by its name and gives no facts for; None where it names a form."""
    if case.asked.family or (case.asked.groups and case.asked.is_sure) or _has_facts(case):
        return None
    asks_how = not case.asked.intents or case.asked.is_how
    if case.asked.groups and not asks_how and case.asked.fit >= _RULE_FITS:
        return None  # a rule that speaks of all that was asked has its date
    return handbook.topic_of(case.asked.question, least_words=2 if asks_how else _LONG_NAME)


def reply_guide(case: Case, guide: handbook.Guide) -> None:
    """Nothing; the answer quotes what the guide begins with, and where the rest is."""
    first_of_each = {passage.heading: passage for passage in reversed(guide.passages)}
    for passage in list(reversed(first_of_each.values()))[:_OF_A_GUIDE]:
        reply_passage(case, passage)


def _has_facts(case: Case) -> bool:
    asked = case.asked
    kind = asked.entity if asked.wants(Intent.APPLIES) else ""
    told = (asked.amounts, asked.days, asked.spans, kind, asked.delay)
    return asked.headcount is not None or any(told) or case.profile is not None


def reply_passage(case: Case, passage: handbook.Passage) -> None:
    """Nothing; the answer quotes the passage, with its guide and what the passage rests on."""
    guide = handbook.guides()[passage.topic]
    rests_on = passage.rests_on or guide.rests_on[:3]
    title = guide.title.hi if case.hindi else guide.title.en
    # A point of a list says little without what it stands under.
    text = f"{passage.heading}: {passage.text}" if len(passage.text) < _SHORT else passage.text
    case.answer.quote(
        case.words("from_guide", title=title, topic=guide.topic, text=text), rests_on, case.catalogue
    )
    if not any(identity in case.catalogue.obligations for identity in rests_on):
        case.answer.quote(case.words("read_only"), rests_on, case.catalogue)
        case.answer.confidence = "medium"


def quote_beside(case: Case) -> None:
    """Nothing; the answer has the passage as well that tells more of what was asked about the same rule."""
    found = handbook.best_passage(case.asked.question)
    ids = {identity for group in case.asked.groups for identity in group}
    if found is None or found.score < _LEAST_BESIDE or not ids & set(found.passage.rests_on):
        return
    if not case.asked.is_how and (case.asked.is_sure or found.score < case.asked.fit + BETTER_BY):
        return
    said = set(retrieval.telling_words(case.answer.text))
    wanted = set(retrieval.telling_words(case.asked.question)) - said
    if wanted & set(retrieval.telling_words(found.passage.text)) or case.asked.is_how:
        reply_passage(case, found.passage)
