"""Authorities as those of India stand: a root, one between, and the certificates that it issues; made in the test."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2046, 1, 1, tzinfo=UTC)
FOR_SIGNING = frozenset({"digital_signature", "content_commitment"})
_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A key and its certificate."""

    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> str:
        secret = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        return secret + self.certificate_pem

    @property
    def certificate_pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def certificate_der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)


@dataclass
class Authorities:
    """A root, the authority below it that issues, and whom it has revoked."""

    root: Pair = field(default_factory=lambda: _authority("CCA of the tests", None, 1))
    revoked: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.issuer = _authority("A certifying authority of the tests", self.root, 0)

    @property
    def pem(self) -> str:
        return self.root.certificate_pem + self.issuer.certificate_pem

    def issue(
        self,
        name: str,
        now: datetime,
        *,
        usages: frozenset[str] = FOR_SIGNING,
        minutes: int = 30,
        before: int = 60,
    ) -> Pair:
        """Somebody's certificate, good from `before` minutes ago for `minutes` from now on."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name(
            [x509.NameAttribute(NameOID.COUNTRY_NAME, "IN"), x509.NameAttribute(NameOID.COMMON_NAME, name)]
        )
        since, until = now - timedelta(minutes=before), now + timedelta(minutes=minutes)
        return _issued(key, subject, self.issuer, (since, until), usages, None)

    def lists(self, now: datetime) -> list[bytes]:
        """The lists of revoked certificates of both authorities, as of now."""
        return [_list(self.root, [], now), _list(self.issuer, self.revoked, now)]


def own_pair(name: str) -> Pair:
    """A key of RSA with a certificate of its own, as services and their customers sign XML with."""
    key = rsa.generate_private_key(65537, 2048)
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return _issued(key, named, None, (FROM, UNTIL), FOR_SIGNING, None)


@cache
def authorities() -> Authorities:
    """The same ones for a whole run, since making keys takes a while."""
    return Authorities()


def _authority(name: str, above: Pair | None, length: int) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return _issued(key, named, above, (FROM, UNTIL), frozenset({"key_cert_sign", "crl_sign"}), length)


def _issued(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    subject: x509.Name,
    above: Pair | None,
    valid: tuple[datetime, datetime],
    usages: frozenset[str],
    length: int | None,
) -> Pair:
    by = above.certificate.subject if above else subject
    signing = above.key if above else key
    usage = x509.KeyUsage(**{each: each in usages for each in _USAGES})
    made = (
        x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(length is not None, length), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .sign(signing, hashes.SHA256())
    )
    return Pair(key, made)


def _list(by: Pair, serials: list[int], now: datetime) -> bytes:
    made = (
        x509.CertificateRevocationListBuilder(by.certificate.subject)
        .last_update(now - timedelta(hours=1))
        .next_update(now + timedelta(hours=24))
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by.key.public_key()), critical=False
        )
    )
    for serial in serials:
        gone = x509.RevokedCertificateBuilder(serial, now - timedelta(hours=2)).build()
        made = made.add_revoked_certificate(gone)
    return made.sign(by.key, hashes.SHA256()).public_bytes(Encoding.DER)
