"""The sentences that say why an answer is not accepted, and how to mend it, in English and in Hindi."""

from __future__ import annotations

from complianceai.drafting.model import Words

_SENTENCES: dict[str, tuple[str, str]] = {
    "required": ("This has to be answered.", "इसका उत्तर देना ज़रूरी है।"),
    "unknown": (
        "This template asks nothing of that name; leave it out.",
        "यह टेम्पलेट इस नाम का कुछ नहीं पूछता; इसे हटा दें।",
    ),
    "text": ("Write words here.", "यहाँ शब्द लिखें।"),
    "control": (
        "This holds a character that no keyboard types; type it anew.",
        "इसमें ऐसा चिह्न है जो टाइप नहीं होता; दोबारा लिखें।",
    ),
    "length": ("This is longer than {most} characters; shorten it.", "यह {most} अक्षरों से लंबा है; छोटा करें।"),
    "date": ("Write a date as 2026-11-25.", "तारीख 2026-11-25 की तरह लिखें।"),
    "number": ("Write a number, such as 1250.50.", "संख्या लिखें, जैसे 1250.50।"),
    "integer": ("Write a whole number, such as 12.", "पूर्ण संख्या लिखें, जैसे 12।"),
    "money": ("Write rupees with at most two decimals, such as 1250.50.", "रुपये अधिकतम दो दशमलव तक लिखें, जैसे 1250.50।"),
    "yes_no": ("Answer yes or no.", "हाँ या नहीं में उत्तर दें।"),
    "choice": ("Choose one of: {choices}.", "इनमें से चुनें: {choices}।"),
    "person": ("Give the person's name.", "व्यक्ति का नाम दें।"),
    "rows": ("Give a list of rows.", "पंक्तियों की सूची दें।"),
    "least": ("This must be {least} or more.", "यह {least} या अधिक होना चाहिए।"),
    "most": ("This must be {most} or less.", "यह {most} या कम होना चाहिए।"),
    "least_day": ("This must be {least} or later.", "यह {least} या उसके बाद होना चाहिए।"),
    "most_day": ("This must be {most} or earlier.", "यह {most} या उससे पहले होना चाहिए।"),
    "least_rows": ("Give at least {least}.", "कम से कम {least} दें।"),
    "most_rows": ("Give at most {most}.", "अधिकतम {most} दें।"),
    "pattern": ("This is not written as it has to be: {pattern}", "यह सही रूप में नहीं लिखा है: {pattern}"),
    "email": ("Write an e-mail address, such as asha@example.in.", "ईमेल पता लिखें, जैसे asha@example.in।"),
    "phone": ("Write a phone number, such as +91 20 5550 0142.", "फ़ोन नंबर लिखें, जैसे +91 20 5550 0142।"),
    "pan": (
        "A PAN has five letters, four digits and a letter, such as AAJCS4821K.",
        "पैन में पाँच अक्षर, चार अंक और एक अक्षर होता है, जैसे AAJCS4821K।",
    ),
    "gstin": (
        "This GSTIN is not right: fifteen characters, the last of which checks the others.",
        "यह जीएसटीआईएन सही नहीं है: पंद्रह अक्षर, अंतिम अक्षर बाकी की जाँच करता है।",
    ),
    "cin": (
        "Write the CIN (21 characters, such as U28999PN2019PTC184321) or the LLPIN (such as AAA-1234).",
        "सीआईएन (21 अक्षर, जैसे U28999PN2019PTC184321) या एलएलपीआईएन (जैसे AAA-1234) लिखें।",
    ),
    "din": ("A DIN has eight digits, such as 08123456.", "डीआईएन में आठ अंक होते हैं, जैसे 08123456।"),
}  # fmt: skip


def says(key: str, **fields: object) -> Words:
    """The sentence in each language."""
    english, hindi = _SENTENCES[key]
    return {"en": english.format(**fields), "hi": hindi.format(**fields)}
