"""The page behind a signed paper that says who signed what, when and from where, in typst's language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from complianceai.drafting.typesetting import pdf, quoted
from complianceai.workspace.signing.digital.queries import Trip
from complianceai.workspace.signing.queries import Asked, Signer

INDIA = ZoneInfo("Asia/Kolkata")
WAYS = {"esign": "Aadhaar eSign", "dsc": "the certificate on their own token"}
# A drawing's field, in millimetres, for points between 0 and 1000.
WIDTH, HEIGHT = 60.0, 18.0
_HEAD = """
#set document(title: "Certificate of signatures")
#set page(paper: "a4", margin: 2.4cm)
#set text(font: ("Libertinus Serif", "Noto Sans Devanagari"), size: 10.5pt, lang: "en", region: "IN")
#set table(stroke: 0.5pt + luma(140), inset: 6pt)
#let small(it) = text(size: 8.5pt, it)
= Certificate of signatures
"""
_TRIAL = (
    "Sealed with a certificate made for trial. It shows that the paper is unchanged, and nobody vouches for who it is "
    "from: for use in earnest the installation needs its organisation's certificate."
)


def certificate(
    asked: Asked, people: Sequence[Signer], address: str, given: Mapping[UUID, Trip], *, is_trial: bool
) -> bytes:
    """The page as a PDF; the address is where anybody may check the sealed paper.

    `given` holds the signatures with a certificate, by their signers.
    """
    return pdf(_source(asked, people, address, given, is_trial=is_trial))


def _source(
    asked: Asked, people: Sequence[Signer], address: str, given: Mapping[UUID, Trip], *, is_trial: bool
) -> str:
    facts = {
        "Paper": asked.title,
        "Of": asked.company,
        "Version": str(asked.version),
        "SHA-256 of the version": asked.sha256,
        "Asked by": f"{asked.asker} ({asked.asker_email}), {_clock(asked.created_at)}",
    }
    rows = "".join(f"[{_said(name)}], [{_said(value)}],\n" for name, value in facts.items())
    signatures = "".join(_signature(each, given.get(each.id)) for each in people)
    checked = f"Whether a copy is this paper, unchanged, anybody may see at {address}"
    trial = f"\n#block(inset: 8pt, stroke: 1pt)[#strong[{_said(_TRIAL)}]]\n" if is_trial else ""
    return (
        f"{_HEAD}\n#table(columns: (4.4cm, 1fr),\n{rows})\n== Signatures\n{signatures}\n"
        f"#small[{_said(checked)}]\n{trial}"
    )


def _signature(signer: Signer, given: Trip | None) -> str:
    assert signer.signed_at is not None  # noqa: S101 - the page is made once all have signed
    lines = [
        f"{signer.name}, {signer.email}",
        f"Signed on {_clock(signer.signed_at)} as “{signer.typed}”",
        *_shown(signer, given),
        signer.agent or "",
    ]
    body = " \\\n".join([_said(lines[0]), *(f"#small[{_said(each)}]" for each in lines[1:] if each)])
    typed = f'#text(size: 17pt, style: "italic")[{_said(signer.typed or "")}]'
    written = _drawing(signer.drawn) if signer.drawn else typed
    return f"#block(breakable: false)[#table(columns: (6.8cm, 1fr), [{written}], [{body}])]\n"


def _shown(signer: Signer, given: Trip | None) -> list[str]:
    """What shows that it was they."""
    where = f"from {signer.address or 'an unknown address'}"
    if given is None:
        return [f"By a link and a code sent to that mailbox; {where}"]
    looked = "found not revoked" if given.revocation_checked else "whether it was revoked was not checked"
    return [
        f"By a link sent to that mailbox, and {WAYS[given.way]}; {where}",
        f"Certificate of {given.holder}, number {given.serial}, by {given.issuer}; {looked}",
    ]


def _drawing(drawn: str) -> str:
    """The lines that were drawn, as typst draws them; the schema let only numbers through."""
    parts = []
    for line in drawn.split(";"):
        points = [tuple(map(int, point.split(","))) for point in line.split()]
        if points:
            placed = [f"({x / 1000 * WIDTH:.2f}mm, {y / 1000 * HEIGHT:.2f}mm)" for x, y in points]
            moves = ", ".join(f"curve.line({each})" for each in placed[1:] or placed)
            parts.append(f"#place(curve(stroke: 1pt, curve.move({placed[0]}), {moves}))")
    return f"#box(width: {WIDTH}mm, height: {HEIGHT}mm)[{''.join(parts)}]"


def _said(text: str) -> str:
    return f"#{quoted(text)}"


def _clock(at: datetime) -> str:
    return f"{at.astimezone(INDIA):%d %B %Y, %H:%M:%S} IST"
