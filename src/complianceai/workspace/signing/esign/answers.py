"""The service's answer, believed only where the service signed it."""

import binascii
from base64 import b64decode
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from complianceai.base.clock import INDIA
from complianceai.workspace.signing.esign.requests import Esign

if TYPE_CHECKING:
    from signxml.verifier import SignatureConfiguration

MOST_BYTES = 512 * 1024


class Misheard(StrEnum):
    """Why an answer is no answer."""

    UNREADABLE = "unreadable"
    FORGED = "forged"


class Answer(NamedTuple):
    """What the service said: of which request, when, and the signature or the code of what went wrong.

    The sentence that comes with a code is not kept: it may name the signer's Aadhaar number.
    """

    txn: str
    at: datetime
    is_signed: bool
    is_pending: bool
    error_code: str
    cms: bytes
    certificate: bytes


def read_answer(xml: bytes, esign: Esign) -> Answer | Misheard:
    """The answer, or why it is none.

    Source: eSign API Specifications 2.1 (CCA), element EsignResp, as far as docs/signing.md says that it was read; W3C
    XML Signature
    """
    if len(xml) > MOST_BYTES:
        return Misheard.UNREADABLE
    root = _believed(xml, esign)
    if isinstance(root, Misheard):
        return root
    try:
        return _answer(root)
    except (ValueError, binascii.Error):
        return Misheard.UNREADABLE


def _believed(xml: bytes, esign: Esign) -> Any:
    from lxml import etree
    from signxml.exceptions import InvalidCertificate, InvalidInput, InvalidSignature

    # Nothing is fetched and no entity is replaced; the verifier refuses a document that declares any.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Misheard.UNREADABLE
    if root.tag != "EsignResp" or root.getroottree().docinfo.doctype:
        return Misheard.UNREADABLE
    for certificate in esign.certificates:
        try:
            return _verified(xml, certificate, takes_sha1=esign.takes_sha1)
        except (InvalidSignature, InvalidInput, InvalidCertificate, etree.Error, ValueError, TypeError):
            continue
    return Misheard.FORGED


def _verified(xml: bytes, certificate: bytes, *, takes_sha1: bool) -> Any:
    from cryptography.x509 import load_der_x509_certificate
    from signxml.verifier import XMLVerifier

    known = load_der_x509_certificate(certificate)
    result = XMLVerifier().verify(xml, x509_cert=known, expect_config=_expected(takes_sha1=takes_sha1))
    # Only what was signed is read, wherever else in the document something of the same name may stand.
    signed = result[0].signed_xml if isinstance(result, list) else result.signed_xml
    if signed is None or signed.tag != "EsignResp":
        raise ValueError("what was signed is not the answer")
    return signed


def _expected(*, takes_sha1: bool) -> "SignatureConfiguration":
    from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
    from signxml.verifier import SignatureConfiguration

    methods, digests = {SignatureMethod.RSA_SHA256}, {DigestAlgorithm.SHA256}
    if takes_sha1:
        methods.add(SignatureMethod.RSA_SHA1)
        digests.add(DigestAlgorithm.SHA1)
    return SignatureConfiguration(
        location="./",
        signature_methods=frozenset(methods),
        digest_algorithms=frozenset(digests),
        default_reference_c14n_method=CanonicalizationMethod.CANONICAL_XML_1_0,
    )


def _answer(root: Any) -> Answer:
    status = root.get("status", "")
    if status not in {"0", "1", "2"}:
        raise ValueError("a status that is none")
    is_signed = status == "1"
    return Answer(
        txn=root.get("txn", ""),
        at=_time(root.get("ts", "")),
        is_signed=is_signed,
        is_pending=status == "2",
        error_code="" if is_signed else _code(root.get("errCode", "")),
        cms=_decoded(root.find("Signatures/DocSignature[@id='1']")) if is_signed else b"",
        certificate=_decoded(root.find("UserX509Certificate")) if is_signed else b"",
    )


def _decoded(element: Any) -> bytes:
    text = "".join((element.text or "").split()) if element is not None else ""
    if not text:
        raise ValueError("what is signed is missing")
    return b64decode(text, validate=True)


def _time(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=INDIA)


def _code(text: str) -> str:
    """The code where it is one: a word of a few letters and figures, no number of twelve figures."""
    return text if 0 < len(text) <= 11 and text.replace("-", "").isalnum() else ""
