"""Whether the last signature of a paper is sound: of this very paper, whole, and by somebody whom others vouch for."""

from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from complianceai.drafting.sealing.foreign import READERS_FAULTS
from complianceai.drafting.sealing.trust import Trust

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation import PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext


class Unsound(StrEnum):
    """Why a signature is not taken."""

    UNREADABLE = "unreadable"
    OF_ANOTHER_PAPER = "of_another_paper"
    FORGED = "forged"
    UNKNOWN_ISSUER = "unknown_issuer"
    OUT_OF_DATE = "out_of_date"
    REVOKED = "revoked"
    REVOCATION_UNKNOWN = "revocation_unknown"
    NOT_FOR_SIGNING = "not_for_signing"


class Holder(NamedTuple):
    """Whose certificate it is, who issued it, and whether anybody looked if it was revoked."""

    name: str
    issuer: str
    serial: str
    certificate: bytes
    revocation_checked: bool


def judge(pdf: bytes, trust: Trust, now: datetime) -> Holder | Unsound:
    """Who signed last, or why that signature is not sound. Nobody is called.

    Not to be called from within an event loop.

    Source: RFC 5280, section 6 on paths of certificates; RFC 5652, section 5.6 on signed attributes
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    for_signing = KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    )
    context = _context(trust, now)
    try:
        last = PdfFileReader(BytesIO(pdf), strict=False).embedded_signatures[-1]
        status = validate_pdf_signature(last, context, key_usage_settings=for_signing)
        return _judged(status, last.signer_cert, trust, now)
    # What a stranger made may fail anywhere within the reader.
    except (
        PdfError,
        SigningError,
        SignatureValidationError,
        *READERS_FAULTS,
    ):
        return Unsound.UNREADABLE


def _context(trust: Trust, now: datetime) -> "ValidationContext":
    from asn1crypto.x509 import Certificate
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=[Certificate.load(each) for each in trust.roots],
        other_certs=[Certificate.load(each) for each in trust.between],
        moment=now,
        allow_fetching=False,
        crls=list(trust.lists),
        revocation_mode="require" if trust.lists else "soft-fail",
    )


def _judged(
    status: "PdfSignatureStatus", certificate: "Certificate", trust: Trust, now: datetime
) -> Holder | Unsound:
    from pyhanko.sign.validation import SignatureCoverageLevel

    if not status.intact or status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return Unsound.OF_ANOTHER_PAPER
    if not status.valid:
        return Unsound.FORGED
    if not certificate.not_valid_before <= now <= certificate.not_valid_after:
        return Unsound.OUT_OF_DATE
    if not status.trusted:
        return _why(status)
    named = certificate.subject.native
    return Holder(
        str(named.get("common_name", "")),
        str(certificate.issuer.native.get("common_name", certificate.issuer.human_friendly)),
        f"{certificate.serial_number:x}",
        certificate.dump(),
        bool(trust.lists),
    )


def _why(status: "PdfSignatureStatus") -> Unsound:
    said = getattr(status.trust_problem_indic, "name", "")
    if said.startswith(("OUT_OF_BOUNDS", "EXPIRED")):
        return Unsound.OUT_OF_DATE
    if said.startswith("REVOKED"):
        return Unsound.REVOKED
    if said.startswith("REVOCATION") or said == "TRY_LATER":
        return Unsound.REVOCATION_UNKNOWN
    if said == "CHAIN_CONSTRAINTS_FAILURE":
        return Unsound.NOT_FOR_SIGNING
    return Unsound.UNKNOWN_ISSUER
