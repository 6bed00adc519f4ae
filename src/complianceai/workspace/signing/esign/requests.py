"""The request for a signature, signed by us."""

from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from complianceai.base.clock import INDIA
from complianceai.drafting.sealing import Identity

VERSION = "2.1"
# How long the description may be was not read; longer ones were seen nowhere.
MOST_ABOUT = 50


class Esign(NamedTuple):
    """A signature service: where it is, who we are to it, what we sign requests with, whose answers are believed."""

    url: str
    asp_id: str
    identity: Identity
    certificates: tuple[bytes, ...]
    # Answers of some services are signed by RSA with SHA-1 still.
    takes_sha1: bool = False

    @property
    def origin(self) -> str:
        """What a page's policy calls the service."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


def write_request(esign: Esign, txn: str, digest: str, about: str, answer_to: str, now: datetime) -> str:
    """The request in XML. No Aadhaar number is in it: the signer tells that to the service alone.

    Source: eSign API Specifications 2.1 (CCA), element Esign, as far as docs/signing.md says that it was read; W3C
    XML Signature, enveloped, by which the service knows that it is ours
    """
    from lxml import etree

    root = etree.Element(
        "Esign", ver=VERSION, sc="Y", ts=request_time(now), txn=txn, ekycId="", ekycIdType="A",
        aspId=esign.asp_id, AuthMode="1", responseSigType="pkcs7", responseUrl=answer_to,
    )  # fmt: skip
    hashed = etree.SubElement(
        etree.SubElement(root, "Docs"), "InputHash",
        id="1", hashAlgorithm="SHA256", docInfo=_plain(about),
    )  # fmt: skip
    hashed.text = digest
    signed: bytes = etree.tostring(_signed(root, esign.identity), encoding="UTF-8", xml_declaration=True)
    return signed.decode()


def request_time(now: datetime) -> str:
    """The time in India, as the service writes it: without a zone."""
    return f"{now.astimezone(INDIA):%Y-%m-%dT%H:%M:%S}"


def _signed(root: Any, identity: Identity) -> Any:
    from cryptography.hazmat.primitives.serialization import Encoding, load_der_private_key
    from cryptography.x509 import load_der_x509_certificate
    from signxml.algorithms import CanonicalizationMethod
    from signxml.signer import XMLSigner

    # Letter by letter what services are known to take: the older canonical form, and no transform to say so.
    signer = XMLSigner(c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0)
    own = load_der_x509_certificate(identity.certificates[0]).public_bytes(Encoding.PEM).decode()
    key: Any = load_der_private_key(identity.key, None)
    return signer.sign(root, key=key, cert=own, exclude_c14n_transform_element=True)


def _plain(about: str) -> str:
    """What the paper is, in characters that XML can hold."""
    return "".join(each for each in about if each.isprintable())[:MOST_ABOUT] or "Document"
