"""What a model is given to answer from: the rules that a question is about, in words, and what the engine says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from complianceai.assistant.answer import Answer
from complianceai.assistant.phrases import day_words
from complianceai.assistant.verifier import Passage
from complianceai.catalogue.model import Catalogue, Extension, Form, Obligation
from complianceai.rules.explaining import Explanation, explain

MOST_PASSAGES = 6
_MOST_EXTENSIONS = 4


def grounds_of(catalogue: Catalogue, answer: Answer, near: Iterable[str], on: date) -> list[Passage]:
    """The passages for a question: the rules that its answer without a model rests on, and those near it."""
    ids = dict.fromkeys([*(key for each in answer.sentences for key in each.rests_on), *near])
    found = []
    for identity in list(ids)[:MOST_PASSAGES]:
        said = [each.text for each in answer.sentences if identity in each.rests_on]
        if identity not in catalogue.obligations:
            # A passage of a guide: what was quoted of it is all that is known here.
            found.append(Passage(identity, identity.replace("-", " "), tuple(said)))
            continue
        written = passage_of(catalogue, identity, on)
        found.append(written._replace(statements=(*said, *written.statements)))
    return found


def passage_of(catalogue: Catalogue, identity: str, on: date) -> Passage:
    """One rule in words as the law is on a day, in both languages, to be cited by its id."""
    duty = catalogue.obligations[identity]
    told = next(each for each in explain(catalogue, identity, None, on) if each.obligation is duty)
    return Passage(identity, _heading(duty), tuple(filter(None, _statements(duty, told))))


def _heading(duty: Obligation) -> str:
    cited = (f"{each.provision}, {each.act}" for each in duty.citations)
    labels = (_label(form) for form in duty.forms)
    return "; ".join(dict.fromkeys((duty.title.en, duty.title.hi, *labels, *duty.aliases, *cited)))


def _label(form: Form) -> str:
    return f"Form {form.form}" if form.form[:1].isdigit() else form.form


def _statements(duty: Obligation, told: Explanation) -> Iterator[str]:
    yield duty.summary.en
    yield duty.summary.hi
    yield from told.when
    yield from told.who
    yield from (each.otherwise for each in duty.applies)
    yield from told.thresholds
    for charge, words in told.charges:
        yield f"{words} ({charge.citation.provision}, {charge.citation.act})."
    yield from (_changed(_label(form), form) for form in duty.forms if form.since or form.until)
    yield from (_moved(each) for each in told.extensions[-_MOST_EXTENSIONS:])
    for change in duty.changes:
        yield f"From {day_words(change.on, hindi=False)}: {change.what} ({change.instrument})."
    yield from duty.notes
    yield f"It is signed by: {duty.signed_by.en}." if duty.signed_by.en else ""
    yield duty.signed_by.hi
    yield f"It is filed at: {duty.file_at}." if duty.file_at else ""
    yield f"Papers needed: {', '.join(duty.papers)}." if duty.papers else ""
    yield f"Not verified ({duty.certainty}): {duty.reason}" if duty.certainty != "verified" else ""
    if duty.undated is not None:
        yield duty.undated.why.en
        yield duty.undated.why.hi


def _changed(label: str, form: Form) -> str:
    since = f" from {day_words(form.since, hindi=False)}" if form.since else ""
    until = f" until {day_words(form.until, hindi=False)}" if form.until else ""
    return f"{label} is the form for periods{since}{until}."


def _moved(each: Extension) -> str:
    statutory = day_words(each.usual_statutory or each.statutory_to, hindi=False)
    return f"{each.instrument} moved {statutory} to {day_words(each.to, hindi=False)} for {each.who}."
