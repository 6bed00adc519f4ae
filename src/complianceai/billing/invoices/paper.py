"""The paper of an invoice or a credit note, with every particular that the rules name, in English or Hindi.

Source: rule 46 of the CGST Rules 2017, clauses (a) to (q) as far as they regard services; rule 53(1A) for credit notes.
Not due and therefore absent: the code of an e-invoice (rule 48(4), above Rs 5 crore of turnover, where settings refuse
to sell) and the QR code towards consumers (notification 14/2020-Central Tax, above Rs 500 crore). A signature is
not needed on an electronic invoice (the last proviso to rule 46).
"""

from collections.abc import Mapping
from decimal import Decimal

from complianceai.billing.invoices.making import Issued
from complianceai.billing.invoices.taxes import RATE, STATE_CODES
from complianceai.billing.plans import plan_named
from complianceai.drafting.escaping import held, released
from complianceai.drafting.model import Style
from complianceai.drafting.numerals import rupees_in_words
from complianceai.drafting.press import press
from complianceai.rules.words import STATE_NAMES
from complianceai.site.language import translate
from complianceai.site.numbers import grouped, long_date

_STATE_OF = {code: STATE_NAMES[state] for state, code in STATE_CODES.items()}
_ENGLISH: Mapping[str, str] = {
    "invoice": "Tax invoice",
    "credit_note": "Credit note",
    "number": "Number",
    "day": "Date",
    "about": "Corrects invoice",
    "of": "of",
    "supplier": "Supplier",
    "recipient": "Recipient",
    "unregistered": "not registered under GST",
    "place": "Place of supply",
    "reverse": "Tax payable on reverse charge",
    "no": "No",
    "service": "Service",
    "sac": "SAC",
    "value": "Taxable value (₹)",
    "tax": "Tax",
    "rate": "Rate",
    "amount": "Amount (₹)",
    "total": "Total",
    "words": "In words",
    "period": "ComplianceAI, plan {plan}",
    "difference": "ComplianceAI, difference to the plan {plan}",
    "from": "{begins} to {ends}",
    "signature": "An electronic invoice: it needs no signature (rule 46 of the CGST Rules 2017).",
}
_HINDI: Mapping[str, str] = {
    "invoice": "कर बीजक",
    "credit_note": "जमा पत्र (क्रेडिट नोट)",
    "number": "संख्या",
    "day": "दिनांक",
    "about": "जिस बीजक के विषय में",
    "of": "दिनांक",
    "supplier": "आपूर्तिकर्ता",
    "recipient": "प्राप्तकर्ता",
    "unregistered": "जीएसटी में पंजीकृत नहीं",
    "place": "आपूर्ति का स्थान",
    "reverse": "प्रतिप्रभार पर देय कर",
    "no": "नहीं",
    "service": "सेवा",
    "sac": "SAC",
    "value": "कर योग्य मूल्य (₹)",
    "tax": "कर",
    "rate": "दर",
    "amount": "राशि (₹)",
    "total": "कुल",
    "words": "शब्दों में",
    "period": "ComplianceAI, योजना {plan}",
    "difference": "ComplianceAI, योजना {plan} तक का अंतर",
    "from": "{begins} से {ends} तक",
    "signature": "इलेक्ट्रॉनिक बीजक: इस पर हस्ताक्षर आवश्यक नहीं (CGST नियम 2017 का नियम 46)।",
}
WORDS = {"en": _ENGLISH, "hi": _HINDI}


def paper_of(made: Issued, language: str) -> bytes:
    """The paper as a PDF, set by the press; it takes a while, so not where others wait.

    Errors: TooMuch.
    """
    style = Style(language, title=f"{WORDS[language][made.kind]} {made.number}", author=made.seller["name"])
    pdf: bytes = press().make("paper", "pdf", text_of(made, language), False, style)  # noqa: FBT003 - no clauses
    return pdf


def text_of(made: Issued, language: str) -> str:
    """The paper as marked-up text; what people typed stays words."""
    words = WORDS[language]
    parts = [f"# {words[made.kind]}", _head(made, words, language), _people(made, words, language)]
    parts += [_sold(made, words, language), _taxes(made, words)]
    spoken = rupees_in_words(Decimal(made.total_paise) / 100, language)
    parts += [f"**{words['total']}: ₹{money(made.total_paise)}**", f"{words['words']}: {spoken}"]
    return released("\n\n".join([*parts, words["signature"]]) + "\n")


def money(paise: int) -> str:
    """An amount with Indian grouping and both figures of the paise: 1,768.82."""
    whole, rest = divmod(paise, 100)
    return f"{grouped(whole)}.{rest:02d}"


def _head(made: Issued, words: Mapping[str, str], language: str) -> str:
    rows = [(words["number"], made.number), (words["day"], long_date(made.issued_on, language))]
    if made.about_number and made.about_on:
        rows.append(
            (words["about"], f"{made.about_number}, {words['of']} {long_date(made.about_on, language)}")
        )
    place = translate(language, _STATE_OF.get(made.place_of_supply, ""))
    rows.append((words["place"], f"{place} ({made.place_of_supply})"))
    rows.append((words["reverse"], words["no"]))
    first, *rest = (f"| {name} | {value} |" for name, value in rows)
    return "\n".join([first, "| --- | --- |", *rest])


def _people(made: Issued, words: Mapping[str, str], language: str) -> str:
    seller, buyer = made.seller, made.buyer
    state = STATE_CODES.get(buyer.get("state") or "")
    where = f", {translate(language, _STATE_OF[state])} ({state})" if state else ""
    registered = f"GSTIN {held(buyer['gstin'])}" if buyer.get("gstin") else words["unregistered"]
    return "\n".join(
        [
            f"| {words['supplier']} | {words['recipient']} |",
            "| --- | --- |",
            f"| **{held(seller['name'])}** | **{held(buyer['name'])}** |",
            f"| {held(seller['address'])} | {held(buyer['address'])}{where} |",
            f"| GSTIN {held(seller['gstin'])} | {registered} |",
        ]
    )


def _sold(made: Issued, words: Mapping[str, str], language: str) -> str:
    titles = plan_named(made.plan).titles
    what = words[made.purpose].format(plan=getattr(titles, language, titles.en))
    if made.period_start and made.period_end:
        begins, ends = (long_date(day, language) for day in (made.period_start, made.period_end))
        what += f", {words['from'].format(begins=begins, ends=ends)}"
    return "\n".join(
        [
            f"| {words['service']} | {words['sac']} | {words['value']} |",
            "| --- | --- | --: |",
            f"| {what} | {made.sac} | {money(made.net_paise)} |",
        ]
    )


def _taxes(made: Issued, words: Mapping[str, str]) -> str:
    half = f"{Decimal(RATE) / 2:g} %"
    rows = [
        ("CGST", half, made.cgst_paise),
        ("SGST", half, made.sgst_paise),
        ("IGST", f"{RATE} %", made.igst_paise),
    ]
    lines = [f"| {name} | {rate} | {money(paise)} |" for name, rate, paise in rows if paise]
    return "\n".join(
        [f"| {words['tax']} | {words['rate']} | {words['amount']} |", "| --- | --: | --: |", *lines]
    )
