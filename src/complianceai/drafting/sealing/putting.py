"""The seal put on a paper that is finished: after it no change goes unseen, and none is allowed."""

from io import BytesIO

from complianceai.drafting.sealing.certificates import Identity

FIELD = "Seal"


def seal(pdf: bytes, identity: Identity, *, reason: str, name: str, certifies: bool = True) -> bytes:
    """The same paper with the seal after its last byte; not to be called from within an event loop.

    Only the first signature of a paper can certify it; behind others it says the same without forbidding changes, and
    whoever looks at the paper sees a change all the same.

    Source: ETSI EN 319 142-1, PAdES baseline B; ISO 32000-2, 12.8.2.2 on certifying that permits no changes
    """
    from asn1crypto import keys, x509
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, SimpleSigner, sign_pdf
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *issuers = (x509.Certificate.load(each) for each in identity.certificates)
    known = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    known.register_multiple(issuers)
    signer = SimpleSigner(own, keys.PrivateKeyInfo.load(identity.key), known)
    about = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=name,
        reason=reason,
        certify=certifies,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        subfilter=SigSeedSubFilter.PADES,
    )
    made = BytesIO()
    sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf), strict=False), about, signer, output=made)
    return made.getvalue()
