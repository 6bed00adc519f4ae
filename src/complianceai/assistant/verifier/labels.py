"""The forms, sections, rules, notifications and acts that a sentence names."""

from __future__ import annotations

import re

from complianceai.assistant.verifier.reading import END, MONTH, Claim, Eaten, Made, shape

_KINDS = {
    "section": r"sections?|sec\.?|secs\.?|ss?\.|u/s\.?|under\s+s\.?|धारा|धाराओं|धाराएँ|dhara|sub-?\s?sections?",
    "rule": r"rules?|नियम|नियमों|niyam|sub-?\s?rules?",
    "article": r"articles?|अनुच्छेद",
    "schedule": r"schedules?|अनुसूची",
    "chapter": r"chapters?|अध्याय",
    "regulation": r"regulations?|विनियम",
    "paragraph": r"paras?|paragraphs?|पैरा|clauses?|खंड|serial|entry|item|s\.?\s?no\.?",
}
# A section with its parts: 39(1)(b), 43B(h), 115BAC(1A), 80-IAC; schedules and chapters are numbered in Roman too.
_PART = r"\s?\(\s?[0-9A-Za-z]{1,5}\s?\)"
_PATH = rf"(?:\d{{1,3}}(?:-?[A-Z]{{1,4}})?(?![a-z0-9])|[IVXL]{{1,6}}(?:-?[A-Z])?(?![A-Za-z]))(?:{_PART})*"
_UNIT = r"days?|months?|years?|%|per\s?cent|lakh|crore|दिन|लाख|करोड़|प्रतिशत"
_NOT_ANOTHER = rf"(?!\s*(?:{MONTH}|{_UNIT}|(?:st|nd|rd|th){END}))"
_AND = r"\s*(?:,\s*(?:and|or|और|या)?|and|or|to|/|&|और|तथा|एवं|व|या|से|read\s+with|r/w)\s*"
_CITED = tuple(
    (
        kind,
        re.compile(
            rf"(?<![\w\u0900-\u097F/])(?i:{words})\s*(?i:no\.?|संख्या)?\s*(?P<paths>{_PATH}{_NOT_ANOTHER}"
            rf"(?:{_AND}{_PATH}{_NOT_ANOTHER})*)"
        ),
    )
    for kind, words in _KINDS.items()
)
_INSIDE_OUT = shape(
    r"(?:sub-?\s?section|sub-?\s?rule|clause|उप-?धारा|उपधारा)s?\s*(?P<part>\(\s?\w{1,5}\s?\))\s*(?:of|to|का|की)\s*"
    r"(?P<kind>section|rule|sec\.?|धारा|नियम)\s*(?P<base>\d+[A-Za-z]{0,3}(?:\s?\(\w{1,5}\))*)"
)
_NOTIFICATION = shape(
    r"(?P<kind>notifications?|circulars?|orders?|press release|instructions?|अधिसूचना|परिपत्र|g\.?\s?s\.?\s?r\.?|"
    r"s\.?\s?o\.?)\s*"
    r"(?:no\.?|nos\.?|number|संख्या)?\s*(?P<numbers>\d[\d/-]*(?:\([A-Z]\))?(?:(?:\s*,\s*|\s+and\s+|\s+और\s+)\d+/\d{4})*)"
)
_REFERENCE = shape(r"(?<![\w/])(?P<number>\d{1,4}/\d{4}(?:-\d\d)?)(?![\d/])")
_ACT = re.compile(
    r"(?P<name>(?:(?:[A-Z][\w&.'-]*|\([A-Z][\w ,&-]*\)|of|and|for|on|in|at|the),?\s+){0,9}?"
    r"[A-Z][\w&.'-]*(?:\s\([A-Z][\w ,&-]*\))?)"
    r"\s+(?:Act|Rules|Code|Regulations|Sanhita|Scheme)\b"
)
_HINDI_ACT = shape(r"(?P<name>[\u0900-\u097F]+)\s+(?:अधिनियम|संहिता|नियमावली|एक्ट)")
_CASE = re.compile(r"\b(?P<name>[A-Z]\w+(?:\s[A-Z][\w.]*)*\s+v(?:s|ersus)?\.?\s+[A-Z]\w+)")

# Letter names as Devanagari writes them, so that जीएसटीआर-3बी is GSTR-3B.
_LETTERS = {
    "ए": "A", "बी": "B", "सी": "C", "डी": "D", "ई": "E", "एफ": "F", "जी": "G", "एच": "H", "आई": "I", "जे": "J",
    "के": "K", "एल": "L", "एम": "M", "एन": "N", "ओ": "O", "पी": "P", "क्यू": "Q", "आर": "R", "एस": "S", "टी": "T",
    "यू": "U", "वी": "V", "डब्ल्यू": "W", "एक्स": "X", "वाई": "Y", "ज़ेड": "Z",
}  # fmt: skip
_LETTER = "(?:" + "|".join(sorted(_LETTERS, key=len, reverse=True)) + ")"
_SPELT = re.compile(
    rf"(?<![\u0900-\u097F])(?P<head>{_LETTER}{{2,6}})(?P<tail>[-\s]?\d{{1,3}}(?:-?{_LETTER}{{1,2}})?)?(?![\u0900-\u097F])"
)
_SPELT_NUMBER = re.compile(
    rf"(?<![\w\u0900-\u097F])(?P<n>\d{{1,3}})-?(?P<tail>{_LETTER}{{1,2}})(?![\u0900-\u097F])"
)

_SERIES = (
    "GSTR|GSTRR|AOC|MGT|ADT|DIR|DPT|MSME|PAS|INC|BEN|CHG|CSR|CRA|MSC|CMP|PMT|ITC|RFD|REG|MBP|ITR|FC|ECB|EDF|DRC|ASMT|APL|GNL|"
    "NDH|SPICE|AGILE|RUN|LLP"
)
_FORM_SERIES = shape(
    rf"(?<![\w-])(?P<series>{_SERIES})[\s-]*(?P<n>\d{{1,3}})(?:(?:-?|\s(?=(?-i:[A-Z])(?!\w)))(?P<tail>[A-Z]{{1,2}}(?![A-Za-z])))?(?![\w])"
)
_FORM_DASHED = re.compile(r"(?<![\w-])(?P<series>[A-Z]{2,6})-(?P<n>\d{1,3})-?(?P<tail>[A-Z]{0,3})(?![\w])")
_FORM_SHORT = re.compile(r"(?<![\w-])(?P<series>SH|SR|DI|DD|PT)[\s-](?P<n>\d{1,2})(?P<tail>)(?![\w])")
_FORM_WORD = re.compile(
    r"(?<![\w])(?i:e-?forms?|forms?|फॉर्म|फ़ॉर्म|फार्म|प्रपत्र)\s*(?i:no\.?|nos\.?|number|संख्या|नंबर)?\s*"
    rf"(?P<labels>(?:\d{{1,3}}-?[A-Za-z]{{0,5}}(?![\w]){_NOT_ANOTHER}|[IVX]{{1,4}}(?![\w]))"
    rf"(?:{_AND}\d{{1,3}}-?[A-Za-z]{{0,5}}(?![\w]){_NOT_ANOTHER})*)"
)
_LETTERED = re.compile(
    r"(?<![\w-])(?:FEMA\s+)?(?P<name>FC-?GPR|FC-?TRS|FLA|APR|AAC|IFF|BRSR|EDF|OPI|ITR-?U|ITR-?V|CMP|SPICe\+|LLP\(I{1,3}\)(?=\W|$)|"
    r"PT-[A-Z]{2}|LWF-[A-Z]{2})(?![\w-])"
)
_LABEL = re.compile(
    r"(?<![\w.,])(?P<key>\d{1,3}-?(?:[A-Z]{1,5}))(?:(?P<parts>(?:\([0-9A-Za-z]{1,5}\))+))?(?![\w])"
    r"|(?<![\w.,])(?P<small>\d{1,3}(?:[a-z]{1,2}))(?![\w\u0900-\u097F])"
)
_PATH_FOUND = re.compile(_PATH)
_SMALL_UNITS = frozenset(
    ["st", "nd", "rd", "th", "cr", "k", "l", "am", "pm", "rs", "d", "m", "y", "x", "mn", "bn"]
)


def in_latin(text: str) -> str:
    """The text with forms that Devanagari spells by their letters written in Latin ones."""
    text = _SPELT.sub(
        lambda found: _letters(found["head"]) + _letters(found["tail"] or "") if found["tail"] else found[0],
        text,
    )
    return _SPELT_NUMBER.sub(lambda found: found["n"] + _letters(found["tail"]), text)


def _letters(text: str) -> str:
    return re.sub(_LETTER, lambda found: _LETTERS[found[0]], text)


def read_labels(eaten: Eaten) -> None:
    """Nothing; every notification, section and form that is named as one is claimed."""
    eaten.text = _INSIDE_OUT.sub(lambda found: f"{found['kind']} {found['base']}{found['part']}", eaten.text)
    # An act goes first as a name only: its year is claimed besides.
    for pattern in (_ACT, _HINDI_ACT):
        for found in pattern.finditer(eaten.text):
            eaten.claims += [_claimed(found, "act", _act(found["name"]))]
    for found in _CASE.finditer(eaten.text):
        eaten.claims += [_claimed(found, "case", " ".join(found["name"].casefold().split()))]
    eaten.take(_NOTIFICATION, _notified)
    for kind, pattern in _CITED:
        eaten.take(pattern, lambda found, kind=kind: _paths(kind, found["paths"]))  # type: ignore[misc]
    eaten.take(_LETTERED, lambda found: [("form", _key(found["name"]))])
    for pattern in (_FORM_SERIES, _FORM_DASHED, _FORM_SHORT):
        eaten.take(pattern, _series)
    eaten.take(
        _FORM_WORD, lambda found: [("form", _key(each)) for each in re.split(_AND, found["labels"]) if each]
    )


def read_rest_of_labels(eaten: Eaten) -> None:
    """Nothing; what looks like the name of a form or section, and is not said to be either, is claimed as a label."""
    eaten.take(_REFERENCE, lambda found: [("notification", found["number"])])
    eaten.take(_LABEL, _label)


def _claimed(found: re.Match[str], kind: str, value: object) -> Claim:
    return Claim(kind, value, found.start(), found.end())


def _notified(found: re.Match[str]) -> Made:
    for each in re.split(r"\s*,\s*|\s+and\s+|\s+और\s+", found["numbers"]):
        yield "notification", each.casefold().strip("-/")


def _paths(kind: str, text: str) -> Made:
    for each in _PATH_FOUND.findall(text):
        yield kind, path_of(each)


def path_of(text: str) -> tuple[str, ...]:
    """A section in its parts: 39(1)(b) is 39, 1, b."""
    base, *parts = re.split(r"\s?\(\s?|\s?\)\s?(?:\(\s?)?", text.casefold().rstrip(") "))
    return (base.replace("-", ""), *filter(None, parts))


def _series(found: re.Match[str]) -> Made:
    series, tail = found["series"].upper(), (found["tail"] or "").upper()
    if tail in {"IS", "BY", "OF", "IN", "ON", "TO", "OR", "AT", "AS"}:
        tail = ""
    number = found["n"].lstrip("0") or "0"
    yield "form", (f"{number}{tail}" if series == "LLP" else f"{series}{number}{tail}").casefold()


def _key(text: str) -> str:
    return re.sub(r"[\s.-]", "", text).casefold()


def _label(found: re.Match[str]) -> Made:
    if found["small"]:
        if found["small"].lstrip("0123456789") not in _SMALL_UNITS:
            yield "label", (found["small"],)
        return
    if found["key"].lstrip("0123456789-").casefold() not in _SMALL_UNITS:
        yield "label", path_of(found["key"] + (found["parts"] or ""))


_ACTS = {
    "cgst": "central goods and services tax", "sgst": "state goods and services tax", "gst": "goods and services tax",
    "igst": "integrated goods and services tax", "llp": "limited liability partnership", "it": "income tax",
    "epf": "employees provident funds", "esi": "employees state insurance", "esic": "employees state insurance",
    "posh": "sexual harassment women workplace", "msmed": "micro small medium enterprises development",
    "fema": "foreign exchange management", "dpdp": "digital personal data protection",
    "fcra": "foreign contribution regulation", "कंपनी": "companies", "आयकर": "income tax",
    "सीजीएसटी": "central goods and services tax", "जीएसटी": "goods and services tax",
    "एलएलपी": "limited liability partnership", "फेमा": "foreign exchange management",
}  # fmt: skip
_SMALL_WORDS = frozenset(
    ["the", "of", "and", "for", "on", "in", "at", "a", "to", "under", "by", "new", "old", "this", "that", "said", "as",
     "per", "its", "since", "from", "when", "both", "each"]
)  # fmt: skip


def _act(name: str) -> frozenset[str]:
    found: set[str] = set()
    for word in re.findall(r"[\w\u0900-\u097F]+", name.casefold()):
        found.update(_ACTS.get(word, word).split())
    return frozenset(_stem(each) for each in found if each not in _SMALL_WORDS)


def _stem(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.rstrip("s")
