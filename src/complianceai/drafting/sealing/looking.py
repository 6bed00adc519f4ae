"""What the seal of a paper says, looked at without calling anybody."""

from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from complianceai.drafting.sealing.certificates import Identity, public_key_of

if TYPE_CHECKING:
    from pyhanko.sign.validation import EmbeddedPdfSignature


class State(StrEnum):
    """What can be said of a paper."""

    OURS = "ours"
    CHANGED = "changed"
    ANOTHERS = "anothers"
    UNSEALED = "unsealed"
    UNREADABLE = "unreadable"


class Seal(NamedTuple):
    """What was found; `name` is the certificate's own, and the time is what whoever sealed it says."""

    state: State
    name: str | None = None
    at: datetime | None = None


def look_at(pdf: bytes, identity: Identity, *earlier: Identity) -> Seal:
    """Whether the paper bears our seal, or one of an earlier key, and nothing was changed since.

    Not to be called from within an event loop.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures
        if not found:
            return Seal(State.UNSEALED)
        return _judge(found, {each.public_key for each in (identity, *earlier)})
    # What a stranger made may fail anywhere within the reader; all of it means that it cannot be read.
    except (
        PdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OverflowError,
    ):
        return Seal(State.UNREADABLE)


def _judge(found: "list[EmbeddedPdfSignature]", ours: set[bytes]) -> Seal:
    first = found[0]
    certificate = first.signer_cert
    name, at = str(certificate.subject.native.get("common_name", "")), first.self_reported_timestamp
    if public_key_of(certificate.dump()) not in ours:
        return Seal(State.ANOTHERS, name, at)
    is_whole = len(found) == 1 and _is_untouched(first)
    return Seal(State.OURS if is_whole else State.CHANGED, name, at)


def _is_untouched(signature: "EmbeddedPdfSignature") -> bool:
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    # Our own certificate is the root: who issued it does not decide whether the paper is one of ours.
    trusted = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    status = validate_pdf_signature(signature, trusted)
    return bool(status.intact and status.valid and status.coverage is SignatureCoverageLevel.ENTIRE_FILE)
