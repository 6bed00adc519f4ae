"""The assistant's own sentences, in both languages, and how it writes days and rupees."""

from __future__ import annotations

import re
from datetime import date

from complianceai.base.dates import in_words
from complianceai.base.money import grouped
from complianceai.base.periods import Period

_HINDI_MONTHS = (
    "जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
)  # fmt: skip
_PHRASES: dict[str, tuple[str, str]] = {
    "due": ("{form} for {period} is due on {day}.", "{period} का {form} {day} तक देना है।"),
    "due_event": ("{form} is due on {day}.", "{form} {day} तक देना है।"),
    "extended": (
        "It was {statutory} at first; {instrument} moved it.",
        "पहले तारीख {statutory} थी; {instrument} से बढ़ी।",
    ),
    "rule": ("{form} ({title}): {rule}.", "{form} ({title}): {rule}।"),
    "example": ("The next one: for {period}, {day}.", "अगली तारीख: {period} के लिए {day}।"),
    "in_variant": (
        "{title}: {rule}. The next one: for {period}, {day}.",
        "{title}। अगली तारीख: {period} के लिए {day}।",
    ),
    "doubt": ("Not settled ({certainty}): {reason}", "यह पक्का नहीं है ({certainty}): {reason}"),
    "no_date": ("It has no date in the law: {why}", "कानून में इसकी कोई तारीख नहीं है: {why}"),
    "none_now": (
        "No date of {form} falls in that time by what you told me of the company.",
        "आपकी बताई जानकारी से इस समय में {form} की कोई तारीख नहीं है।",
    ),
    "not_bound": ("No, {form} does not bind you: {reason}", "नहीं, {form} आप पर लागू नहीं है: {reason}"),
    "not_bound_plain": ("No, by these facts {form} does not apply.", "नहीं, इन तथ्यों पर {form} लागू नहीं है।"),
    "bound": ("Yes, {form} applies.", "हाँ, {form} लागू है।"),
    "who": ("It binds you where: {who}", "यह तब लागू है जब: {who}"),
    "threshold": ("The limit: {limit}.", "सीमा: {limit}।"),
    "line_yes": (
        "Yes: {name} applies at {value}; the line is {line}.",
        "हाँ: {value} पर {name} लागू है; सीमा {line} है।",
    ),
    "line_no": (
        "No: {name} does not apply at {value}; the line is {line}.",
        "नहीं: {value} पर {name} लागू नहीं है; सीमा {line} है।",
    ),
    "open_yes": (
        "Yes: {name} is open at {value}; it goes {line}.",
        "हाँ: {value} पर {name} खुली है; यह {line} है।",
    ),
    "open_no": (
        "No: {name} is not open at {value}; it goes {line}.",
        "नहीं: {value} पर {name} नहीं मिलती; यह {line} है।",
    ),
    "drawn": ("{name}: the line is {line}.", "{name}: सीमा {line} है।"),
    "stands_in": ("{form}: it stands in {place}.", "{form}: यह {place} में है।"),
    "lately": ("No longer as before: it has changed.", "पहले जैसा नहीं: इसमें बदलाव हुआ है।"),
    "ended": (
        "No: {form} serves periods up to {day} and no form takes its place.",
        "नहीं: {form} {day} तक की अवधियों के लिए था; उसकी जगह कोई फॉर्म नहीं है।",
    ),
    "served": (
        "Not any more: {form} served periods up to {day}.",
        "अब नहीं: {form} {day} तक की अवधियों के लिए था।",
    ),
    "instances": ("I know it for {states}.", "मैं इसे इन राज्यों के लिए जानता हूँ: {states}।"),
    "from_guide": (
        'From the guide "{title}" (/guides/{topic}): {text}',
        'मार्गदर्शिका "{title}" (/guides/{topic}) से: {text}',
    ),
    "read_only": (
        "That was read on a page about the law and is not yet among the rules that are checked day by day.",
        "यह कानून पर एक पृष्ठ में पढ़ा गया है और अभी जाँचे गए नियमों में नहीं है।",
    ),
    "needs": (
        "That turns on the {field}. Tell me, and I can say.",
        "यह {field} पर निर्भर है। बताइए, तो मैं बता सकूँगा।",
    ),
    "cost": (
        "{form} due on {due} and filed on {filed}, {days} days late, costs {total}.",
        "{due} को देय {form} {filed} को भरने पर ({days} दिन देर) {total} लगेंगे।",
    ),
    "before_cap": (
        "That is before its limit, which turns on the {field}.",
        "इसकी ऊपरी सीमा {field} पर निर्भर है; यह उससे पहले की राशि है।",
    ),
    "in_time": (
        "{form} due on {due} and filed on {filed} is in time: nothing is charged.",
        "{due} को देय {form} {filed} को भरना समय पर है: कुछ नहीं लगेगा।",
    ),
    "line": ("{words}: {formula} = {amount}.", "{words}: {formula} = {amount}।"),
    "may_be": ("Besides, an officer may impose: {words}.", "इसके अलावा अधिकारी लगा सकता है: {words}।"),
    "charges": ("Lateness costs: {words}.", "देरी पर लगता है: {words}।"),
    "no_fee": ("No late fee is charged for {form}.", "{form} पर कोई लेट फीस नहीं लगती (no late fee)।"),
    "no_charge_of": (
        "{title}: no charge for lateness is known.",
        "{title}: देरी का कोई शुल्क ज्ञात नहीं है।",
    ),
    "for_each_lakh": (
        "That turns on the {field}; for each {amount} of it:",
        "यह {field} पर निर्भर है; हर {amount} पर:",
    ),
    "fee_itself": (
        "With the fee itself, {formula} = {fee}, that is {total} in all.",
        "मूल शुल्क {formula} = {fee} मिलाकर कुल {total}।",
    ),
    "no_charge": ("No charge for lateness is known.", "देरी का कोई शुल्क ज्ञात नहीं है।"),
    "renumbered": (
        "{old} is {new} for periods from {day} on.",
        "{day} से शुरू अवधियों के लिए {old} की जगह {new} है।",
    ),
    "form_is": ("{form}: {title}.", "{form}: {title}।"),
    "form_until": ("{old} serves periods up to {day}.", "{old} {day} तक की अवधियों के लिए है।"),
    "changed": ("From {day}: {what} ({instrument}).", "{day} से: {what} ({instrument})।"),
    "no_change": ("No change of it is recorded.", "इसमें कोई बदलाव दर्ज नहीं है।"),
    "signed": ("It is signed by: {who}.", "हस्ताक्षर: {who}।"),
    "filed_at": ("It is filed at {place}.", "यह {place} पर भरा जाता है।"),
    "papers": ("Have ready: {papers}.", "तैयार रखें: {papers}।"),
    "proof": ("Keep as proof: {proof}.", "प्रमाण के रूप में रखें: {proof}।"),
    "which": ("Which of these do you mean?", "इनमें से आपका मतलब किससे है?"),
    "next": ("Your next dates:", "आपकी अगली तारीखें:"),
    "which_state": ("That turns on the State. In which one?", "यह राज्य (state) पर निर्भर है। किस राज्य में?"),
    "no_state_duty": (
        "I know of no {family} duty in {state}: either there is none, or it is not covered yet.",
        "{state} में {family} का कोई कर्तव्य मुझे ज्ञात नहीं: या तो है नहीं, या अभी शामिल नहीं है।",
    ),
    "evasion": (
        "I do not help with that: it would break the law. I can tell what is due, by when and what lateness costs.",
        "इसमें मैं मदद नहीं करता: यह कानून तोड़ना होगा। क्या देना है, कब तक और देरी पर कितना, यह बता सकता हूँ।",
    ),
    "abroad": (
        "That is another country's law, which is not covered here. I answer for Indian businesses under Indian law.",
        "यह दूसरे देश का कानून है, जो यहाँ शामिल नहीं है। मैं भारतीय कानून में भारतीय व्यवसायों के लिए उत्तर देता हूँ।",
    ),
    "other_subject": (
        "That is not covered here. I answer about the statutory duties of Indian businesses: dates, forms, costs.",
        "यह यहाँ शामिल नहीं है। मैं भारतीय व्यवसायों के वैधानिक कर्तव्यों पर उत्तर देता हूँ: तारीखें, फ़ॉर्म, किस पर लागू, खर्च।",
    ),
    "unknown": (
        "I do not know that: nothing in the law that I have answers it, and I do not guess.",
        "यह मुझे नहीं मालूम: मेरे पास के कानून में इसका उत्तर नहीं है, और मैं अनुमान नहीं लगाता।",
    ),
    "nearest": ("Nearest to it I know: {topics}.", "इसके सबसे पास मैं जानता हूँ: {topics}।"),
}


def phrase(key: str, *, hindi: bool, **fields: object) -> str:
    """The sentence of that key in the language, its fields filled in."""
    return _PHRASES[key][hindi].format(**fields)


def day_words(day: date, *, hindi: bool) -> str:
    """A day as people write it; in Hindi the figures stand beside it, which no spelling of a month can blur."""
    if not hindi:
        return in_words(day)
    return f"{day.day} {_HINDI_MONTHS[day.month - 1]} {day.year} ({day:%d-%m-%Y})"


def period_words(period: Period) -> str:
    """What a date is for."""
    return period.label


def rupee_words(amount: int) -> str:
    """Rupees as people write them."""
    return f"Rs {grouped(amount)}"


_FACT = re.compile(r"(?P<of> of)? ?\[(?P<name>[a-z ]+)\]")
_ANYBODYS = {
    "state": " a State", "scheme": " such a", "entity type": " business of the kind that it binds", "on": " a day",
    "kind": " kind named there", "licence": " such a", "total": " so many",
}  # fmt: skip


def for_anybody(reason: str) -> str:
    """A reason told to nobody in particular: instead of a company's fact stands what kind of thing it is."""
    plain = _FACT.sub(_of_anybody, reason)
    return (
        plain.replace("the such a scheme", "such a scheme")
        .replace(" a such a ", " such a ")
        .replace("( ", "(")
        .strip()
    )


def _of_anybody(found: re.Match[str]) -> str:
    name = found["name"]
    if name in _ANYBODYS:
        return (found["of"] or "") + _ANYBODYS[name]
    return "" if found["of"] else f" the {name}"
