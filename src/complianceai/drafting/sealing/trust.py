"""Whose certificates are believed: the roots, those between, and lists of what was revoked."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from complianceai.base.errors import DomainError, Kind

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class NoTrust(DomainError):
    """What was given are no certificates of authorities, or no lists of revoked ones."""

    code = "drafting.no_trust"
    kind = Kind.INVALID
    sentence = "The authorities' certificates cannot be used: {fault}."


class Trust(NamedTuple):
    """Certificates and lists of revoked ones, each in DER. Without a list nobody can say that none was revoked."""

    roots: tuple[bytes, ...]
    between: tuple[bytes, ...]
    lists: tuple[bytes, ...]


def read_trust(pem: bytes, lists: Iterable[bytes] = ()) -> Trust:
    """The authorities that stand there: who vouches for itself is a root, the others stand between.

    Errors: NoTrust.
    """
    from cryptography import x509

    try:
        found = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise NoTrust(fault="there is no certificate in PEM among them") from error
    if any(not _is_authority(each) for each in found):
        raise NoTrust(fault="one of them is not an authority's")
    roots = tuple(_der(each) for each in found if each.issuer == each.subject)
    if not roots:
        raise NoTrust(fault="none of them is a root, which vouches for itself")
    between = tuple(_der(each) for each in found if each.issuer != each.subject)
    return Trust(roots, between, tuple(_list(each) for each in lists))


def _is_authority(certificate: "Certificate") -> bool:
    from cryptography import x509

    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _list(content: bytes) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    load = x509.load_pem_x509_crl if content.lstrip().startswith(b"-----") else x509.load_der_x509_crl
    try:
        return load(content).public_bytes(Encoding.DER)
    except ValueError as error:
        raise NoTrust(fault="a list of revoked certificates cannot be read") from error


def _der(certificate: "Certificate") -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.DER)
