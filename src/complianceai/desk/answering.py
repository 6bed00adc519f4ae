"""One question answered: without a model first, and by the models where there are any and they are of use."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from complianceai import catalogue
from complianceai.assistant import Answer, ask, retrieval
from complianceai.assistant.answer import Fact, Sentence
from complianceai.assistant.models.budget import Purse
from complianceai.assistant.models.chain import Asking, Attempt, Chain, Done, Event, Token
from complianceai.assistant.models.grounds import grounds_of
from complianceai.assistant.models.masking import Masks
from complianceai.assistant.models.prompting import prompt_of
from complianceai.assistant.models.spec import SIMPLE
from complianceai.assistant.models.tools import Desk
from complianceai.assistant.text import is_hindi, words
from complianceai.assistant.verifier import Evidence
from complianceai.assistant.verifier.claims import claims_in
from complianceai.assistant.verifier.sentences import Cited
from complianceai.register.errors import FactsFaulty
from complianceai.rules import ProfileFaults

_HINGLISH_WORDS = "hai hain ka ki ke ko se mein kab kya kaise kitna kitni karna bharna chahiye nahi aur"
_HINGLISH = frozenset(_HINGLISH_WORDS.split())
MOST_NEAR = 3


class Question(NamedTuple):
    """What is asked, by what is known of whoever asks; the company is the session's, or None."""

    message: str
    today: date
    profile: Mapping[str, Any] | None = None
    company: str = ""
    context: str = ""
    history: Sequence[str] = ()
    language: str = ""
    depth: str = ""


@dataclass
class Worked:
    """A question on its way: the answer without a model, and what the models are given, if they are to be asked."""

    simple: Answer
    language: str
    asking: Asking | None = None
    attempts: tuple[Attempt, ...] = ()
    provider: str = SIMPLE
    paise: int = 0
    answer: Answer = field(default_factory=Answer)


def language_of(message: str) -> str:
    """`en`, `hi` or `hinglish`, as the message is written."""
    if is_hindi(message):
        return "hi"
    return "hinglish" if sum(word.key in _HINGLISH for word in words(message)) > 1 else "en"


def work_on(question: Question, purse: Purse | None) -> Worked:
    """The answer without a model, and with a purse what the models are asked.

    Errors: FactsFaulty where the company's profile is at fault.
    """
    law = catalogue.load()
    try:
        simple = ask(
            law, question.message, on=question.today, profile=question.profile, history=question.history
        )
    except ProfileFaults as faulty:
        raise FactsFaulty(fault=faulty.faults[0]) from faulty
    worked = Worked(simple, question.language or language_of(question.message), answer=simple)
    # What is refused for good, and what waits for a fact, a model cannot better.
    is_final = (simple.refused and simple.confidence == "high") or simple.needs or simple.choices
    if purse is not None and not is_final:
        worked.asking = _asking(question, worked, purse)
    return worked


def _asking(question: Question, worked: Worked, purse: Purse) -> Asking:
    law, masks = catalogue.load(), Masks({"COMPANY": [question.company]} if question.company else None)
    near = [each.id for each in retrieval.ranked(law, question.message, limit=MOST_NEAR)]
    passages = grounds_of(law, worked.simple, near, question.today)
    evidence = Evidence(passages, question.message)
    draft = masks.hide("" if worked.simple.refused else worked.simple.text)
    prompt = prompt_of(
        masks.hide(question.message), passages, draft,
        earlier=[masks.hide(each) for each in question.history],
        context=masks.hide(question.context),
        language=worked.language,
        depth=question.depth or "usual",
    )  # fmt: skip
    desk = Desk(law, evidence, question.today, question.profile)
    return Asking(prompt, evidence, worked.simple, purse, masks, desk.tools)


async def events_of(worked: Worked, chain: Chain | None) -> AsyncGenerator[Event, None]:
    """The answer as it comes; once it has ended, `worked` holds the whole of it."""
    if chain is None or worked.asking is None:
        for sentence in worked.simple.sentences:
            yield Token(f"{sentence.text}\n")
        return
    async for event in chain.answer(worked.asking):
        if isinstance(event, Done):
            _finish(worked, event)
        else:
            yield event


def _finish(worked: Worked, done: Done) -> None:
    worked.provider, worked.attempts, worked.paise = done.provider, done.attempts, done.paise
    if done.provider != SIMPLE:
        worked.answer = answer_of(done.sentences, worked.simple)


def answer_of(sentences: Sequence[Cited], simple: Answer) -> Answer:
    """A model's sentences as an answer: its sources are the rules it cites, its facts the days and sums it says."""
    law, answer = catalogue.load(), Answer(confidence=simple.confidence)
    for each in sentences:
        answer.sentences.append(Sentence(each.text, each.ids))
        for duty in (law.obligations[identity] for identity in each.ids if identity in law.obligations):
            answer.cite(duty)
        answer.facts += _facts(each, answer.facts)
    return answer


def _facts(sentence: Cited, known: Sequence[Fact]) -> list[Fact]:
    found = []
    for claim in claims_in(sentence.text):
        if claim.kind == "day":
            found.append(Fact("date", "{:04}-{:02}-{:02}".format(*claim.value), sentence.ids[0]))
        elif claim.kind == "amount":
            found.append(Fact("amount", f"{claim.value:f}", sentence.ids[0]))
    return [each for each in found if each not in known]
