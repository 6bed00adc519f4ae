"""A stand-in for a signature service (ESP) of Aadhaar eSign: it speaks the protocol over loopback HTTP, by its script.

It takes the form that a signer's browser brings, looks at our signature of the request, and gives back a page whose one
button takes its own signed answer to where the request says. On cue it misbehaves, in each of the ways of `CUES`.
"""

import asyncio
import html
import threading
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from tests.support.authorities import Authorities, Pair, authorities, own_pair

AADHAAR = "999941057058"  # one of UIDAI's own test numbers
CUES = (
    "", "cancelled", "pending", "wrong_hash", "other_txn", "expired", "stranger", "not_for_signing", "revoked",
    "other_certificate", "no_signature", "forged", "unsigned", "tampered", "sha1", "old", "huge", "entities", "wrapped",
    "nonsense",
)  # fmt: skip


@dataclass
class Esp:
    """The service: whose requests it takes, by what authority it issues, and what it is to do next."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    asp: Pair = field(default_factory=lambda: own_pair("An application that asks"))
    own: Pair = field(default_factory=lambda: own_pair("A signature service"))
    authorities: Authorities = field(default_factory=authorities)
    asp_id: str = "ASP-OF-TESTS"
    cue: str = ""
    name: str = "Chitra Nair"
    url: str = ""
    seen: list[Any] = field(default_factory=list)

    @property
    def settings(self) -> dict[str, Any]:
        """What the product is told of it."""
        return {
            "esign_url": f"{self.url}/esign/2.1/form/signdoc", "esign_asp_id": self.asp_id,
            "esign_pem": self.asp.pem, "esign_certificate": self.own.certificate_pem,
            "cca_roots": self.authorities.pem, "public_url": "http://testserver",
        }  # fmt: skip

    def hear(self, fields: dict[str, str]) -> tuple[str, str]:
        """Where the browser goes back to, and the answer that it takes there."""
        assert fields["Content-Type"] == "application/xml"
        request = verified(fields["eSignRequest"].encode(), self.asp)
        self._check(request, fields["aspTxnID"])
        self.seen.append(request)
        return str(request.get("responseUrl")), self.answer(request)

    def _check(self, request: Any, txn: str) -> None:
        """What is known of the request's form; a service answers anything else with an error."""
        assert request.tag == "Esign"
        assert set(request.attrib) == {
            "ver", "sc", "ts", "txn", "ekycId", "ekycIdType", "aspId", "AuthMode", "responseSigType", "responseUrl",
        }  # fmt: skip
        fixed = {"ver": "2.1", "sc": "Y", "ekycId": "", "ekycIdType": "A", "AuthMode": "1", "txn": txn}
        assert {name: request.get(name) for name in fixed} == fixed
        assert (request.get("aspId"), request.get("responseSigType")) == (self.asp_id, "pkcs7")
        here = self.clock().replace(tzinfo=None) + timedelta(hours=5, minutes=30)
        assert abs(datetime.fromisoformat(request.get("ts")) - here) < timedelta(minutes=10)
        [hashed] = request.findall("Docs/InputHash")
        assert (hashed.get("id"), hashed.get("hashAlgorithm")) == ("1", "SHA256")
        assert len(bytes.fromhex(hashed.text)) == 32

    def answer(self, request: Any) -> str:
        """The answer in XML, as the cue wants it."""
        from lxml import etree

        if self.cue == "nonsense":
            return "<EsignResp status='1'"
        now = self.clock() - timedelta(minutes=90 if self.cue == "old" else 0)
        txn = "somebody-elses" if self.cue == "other_txn" else request.get("txn")
        fields = {"errCode": "NA", "errMsg": "NA", "resCode": "D2267EC0", "status": "1", "txn": txn}
        if self.cue == "cancelled":
            told = f"Aadhaar number {AADHAAR} does not have both email and mobile"
            fields |= {"status": "0", "errCode": "112", "errMsg": told}
        if self.cue == "pending":
            fields["status"] = "2"
        here = now.replace(tzinfo=None) + timedelta(hours=5, minutes=30)
        root = etree.Element("EsignResp", ts=here.isoformat(timespec="milliseconds"), **fields)
        if fields["status"] == "1":
            self._sign_document(root, request.findtext("Docs/InputHash"))
        return self._signed(root)

    def _sign_document(self, root: Any, digest: str) -> None:
        from lxml import etree

        pair = self._certificate()
        shown = self._certificate() if self.cue == "other_certificate" else pair
        etree.SubElement(root, "UserX509Certificate").text = b64encode(shown.certificate_der).decode()
        if self.cue == "no_signature":
            return
        wanted = "00" * 32 if self.cue == "wrong_hash" else digest
        cms = cms_of(pair, bytes.fromhex(wanted)) + (b"\0" * 40_000 if self.cue == "huge" else b"")
        place = etree.SubElement(
            etree.SubElement(root, "Signatures"),
            "DocSignature",
            id="1",
            sigHashAlgorithm="SHA256",
            error="NA",
        )
        place.text = b64encode(cms).decode()

    def _certificate(self) -> Pair:
        now = self.clock()
        if self.cue == "stranger":
            return Authorities().issue(self.name, now)
        if self.cue == "expired":
            return self.authorities.issue(self.name, now, minutes=-5)
        if self.cue == "not_for_signing":
            return self.authorities.issue(self.name, now, usages=frozenset({"key_encipherment"}))
        pair = self.authorities.issue(self.name, now)
        if self.cue == "revoked":
            self.authorities.revoked.append(pair.certificate.serial_number)
        return pair

    def _signed(self, root: Any) -> str:
        from lxml import etree

        if self.cue == "unsigned":
            return etree.tostring(root).decode()
        pair = own_pair("Somebody else") if self.cue == "forged" else self.own
        signed = etree.tostring(
            _signer(self.cue == "sha1").sign(root, key=pair.key, cert=pair.certificate_pem)
        )
        text: str = signed.decode()
        if self.cue == "tampered":
            return text.replace('errMsg="NA"', 'errMsg="None"')
        if self.cue == "entities":
            return f'<!DOCTYPE EsignResp [<!ENTITY x SYSTEM "file:///etc/passwd">]>{text}'
        if self.cue == "wrapped":
            # What was signed stands within another answer that says something else.
            return f'<EsignResp status="1" txn="x">{text}</EsignResp>'
        return text


def verified(xml: bytes, pair: Pair) -> Any:
    """What was signed, looked at by hand, as a service that has another library does.

    Source: W3C XML Signature Syntax and Processing, 3.2
    """
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA256
    from lxml import etree

    names = {"ds": "http://www.w3.org/2000/09/xmldsig#"}
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    [signature] = root.findall("ds:Signature", names)
    signed = signature.find("ds:SignedInfo", names)
    [reference] = signed.findall("ds:Reference", names)
    assert reference.get("URI") == ""
    key = pair.key.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    value = b64decode(signature.findtext("ds:SignatureValue", namespaces=names))
    key.verify(value, etree.tostring(signed, method="c14n"), padding.PKCS1v15(), SHA256())
    wanted = b64decode(reference.findtext("ds:DigestValue", namespaces=names))
    root.remove(signature)
    assert sha256(etree.tostring(root, method="c14n")).digest() == wanted
    return root


def _signer(is_old: bool) -> Any:
    from signxml.algorithms import CanonicalizationMethod, DigestAlgorithm, SignatureMethod
    from signxml.signer import XMLSigner

    class Old(XMLSigner):
        """As services signed that had not moved on."""

        def check_deprecated_methods(self) -> None:
            return

    ways = (
        {"signature_algorithm": SignatureMethod.RSA_SHA1, "digest_algorithm": DigestAlgorithm.SHA1}
        if is_old else {}
    )  # fmt: skip
    return Old(c14n_algorithm=CanonicalizationMethod.CANONICAL_XML_1_0, **ways)


def cms_of(pair: Pair, digest: bytes) -> bytes:
    """A detached signature of what has that SHA-256, as a service or a token's program makes it."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    key = pair.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    own = x509.Certificate.load(pair.certificate_der)
    signer = SimpleSigner(own, keys.PrivateKeyInfo.load(key), SimpleCertificateStore())
    made: bytes = asyncio.run(signer.async_sign(digest, "sha256")).dump()
    return made


@contextmanager
def running(esp: Esp) -> Iterator[Esp]:
    """The service at an address of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)  # the icon that a browser asks for
            self.end_headers()

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            sent = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            back_to, answer = esp.hear({name: values[0] for name, values in sent.items()})
            page = (
                f"<!doctype html><html lang=en><title>eSign</title><h1>A signature service</h1>"
                f'<form method="post" action="{html.escape(back_to)}">'
                f'<input type="hidden" name="eSignResponse" value="{html.escape(answer)}">'
                f'<input type="hidden" name="espTxnID" value="1"><button>Sign</button></form></html>'
            ).encode()
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: Any) -> None:
            """Nothing: a test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    esp.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield esp
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
