"""Whether an answer is right, judged by what a question's author says it must and must not contain.

Shape: a question file as in the shared worked questions: `must` is a list of lists, one hit of each is needed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from complianceai.assistant.answer import Answer
from complianceai.assistant.figures import amounts_in
from complianceai.assistant.moments import days_in
from complianceai.assistant.support import unsupported_figures
from complianceai.assistant.text import key_of, normal
from complianceai.catalogue.model import Catalogue

Question = Mapping[str, Any]

_NO = re.compile(
    r"\b(?:no|not|none|nothing|neither|never|isn't|aren't|doesn't|don't|exempt\w*|outside|below)\b|नहीं|नही|छूट|\bnahi\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:yes|applies|apply|must|has to|have to|is due|required|binds)\b|हाँ|हां|लागू है|\bhaan\b", re.IGNORECASE
)
_WORDS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_UNITS = {
    "%": r"(?:%|per\s?cent|प्रतिशत)",
    "days": r"(?:days?|दिन)",
    "months": r"(?:months?|महीने|माह)",
    "years": r"(?:years?|साल|वर्ष)",
}
_OLD = re.compile(
    r"(?:at first|statutory|earlier|old|was|were|instead of|not|nothing|no longer|until|up to|पहले|थी)"
    r"\W+(?:\w+\W+){0,6}$",
    re.IGNORECASE,
)


class Judged(NamedTuple):
    """How one answer fared; `faults` is empty where it is right."""

    question: Question
    answer: Answer
    faults: tuple[str, ...]
    cites_right: bool
    unsupported: tuple[str, ...] = ()  # figures that nothing it rests on has

    @property
    def is_right(self) -> bool:
        """Whether it says what it must and nothing that it must not."""
        return not self.faults


def judge_answer(catalogue: Catalogue, question: Question, answer: Answer) -> Judged:
    """The answer to a question, judged."""
    return Judged(
        question,
        answer,
        tuple(_faults(question, answer)),
        _cites(catalogue, question, answer),
        tuple(unsupported_figures(catalogue, question, answer)),
    )


def contains(text: str, wanted: str) -> bool:
    """Whether a text says what one item of `must` asks for."""
    for shape, check in _CHECKS:
        if found := re.fullmatch(shape, wanted):
            return check(normal(text), found)
    return _says(text, wanted)


def _faults(question: Question, answer: Answer) -> Iterator[str]:
    text = answer.text
    if question.get("refuse"):
        instead = question.get("or_must") or []
        if not answer.refused and not (
            instead and all(any(contains(text, each) for each in one) for one in instead)
        ):
            yield "was answered, and should be refused"
        return
    if answer.refused:
        yield "was refused, and should be answered"
        return
    for one in question.get("must", ()):
        if not any(contains(text, each) for each in one):
            yield f"says none of {', '.join(one)}"
    for each in question.get("must_not", ()):
        if contains(text, each) and not _only_as_old(text, each):
            yield f"says {each}"
    for needed in question.get("needs", ()):
        if not _asks_for(answer, needed):
            yield f"does not ask for {needed}"


def _asks_for(answer: Answer, needed: str) -> bool:
    """Whether the answer names the missing fact, by its name in a profile or in words."""
    words = needed.replace("_", " ").casefold()
    given = [each.replace("_", " ").casefold() for each in answer.needs]
    return any(words in each or words.split()[0] in each for each in given)


def _cites(catalogue: Catalogue, question: Question, answer: Answer) -> bool:
    wanted = {key_of(each) for each in question.get("cites", ())}
    if not wanted:
        return True
    cited = {identity for identity, _ in answer.sources}
    known = (catalogue.obligations[identity] for identity in cited if identity in catalogue.obligations)
    labels = {form.form for duty in known for form in duty.forms}
    return bool(wanted & {key_of(each) for each in (*cited, *labels)})


def _only_as_old(text: str, wanted: str) -> bool:
    """Whether every place that says it marks it as what it was before, or as what it is not."""
    plain = normal(text)
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", wanted)
    if not found:
        return False
    day = date(*map(int, found.groups()))
    places = [each for each in days_in(plain, day) if each.day == day]
    return all(_OLD.search(plain[: each.at]) for each in places)


def _day(text: str, found: re.Match[str]) -> bool:
    day = date(*map(int, found.groups()))
    return any(each.day == day for each in days_in(text, day))


def _day_of_year(text: str, found: re.Match[str]) -> bool:
    month, day = int(found[1]), int(found[2])
    return any(
        (each.day.month, each.day.day) == (month, day) for each in days_in(text, date(2026, month, 15))
    )


def _day_of_month(text: str, found: re.Match[str]) -> bool:
    day = int(found[1])
    if any(each.day.day == day for each in days_in(text, date(2026, 6, 15))):
        return True
    return bool(re.search(rf"(?<!\d)0?{day}\s?(?:st|nd|rd|th|तारीख)\b", text, re.IGNORECASE))


def _number(text: str, found: re.Match[str]) -> bool:
    wanted = int(found[0])
    if any(each.rupees == wanted for each in amounts_in(text)):
        return True
    plain = re.sub(r"(?<=\d),(?=\d)", "", text)
    words = rf"|\b{_WORDS[wanted]}\b" if wanted < len(_WORDS) else ""
    return bool(re.search(rf"(?<![\d.]){wanted}(?!\d|\.\d){words}", plain, re.IGNORECASE))


def _measure(text: str, found: re.Match[str]) -> bool:
    number, unit = found[1], found[2].strip()
    figures = re.escape(number)
    spelt = f"|{_WORDS[int(number)]}" if number.isdigit() and int(number) < len(_WORDS) else ""
    name = _UNITS["%"] if unit == "%" else _UNITS[unit if unit.endswith("s") else f"{unit}s"]
    return bool(re.search(rf"(?<![\d.])(?:{figures}{spelt})\s*{name}", text, re.IGNORECASE))


def _says_no(text: str, found: re.Match[str]) -> bool:
    return bool(re.match(r"\s*(?:no\b|नहीं|nahi)", text, re.IGNORECASE) if found[1] else _NO.search(text))


def _says_yes(text: str, found: re.Match[str]) -> bool:
    return bool(re.match(r"\s*(?:yes\b|हाँ|हां|haan)", text, re.IGNORECASE) if found[1] else _YES.search(text))


_CHECKS: Sequence[tuple[str, Callable[[str, re.Match[str]], bool]]] = (
    (r"(\d{4})-(\d\d)-(\d\d)", _day),
    (r"--(\d\d)-(\d\d)", _day_of_year),
    (r"---(\d\d)", _day_of_month),
    (r"\d+", _number),
    (r"(\d+(?:\.\d+)?)\s*(%|days?|months?|years?)", _measure),
    (r"@(lead-)?no", _says_no),
    (r"@(lead-)?yes", _says_yes),
)


def _says(text: str, wanted: str) -> bool:
    plain = re.sub(r"[\s.\-]", "", normal(text).casefold())
    letters = re.sub(r"[\s.\-]", "", normal(wanted).casefold())
    if letters.endswith("*"):
        return letters[:-1] in plain
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(letters)}", plain)) or letters in plain
