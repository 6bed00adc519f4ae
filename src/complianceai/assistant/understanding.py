"""A question taken apart: what is asked, about which duties, for when, and in which circumstances."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from complianceai.assistant import boundaries, figures, following, joined, moments, names, nearness, retrieval
from complianceai.assistant.intents import Intent, continues, intents_in
from complianceai.assistant.text import is_hindi, normal
from complianceai.catalogue.model import Catalogue, Obligation

_FAMILIES = {
    "lwf": re.compile(r"labou?r welfare|\blwf\b|welfare fund|श्रम कल्याण|welfare board", re.IGNORECASE),
    "pt": re.compile(
        r"profess?ion(?:al?)? tax|\bprof\.? tax|(?-i:\bPT\b)|\bp\.?tax\b|\bptrc\b|\bptec\b"
        r"|व्यवसाय कर|पेशा कर|प्रोफेशनल टैक्स|वृत्ति कर",
        re.IGNORECASE,
    ),
}
_OWN_WORDS = frozenset({"pt-mh-ptrc", "pt-mh-ptec"})
_SPOKEN = re.compile(r"\bpt[re]c\b|पीटी[आई]", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?:our|my|we|us|i|h[au]m\w*r[aie]|mer[aie]|h[au]me(?:in|n)?|h[au]mko|apn[aie])\b|हमार|मेर[ाीे]|हमें|अपन[ाीे]",
    re.IGNORECASE,
)
_FREQUENCY = {
    "quarter": re.compile(r"quarter\w*|qrmp|timahi|trimahi|तिमाही|क्यूआरएमपी|tri-monthly", re.IGNORECASE),
    "month": re.compile(
        r"\bmonthly|har mahine|mahine ka|masik|मासिक|हर महीने|every month|each month", re.IGNORECASE
    ),
    "year": re.compile(r"\byearly|annual\w*|\bper year|salana|वार्षिक|सालाना|हर साल", re.IGNORECASE),
}
_BEGAN = re.compile(
    r"(?:incorporat\w*|formed|registered|started|set up|bani|bana|निगमित|बनी)\s*(?:on)?\s*$", re.IGNORECASE
)
_HELD = r"(?:was|held|done|hui|on|ko|को|हुई|dated|of|:|\()*\s*(?:held|done)?\s*(?:on)?\s*"
_MET = re.compile(rf"(?:agm|annual general meeting|एजीएम|वार्षिक आम बैठक)\s*{_HELD}$", re.IGNORECASE)
_MEETING = re.compile(r"agm|annual general meeting|एजीएम|वार्षिक आम बैठक", re.IGNORECASE)
_COUNTS = re.compile(r"days?|how (?:long|soon)|by when|within|time", re.IGNORECASE)
_DAY_FOLLOWS = re.compile(rf"\s*{_HELD}\d", re.IGNORECASE)
_ENTITIES = {
    "llp": re.compile(r"\bllps?\b|एलएलपी", re.IGNORECASE),
    "opc": re.compile(r"\bopc\b|one person company|ओपीसी", re.IGNORECASE),
    "proprietorship": re.compile(r"proprietor\w*|प्रोपराइटर", re.IGNORECASE),
    "partnership": re.compile(r"partnership firm|साझेदारी फर्म", re.IGNORECASE),
    "foreign_branch": re.compile(
        r"foreign compan(?:y|ies)|(?:branch|liaison) (?:office )?of a foreign|विदेशी कंपनी", re.IGNORECASE
    ),
}
_LLP = re.compile(r"\bllps?\b|एलएलपी|limited liability partnership", re.IGNORECASE)
_ENTITY = re.compile(
    r"\b(?:private (?:limited )?compan(?:y|ies)|public compan(?:y|ies)|pvt\.? ?ltd\.?|compan(?:y|ies)|llps?|opc|"
    r"partnership(?: firm)?|proprietor(?:ship)?|trust|section 8 company)\b|एलएलपी|कंपनी",
    re.IGNORECASE,
)
# What something else comes after, said before it: "how many days after the AGM do we have for AOC-4?".
_FOLLOWS = re.compile(
    r"(?:after|of|from|since|following|post)\s+(?:the|our|an|its|every|each)?\s*$", re.IGNORECASE
)
_AFTER = re.compile(r"\s*(?:ke baad|के बाद|se kitne|से कितने)", re.IGNORECASE)
_JOINED = re.compile(r"\band\b|\bn\b|\baur\b|\bor\b|\bvs\b|\bversus\b|\bya\b|और|या|व|[,&/+]", re.IGNORECASE)
_LEAST_SHARE = 0.42
_MOST_COMMON_WORDS = 3


@dataclass(frozen=True)
class Asked:
    """A question as understood; `groups` has the candidate duties of each name, in order of fit."""

    question: str
    intents: tuple[Intent, ...]
    groups: tuple[tuple[str, ...], ...]
    is_sure: bool
    states: tuple[str, ...]
    family: str
    frequency: str
    spans: tuple[moments.Span, ...]
    days: tuple[moments.Day, ...]
    amounts: tuple[figures.Amount, ...]
    headcount: int | None
    delay: figures.Delay | None
    in_hindi: bool
    today: date
    began_on: date | None = None  # the day on which the question says the company was formed
    met_on: date | None = None  # and held its annual general meeting
    entity: str = ""  # and what kind it is
    is_personal: bool = False  # whether it asks about somebody's own company
    named: tuple[str, ...] = ()  # the names that it calls them by
    loose_name: str = ""  # where it has a name of a few common words, by which several rules may be meant
    said_before: str = ""  # the question that it leans on
    refusal: boundaries.Refusal | None = None
    fit: float = (
        1.0  # how much of the question the rules found speak of, 0 to 1; 1 where it names them by a form
    )

    @property
    def span(self) -> moments.Span | None:
        """The period that is meant: of several the last, since people correct themselves forwards."""
        return self.spans[-1] if self.spans else None

    @property
    def is_loose(self) -> bool:
        """Whether the name that it has may mean several rules."""
        return bool(self.loose_name)

    @property
    def whole(self) -> str:
        """The question with the one that it leans on."""
        return f"{self.said_before} {self.question}".strip()

    @property
    def is_how(self) -> bool:
        """Whether it asks how something is done, or what it is."""
        return bool({Intent.HOW, Intent.ABOUT} & set(self.intents[:2]))

    def wants(self, intent: Intent) -> bool:
        """Whether the question has words of the intent."""
        return intent in self.intents


def understand(
    catalogue: Catalogue,
    question: str,
    history: Sequence[str],
    today: date,
    profile: Mapping[str, Any] | None,
) -> Asked:
    """What a question asks, with what it leaves to the questions before it taken from them."""
    asked = _read(catalogue, question, today, profile)
    for earlier in reversed(history):
        if asked.groups and asked.intents:
            break
        if not (continues(asked.question) or not asked.groups):
            break
        asked = _with_earlier(
            catalogue, asked, _read(catalogue, _said_of_another(earlier, asked), today, profile)
        )
    if not (asked.groups or asked.family or asked.refusal or asked.wants(Intent.NEXT)):
        asked = _by_retrieval(catalogue, asked)
        if not asked.groups and (plain := names.by_plain_word(asked.question, catalogue)):
            asked = replace(asked, groups=(plain,), is_sure=False)
    return asked


def _read(catalogue: Catalogue, question: str, today: date, profile: Mapping[str, Any] | None) -> Asked:
    text = normal(question).strip()
    named = names.names_in(text, catalogue)
    free = _without(text, [(each.start, each.end) for each in named])
    states = tuple(names.states_in(text))
    family = next((name for name, shape in _FAMILIES.items() if shape.search(text)), "")
    frequency = _frequency_in(text)
    intents = intents_in(text)
    about = _asked_about(text, named)
    is_llps = bool(_LLP.search(text))
    groups = [
        _narrowed(catalogue, (is_llps and names.of_an_llp(each, catalogue)) or each.ids, frequency)
        for each in about
    ]
    groups = [
        nearness.or_speaking_of(catalogue, text, each.text, group)
        for each, group in zip(about, groups, strict=True)
    ]
    if _compares_frequencies(text):
        groups = [_alike(catalogue, group) for group in groups]
    is_loose = (
        len(about) == 1
        and _is_common(about[0].text)
        # A label of two plain words, "board meeting", may stand in a question about something else of it.
        and (" " in about[0].text or not names.is_label(about[0].text, catalogue))
    )
    if is_loose and not family:
        groups = [nearness.or_nearer(catalogue, text, about[0].text, group, intents) for group in groups]
    if (
        len(groups) == 1
        and not family
        and (beside := joined.of_same_head(catalogue, text, about[0], groups[0]))
    ):
        groups.append(beside)
    elif len(groups) == 1 and not family:
        groups += joined.of_other_parts(catalogue, text, about[0], groups[0])
    if _LLP.search(text) and not any(any(map(str.isdigit, each.text)) for each in named):
        groups = [
            nearness.of_an_llp(catalogue, each.text, group)
            for each, group in zip(about, groups, strict=False)
        ] + groups[len(about) :]
    if family:
        groups = [_of_family(catalogue, family, states or _states_of(profile), groups, text)]
    return Asked(
        question=text,
        intents=tuple(intents),
        groups=tuple(dict.fromkeys(group for group in groups if group)),
        is_sure=all(each.is_sure for each in named),
        states=states,
        family=family,
        frequency=frequency,
        spans=tuple(moments.spans_in(free, today)),
        days=tuple(moments.days_in(text, today)),
        amounts=tuple(figures.amounts_in(free)),
        headcount=figures.headcount_in(text),
        delay=figures.delay_in(text),
        in_hindi=is_hindi(text),
        today=today,
        began_on=_day_after(text, today, _BEGAN),
        met_on=_day_after(text, today, _MET),
        is_personal=bool(_PERSONAL.search(text)),
        named=tuple(each.text for each in about),
        loose_name=about[0].text if is_loose else "",
        fit=_fit(catalogue, text, groups) if is_loose else 1.0,
        entity=next((code for code, shape in _ENTITIES.items() if shape.search(free)), ""),
        refusal=boundaries.refusal_of(text),
    )


def _frequency_in(text: str) -> str:
    """How often: of two that are compared, neither."""
    found = [unit for unit, shape in _FREQUENCY.items() if shape.search(text)]
    return found[0] if found and {"quarter", "month"} - set(found) else ""


def _compares_frequencies(text: str) -> bool:
    return all(_FREQUENCY[unit].search(text) for unit in ("quarter", "month"))


def _day_after(text: str, today: date, cue: re.Pattern[str]) -> date | None:
    found = (day for day in moments.days_in(text, today) if cue.search(text[max(0, day.at - 26) : day.at]))
    return next((day.day for day in found), None)


def _asked_about(text: str, named: Sequence[names.Named]) -> list[names.Named]:
    """The names that are asked about: the first, and those joined to it; others only tell the circumstances."""
    own = [each for each in named if not any(shape.fullmatch(each.text) for shape in _FREQUENCY.values())]
    if _COUNTS.search(text):
        own = [
            each
            for each in own
            if not (_MEETING.fullmatch(each.text) and _FOLLOWS.search(text[: each.start]))
        ]
        if not own:
            return []
    if len(own) > 1:
        # What something else comes after is told so that the days can be counted.
        own = [each for each in own if not _AFTER.match(text[each.end :]) or each is own[-1]]
        # The day of a meeting is told so that another date can be counted from it.
        own = [
            each
            for each in own
            if not _MET.search(text[: each.end]) or not _DAY_FOLLOWS.match(text[each.end :])
        ]
    kept = list(own[:1])
    for before, each in pairwise(own):
        if _JOINED.search(text[before.end : each.start]) and before in kept:
            kept.append(each)
    return kept or list(named[:1])


def _said_of_another(earlier: str, asked: Asked) -> str:
    """The earlier question, asked of the kind of company that the new one names: "and for an LLP?"."""
    kind = _ENTITY.search(asked.question)
    if kind is None or asked.groups:
        return earlier
    said = _ENTITY.sub(kind[0], earlier)
    return said if said != earlier else f"{kind[0]} {earlier}"


def _with_earlier(catalogue: Catalogue, asked: Asked, earlier: Asked) -> Asked:
    family = asked.family or ("" if asked.groups else earlier.family)
    groups = asked.groups
    if not groups and family:
        groups = (_of_family(catalogue, family, asked.states or earlier.states, [], asked.question),)
    elif not groups:
        own = following.completed(catalogue, asked.question, earlier.groups)
        own = own or following.sister(
            catalogue, nearness.KIND_OF_ENTITY.sub(" ", asked.question), earlier.groups
        )
        groups = (
            (own,) if own else tuple(_changed(catalogue, group, asked.frequency) for group in earlier.groups)
        )
    return replace(
        asked,
        intents=asked.intents or earlier.intents,
        groups=tuple(group for group in groups if group),
        states=asked.states or earlier.states,
        family=family,
        spans=asked.spans or earlier.spans,
        days=asked.days or earlier.days,
        amounts=asked.amounts or earlier.amounts,
        headcount=asked.headcount if asked.headcount is not None else earlier.headcount,
        delay=asked.delay or (earlier.delay and (figures.length_in(asked.question) or earlier.delay)),
        said_before=earlier.question,
    )


def _changed(catalogue: Catalogue, group: Sequence[str], frequency: str) -> tuple[str, ...]:
    """The same forms at another frequency: "quarterly?" after a question about the monthly return."""
    if not frequency:
        return tuple(group)
    return _narrowed(catalogue, _alike(catalogue, group), frequency)


def _alike(catalogue: Catalogue, group: Sequence[str]) -> tuple[str, ...]:
    """The duties that have a form of these duties' label."""
    labels = {form.form for identity in group for form in catalogue.obligations[identity].forms}
    same = (duty.id for duty in catalogue.obligations.values() if labels & {form.form for form in duty.forms})
    return tuple(same) or tuple(group)


def _narrowed(catalogue: Catalogue, ids: Sequence[str], frequency: str) -> tuple[str, ...]:
    if not frequency or len(ids) == 1:
        return tuple(ids)
    fitting = tuple(identity for identity in ids if _has(catalogue.obligations[identity], frequency))
    return fitting or tuple(ids)


def _has(duty: Obligation, frequency: str) -> bool:
    return any(str(schedule.period).startswith(frequency) for schedule in duty.schedules)


def _is_common(name: str) -> bool:
    """Whether a name is a few words that several rules use, and not the label of a form."""
    return not any(map(str.isdigit, name)) and len(name.split()) <= _MOST_COMMON_WORDS


def _fit(catalogue: Catalogue, text: str, groups: Sequence[Sequence[str]]) -> float:
    ids = [identity for group in groups for identity in group]
    return max((retrieval.coverage(catalogue, text, identity) for identity in ids), default=0.0)


def _of_family(
    catalogue: Catalogue,
    family: str,
    states: Sequence[str],
    groups: Sequence[tuple[str, ...]],
    question: str,
) -> tuple[str, ...]:
    in_states = tuple(each for state in states for each in names.duties_of_state(catalogue, family, state))
    named = {identity for group in groups for identity in group if identity.startswith(f"{family}-")}
    both = tuple(each for each in in_states if each in named)
    # Without a State nobody knows which one; PTRC and PTEC are Maharashtra's own words.
    own = tuple(
        each
        for each in named
        if each in _OWN_WORDS and all(len(group) <= len(_OWN_WORDS) for group in groups)
    )
    if len(states) == 1 and not both:
        # Of several of one State first what the question speaks of.
        in_states = tuple(sorted(in_states, key=lambda each: -retrieval.coverage(catalogue, question, each)))
    return both or in_states or (own if not states else ())


def _states_of(profile: Mapping[str, Any] | None) -> tuple[str, ...]:
    return (profile["state"],) if profile and profile.get("state") else ()


def _by_retrieval(catalogue: Catalogue, asked: Asked) -> Asked:
    found = retrieval.ranked(catalogue, asked.question)
    corpus = retrieval.corpus_of(catalogue)
    if not found or found[0].score < _LEAST_SHARE:
        return asked
    if found[0].score < nearness.SURE_SHARE and not retrieval.is_about(corpus, asked.question, found[0].id):
        return asked
    near = tuple(each.id for each in found if each.score >= nearness.MARGIN * found[0].score)
    near = nearness.of_its_deed(catalogue, asked.question, near)
    group = _narrowed(catalogue, near, asked.frequency)[:3]
    return replace(asked, groups=(group,), is_sure=False, fit=found[0].score)


def _without(text: str, taken: Sequence[tuple[int, int]]) -> str:
    return "".join(
        " " if any(start <= at < end for start, end in taken) else letter for at, letter in enumerate(text)
    )
