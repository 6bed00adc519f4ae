"""Rupees and counts in words, as India says them, in English and in Hindi."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_ENGLISH_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_TENS_WORDS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety"
# Every Hindi number below a hundred has a word of its own.
_HINDI_WORDS = """
शून्य एक दो तीन चार पाँच छह सात आठ नौ
दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस
बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस
तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस
चालीस इकतालीस बयालीस तैंतालीस चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास
पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ
साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर
सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी
अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी
नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे
"""
_ENGLISH = _ENGLISH_WORDS.split()
_TENS = _TENS_WORDS.split()
_HINDI = _HINDI_WORDS.split()
_STEPS = (
    (10_000_000, {"en": "crore", "hi": "करोड़"}),
    (100_000, {"en": "lakh", "hi": "लाख"}),
    (1000, {"en": "thousand", "hi": "हज़ार"}),
    (100, {"en": "hundred", "hi": "सौ"}),
)
_MINUS = {"en": "minus", "hi": "ऋण"}
_CURRENCY = {"en": ("Rupees", "and", "paise", "only"), "hi": ("रुपये", "और", "पैसे", "मात्र")}


def count_in_words(number: int, language: str = "en") -> str:
    """A whole number in words, by crore, lakh, thousand and hundred: "twelve lakh thirty-four thousand"."""
    if number < 0:
        return f"{_MINUS[language]} {count_in_words(-number, language)}"
    if number < 100:
        return _below_hundred(number, language)
    size, names = next(step for step in _STEPS if number >= step[0])
    head, rest = divmod(number, size)
    words = f"{count_in_words(head, language)} {names[language]}"
    return f"{words} {count_in_words(rest, language)}" if rest else words


def rupees_in_words(amount: Decimal | int, language: str = "en") -> str:
    """An amount as it stands on a cheque: "Rupees twelve lakh and fifty paise only"."""
    if amount < 0:
        return f"{_MINUS[language]} {rupees_in_words(-Decimal(amount), language)}"
    currency, joint, paise_word, only = _CURRENCY[language]
    exact = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    rupees, paise = divmod(int(exact * 100), 100)
    said = count_in_words(rupees, language)
    tail = f" {joint} {count_in_words(paise, language)} {paise_word}" if paise else ""
    return f"{currency} {said}{tail} {only}" if language == "en" else f"{said} {currency}{tail} {only}"


def _below_hundred(number: int, language: str) -> str:
    if language == "hi":
        return _HINDI[number]
    if number < 20:
        return _ENGLISH[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_ENGLISH[ones]}" if ones else _TENS[tens]
