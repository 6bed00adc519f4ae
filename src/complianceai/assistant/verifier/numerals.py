"""Numbers that are written as words, in figures: English, Hindi and Hinglish, counts and ordinals."""

from __future__ import annotations

import re
from functools import lru_cache

_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_BIG = {"hundred": 100, "thousand": 1000}
_ORDINALS = {
    "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11,
    "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
    "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_SMALL_ORDINALS = {"first": 1, "second": 2, "third": 3}
_HINDI = {
    "एक": 1, "दो": 2, "तीन": 3, "चार": 4, "पाँच": 5, "पांच": 5, "छह": 6, "छः": 6, "सात": 7, "आठ": 8, "नौ": 9, "दस": 10,
    "ग्यारह": 11, "बारह": 12, "तेरह": 13, "चौदह": 14, "पंद्रह": 15, "पन्द्रह": 15, "सोलह": 16, "सत्रह": 17, "अठारह": 18,
    "उन्नीस": 19, "बीस": 20, "इक्कीस": 21, "बाईस": 22, "बाइस": 22, "तेईस": 23, "तेइस": 23, "चौबीस": 24, "पच्चीस": 25,
    "छब्बीस": 26, "सत्ताईस": 27, "सत्ताइस": 27, "अट्ठाईस": 28, "अठ्ठाईस": 28, "उनतीस": 29, "तीस": 30, "इकतीस": 31,
    "इकत्तीस": 31, "बत्तीस": 32, "पैंतीस": 35, "चालीस": 40, "पैंतालीस": 45, "पचास": 50, "पचपन": 55, "साठ": 60,
    "पैंसठ": 65, "सत्तर": 70, "पचहत्तर": 75, "अस्सी": 80, "नब्बे": 90,
    "ek": 1, "do": 2, "teen": 3, "char": 4, "chaar": 4, "paanch": 5, "panch": 5, "chhe": 6, "chhah": 6, "saat": 7,
    "aath": 8, "nau": 9, "das": 10, "gyarah": 11, "barah": 12, "pandrah": 15, "atharah": 18, "bees": 20, "pachees": 25,
    "pachchis": 25, "tees": 30, "ikattis": 31, "chalis": 40, "pachas": 50, "saath": 60, "sattar": 70, "assi": 80,
    "nabbe": 90,
}  # fmt: skip
# Words that are numbers only beside a unit: "one should", "दे दो", "saath mein".
_ONLY_WITH_UNIT = frozenset(
    ["एक", "दो", "सात", "ek", "do", "teen", "char", "saat", "das", "saath", "assi", "bees", "tees", "one"]
)
_UNIT = (
    r"(?=[\s-]+(?:working\s+|calendar\s+)?(?:days?|months?|years?|weeks?|hours?|lakhs?|lacs?|crores?|hundred|thousand|"
    r"million|per\s?cent|percent|rupees?|paise|employees?|persons?|people|workers?|directors?|members?|quarters?|"
    r"times|half|din|dino|mahine|mahina|saal|hafte|hazar|hajar|sau|karod|rupaye|rupye|pratishat|tarikh|tareekh|log|karmchari|"
    r"दिन|दिनों|महीने|महीनों|माह|साल|वर्ष|वर्षों|सप्ताह|घंटे|लाख|करोड़|हज़ार|हजार|सौ|रुपये|रुपए|रुपया|प्रतिशत|फ़ीसदी|फीसदी|"
    r"तारीख|कर्मचारी|कर्मचारियों|लोग|लोगों|व्यक्ति|गुना))"
)
_FRACTIONS = {
    "डेढ़": "1.5", "dedh": "1.5", "ढाई": "2.5", "dhai": "2.5", "adhai": "2.5", "twice": "2 times",
    "double": "2 times", "thrice": "3 times", "triple": "3 times", "दोगुना": "2 गुना", "दुगुना": "2 गुना",
    "तिगुना": "3 गुना", "one-half": "0.5", "half": "0.5", "आधा": "0.5", "आधे": "0.5", "aadha": "0.5",
}  # fmt: skip
_WORD_EDGE = r"(?<![\w\u0900-\u097F-])"
_WORD_END = r"(?![\w\u0900-\u097F])"


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


@lru_cache(maxsize=1)
def _shapes() -> tuple[re.Pattern[str], ...]:
    small = rf"(?:(?:{_any(_TENS)})(?:[\s-](?:{_any(list(_ONES)[:9])}))?|{_any(_ONES)})"
    english = rf"(?:(?:a|{small})[\s-])?(?:hundred|thousand)(?:\s+(?:and\s+)?{small}(?:\s+hundred)?)?|{small}"
    texts = (
        rf"{_WORD_EDGE}(?P<tens>{_any(_TENS)})[\s-](?P<ones>{_any({**_SMALL_ORDINALS, **_ORDINALS})}){_WORD_END}",
        rf"{_WORD_EDGE}(?P<word>{_any(_ORDINALS)}){_WORD_END}",
        (
            rf"{_WORD_EDGE}(?P<word>first|second|third)(?=\s+(?:day\s+)?of\s+(?:every|each|the|january|february|march|april|may|"
            r"june|july|august|september|october|november|december))"
        ),
        rf"{_WORD_EDGE}(?P<count>{english})(?!-(?:person|time|off|sided)){_WORD_END}",
        rf"{_WORD_EDGE}(?:साढ़े|saadhe|sadhe)\s+(?P<half>\d+|{_any(_HINDI)}){_WORD_END}",
        rf"{_WORD_EDGE}(?P<hindi>{_any(_HINDI)})(?P<hundred>\s+(?:सौ|sau))?{_WORD_END}",
        rf"{_WORD_EDGE}(?P<fraction>{_any(_FRACTIONS)}){_WORD_END}",
        rf"{_WORD_EDGE}(?:a|an)(?=\s+(?:lakh|lac|crore|million){_WORD_END})",
    )
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)


def in_figures(text: str) -> str:
    """The text with its number words written in figures, ordinals as 20th."""
    # Most sentences hold none, and the shapes are long.
    compound, ordinal, small, count, halves, hindi, fraction, article = _shapes()
    text = compound.sub(
        lambda m: f"{_TENS[m['tens'].lower()] + {**_SMALL_ORDINALS, **_ORDINALS}[m['ones'].lower()]}th", text
    )
    text = ordinal.sub(lambda m: f"{_ORDINALS[m['word'].lower()]}th", text)
    text = small.sub(lambda m: f"{_SMALL_ORDINALS[m['word'].lower()]}th", text)
    text = count.sub(_counted, text)
    text = halves.sub(lambda m: f"{_HINDI.get(m['half'].lower(), m['half'])}.5", text)
    text = hindi.sub(_in_hindi, text)
    text = fraction.sub(lambda m: _FRACTIONS[m["fraction"].lower()], text)
    return article.sub("1", text)


_WITH_UNIT = re.compile(_UNIT, re.IGNORECASE)


def _counted(found: re.Match[str]) -> str:
    words = re.split(r"[\s-]+", found["count"].lower())
    total = current = 0
    for word in words:
        if word in _BIG:
            current = (current or 1) * _BIG[word]
            if word == "thousand":
                total, current = total + current, 0
        else:
            current += {**_ONES, **_TENS, "a": 1}.get(word, 0)
    value = total + current
    if value == 1 and not _WITH_UNIT.match(found.string, found.end()):
        return found[0]
    return str(value)


def _in_hindi(found: re.Match[str]) -> str:
    word = found["hindi"].lower()
    if found["hundred"]:
        return str(_HINDI[word] * 100)
    if word in _ONLY_WITH_UNIT and not _WITH_UNIT.match(found.string, found.end()):
        return found[0]
    return str(_HINDI[word])
