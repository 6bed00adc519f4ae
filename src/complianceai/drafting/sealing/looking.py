"""What the seal of a paper says, looked at without calling anybody."""

from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from complianceai.drafting.sealing.certificates import Identity, public_key_of
from complianceai.drafting.sealing.foreign import READERS_FAULTS

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
        *READERS_FAULTS,
    ):
        return Seal(State.UNREADABLE)


def _judge(found: "list[EmbeddedPdfSignature]", ours: set[bytes]) -> Seal:
    ours_among = [each for each in found if public_key_of(each.signer_cert.dump()) in ours]
    first = (ours_among or found)[0]
    name, at = str(first.signer_cert.subject.native.get("common_name", "")), first.self_reported_timestamp
    if not ours_among:
        return Seal(State.ANOTHERS, name, at)
    # The seal comes last, around whatever signers' certificates signed before it.
    is_whole = found[-1] is first and all(_is_untouched(each, is_last=each is first) for each in found)
    return Seal(State.OURS if is_whole else State.CHANGED, name, at)


def _is_untouched(signature: "EmbeddedPdfSignature", *, is_last: bool) -> bool:
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    # Its own certificate is the root: who issued it does not decide whether the paper is one of ours.
    trusted = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    # What came behind an earlier signature was looked at when the seal was put around all of it.
    status = validate_pdf_signature(signature, trusted, skip_diff=not is_last)
    covers = status.coverage is SignatureCoverageLevel.ENTIRE_FILE or not is_last
    return bool(status.intact and status.valid and covers)
