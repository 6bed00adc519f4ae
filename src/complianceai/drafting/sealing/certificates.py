"""Whose seal it is: the organisation's certificate with its key, or one made here for trial that says so."""

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from complianceai.base.errors import DomainError, Kind

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
    from cryptography.x509 import Certificate

TRIAL_NAME = "ComplianceAI trial seal, no certified signature"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
# The key is the same in every process and year, so its certificate is as well but for its own signature.
_FROM, _UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)


class NoIdentity(DomainError):
    """What was given is no key with its certificate."""

    code = "drafting.no_identity"
    kind = Kind.INVALID
    sentence = (
        "The seal's certificate cannot be used: {fault}. Give PEM with the private key and its certificate, "
        "those of its issuers after it."
    )


class Identity(NamedTuple):
    """A key and its certificates, the own one first, each in DER; `is_trial` where nobody vouches for it."""

    key: bytes
    certificates: tuple[bytes, ...]
    is_trial: bool

    @property
    def public_key(self) -> bytes:
        """What a seal is known again by, whichever certificate of this key it bears."""
        return public_key_of(self.certificates[0])


def read_identity(pem: bytes) -> Identity:
    """The key and the certificates that stand there.

    Errors: NoIdentity.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

    try:
        key = load_pem_private_key(pem, None)
        certificates = x509.load_pem_x509_certificates(pem)
    except (ValueError, TypeError) as error:
        raise NoIdentity(fault=str(error).splitlines()[0] or "it is no PEM") from error
    if not certificates or _spki(certificates[0]) != _public(key):
        raise NoIdentity(fault="the first certificate is not that of the key")
    return Identity(
        _private(key), tuple(each.public_bytes(Encoding.DER) for each in certificates), is_trial=False
    )


@lru_cache(maxsize=2)
def trial_identity(secret: str) -> Identity:
    """An identity derived from the installation's secret, so that every process and machine of it has the same."""
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    from cryptography.hazmat.primitives.serialization import Encoding

    # Source: NIST SP 800-56A, 5.6.1.2.1: so many more bits than the order has that nothing leans to one side.
    derived = HKDF(hashes.SHA256(), 48, None, b"complianceai trial seal").derive(secret.encode())
    key = ec.derive_private_key(int.from_bytes(derived, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
    return Identity(_private(key), (_own_certificate(key).public_bytes(Encoding.DER),), is_trial=True)


def public_key_of(certificate: bytes) -> bytes:
    """The public key of a certificate in DER."""
    from cryptography import x509

    return _spki(x509.load_der_x509_certificate(certificate))


def _own_certificate(key: "EllipticCurvePrivateKey") -> "Certificate":
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.x509.oid import NameOID

    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, TRIAL_NAME)])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _private(key: "PrivateKeyTypes") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _public(key: "PrivateKeyTypes") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _spki(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
