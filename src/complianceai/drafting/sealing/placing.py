"""A signature that is made elsewhere: a place kept for it in the paper, and the signature set into that place.

Source: ISO 32000-2, 12.8.1 (ByteRange and Contents) and 12.8.3.3 (PKCS #7 signatures)
"""

import asyncio
from io import BytesIO
from typing import NamedTuple

# Half of it is room: the place is written in hexadecimal figures. A chain with lists of revoked ones takes some 20 kB.
RESERVED = 2 * 32_768


class Placed(NamedTuple):
    """A paper with an empty place between two of its bytes, and the SHA-256 of all that is around the place."""

    pdf: bytes
    digest: bytes
    start: int
    end: int


class NoPlace(ValueError):
    """The paper takes no further signature, or the signature is larger than its place."""


def keep_place(pdf: bytes, *, reason: str) -> Placed:
    """The paper with a place behind its last byte, so that earlier signatures stay whole.

    Not to be called from within an event loop.

    Errors: NoPlace.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import PdfSignatureMetadata
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.signers import ExternalSigner, PdfSigner

    try:
        writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
        about = PdfSignatureMetadata(
            field_name=f"Signature{len(writer.prev.embedded_signatures) + 1}",
            md_algorithm="sha256",
            reason=reason,
            # What signature services and tokens make is not always CAdES, which the newer kind of place asks for.
            subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        )
        signer = PdfSigner(about, ExternalSigner(None, None))
        made = signer.async_digest_doc_for_signing(writer, bytes_reserved=RESERVED)
        digest, _, output = asyncio.run(made)
    except (PdfError, SigningError, ValueError, KeyError, TypeError) as error:
        raise NoPlace(str(error)) from error
    output.seek(0)
    placed = output.read()
    return Placed(placed, digest.document_digest, digest.reserved_region_start, digest.reserved_region_end)


def set_in(placed: Placed, cms: bytes) -> bytes:
    """The paper with the signature in its place.

    Errors: NoPlace.
    """
    # A bracket stands on each side of the place.
    if 2 * len(cms) > placed.end - placed.start - 2:
        raise NoPlace("the signature is larger than its place")
    from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest

    output = BytesIO(placed.pdf)
    PreparedByteRangeDigest(placed.digest, placed.start, placed.end).fill_with_cms(output, cms)
    return output.getvalue()


def around(placed: Placed) -> bytes:
    """The bytes that are signed: all of the paper but the place."""
    return placed.pdf[: placed.start] + placed.pdf[placed.end :]
