"""The rule of a date in Hindi: the engine's own English sentence, phrase by phrase."""

from __future__ import annotations

import re
from functools import lru_cache

from complianceai.base.dates import MONTHS

_MONTHS = (
    "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
)  # fmt: skip
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"Every half-year \(April to September, October to March\):", "हर छमाही (अप्रैल-सितंबर, अक्टूबर-मार्च):"),
    (r"Every financial year of the company:", "कंपनी के हर वित्तीय वर्ष:"),
    (r"Every year \(April to March\):", "हर वर्ष (अप्रैल से मार्च):"),
    (r"Every half of the calendar year:", "हर कैलेंडर छमाही:"),
    (r"Every calendar year:", "हर कैलेंडर वर्ष:"),
    (r"Every quarter:", "हर तिमाही:"),
    (r"Every month:", "हर महीने:"),
    (r"When it happens:", "घटना होने पर:"),
    (r"Once:", "एक बार:"),
    (r"the earliest of:", "इनमें जो पहले हो:"),
    (r"the latest of:", "इनमें जो बाद में हो:"),
    (r"the last day of the month after the period's end", "अवधि के बाद के महीने का अंतिम दिन"),
    (r"the last day of the same month as the period's end", "अवधि के आखिरी महीने का अंतिम दिन"),
    (r"the last day of the month after the event", "घटना के बाद के महीने का अंतिम दिन"),
    (r"the (\d+)(?:st|nd|rd|th) of the month after the period's end", r"अवधि के बाद के महीने की \1 तारीख"),
    (
        r"the (\d+)(?:st|nd|rd|th) of the (\d+)(?:st|nd|rd|th) month after the period's end",
        r"अवधि के बाद के \2वें महीने की \1 तारीख",
    ),
    (r"the first (\d+) (\w+) after the period's end", r"अवधि के बाद \1 \2"),
    (r"the first (\d+) (\w+) after the period's start", r"अवधि में \1 \2"),
    (r"(\d+) days? after the annual general meeting", r"वार्षिक आम बैठक से \1 दिन"),
    (r"(\d+) days? before the annual general meeting", r"वार्षिक आम बैठक से \1 दिन पहले"),
    (r"(\d+) months? after the previous annual general meeting", r"पिछली वार्षिक आम बैठक से \1 महीने"),
    (r"(\d+) days? after the period's end", r"अवधि के अंत से \1 दिन"),
    (r"(\d+) months? after the period's end", r"अवधि के अंत से \1 महीने"),
    (r"(\d+) days? after the event", r"घटना से \1 दिन"),
    (r"(\d+) months? after the event", r"घटना से \1 महीने"),
    (
        r"(\d+) days? after the day of incorporation, registration or start of business",
        r"निगमन या व्यवसाय के आरंभ से \1 दिन",
    ),
    (
        r"(\d+) months? after the day of incorporation, registration or start of business",
        r"निगमन या व्यवसाय के आरंभ से \1 महीने",
    ),
    (r"(\d+) days? after", r"\1 दिन बाद:"),
    (r"(\d+) months? after", r"\1 महीने बाद:"),
    (r"on the period's end", "अवधि के अंतिम दिन"),
    (r"; or ", "; या "),
    (r"\botherwise\b", "अन्यथा"),
)  # fmt: skip


@lru_cache(maxsize=1024)
def in_hindi(rule: str) -> str:
    """The rule in Hindi; what no phrase is known for stays as it is."""
    for shape, words in _PHRASES:
        rule = re.sub(shape, words, rule)
    for name, hindi in zip(MONTHS, _MONTHS, strict=True):
        rule = re.sub(rf"\b{name}\b", hindi, rule, flags=re.IGNORECASE)
    return rule
