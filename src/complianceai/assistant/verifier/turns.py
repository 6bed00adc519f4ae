"""Dates and rates that a sentence gives without a figure: every quarter, the end of the month, the same month."""

from __future__ import annotations

from complianceai.assistant.verifier.reading import EDGE, END, Eaten, shape

_TURNS = {
    "month_end": (
        # Within sixty days of the end of a year is no day at its end.
        (
            r"(?<!of the )(?<!from the )(?<!after the )end of (?:the |each |every |that |this |next |following )*"
            r"(?:month|quarter|year|half)|month[- ]end"
        ),
        r"last (?:working )?(?:day|date) of (?:the |each |every |that )?(?:\w+ )?(?:month|quarter|year|half)",
        r"(?:माह|महीने|तिमाही|वर्ष|साल) (?:के|का|की) (?:अंत|आखिरी|आख़िरी|अंतिम)|mahine ke (?:end|ant|aakhri)",
    ),
    "same_month": (r"same month|(?:उसी|इसी) (?:माह|महीने)|usi mahine|within the month itself",),
    "half_yearly": (
        r"half[- ]?yearly|every (?:half[- ]year|six months|6 months)|each half[- ]year|twice a year|2 times a year",
        r"छमाही|अर्धवार्षिक|हर छह महीने|chhamahi",
    ),
    "quarterly": (r"quarterly|every quarter|each quarter|per quarter|तिमाही|हर तिमाही|timahi",),
    "monthly": (
        r"monthly|every month|each month|per month|a month|मासिक|हर (?:माह|महीने)|प्रति माह|har mahine|masik",
    ),
    "weekly": (r"weekly|every week|each week|साप्ताहिक|हर हफ्ते",),
    "fortnightly": (r"fortnight(?:ly)?|पाक्षिक",),
    "daily": (r"daily|every day|each day|per day|a day|प्रति ?दिन|प्रतिदिन|हर दिन|रोज़|रोज|har din|roz",),
}
_SHAPES = tuple((name, shape(rf"{EDGE}(?:{'|'.join(words)}){END}")) for name, words in _TURNS.items())


def read_turns(eaten: Eaten) -> None:
    """Nothing; how often, and the ends of months, are claimed."""
    for name, pattern in _SHAPES:
        eaten.take(pattern, lambda found, name=name: [("turn", name)] if found else [])  # type: ignore[misc]
