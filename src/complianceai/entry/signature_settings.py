"""The settings of signatures with a certificate, and what the application offers by them."""

from pathlib import Path

from complianceai.drafting.sealing import Trust, read_identity, read_trust
from complianceai.entry.settings import Settings
from complianceai.workspace.signing.esign import Esign
from complianceai.workspace.signing.ways import DSC, ESIGN, Offered


def offered_ways(settings: Settings) -> Offered:
    """What is offered: nothing, unless the certificates of authorities are given; no certificate is read by this."""
    ways = set() if settings.cca_roots is None else {DSC}
    if settings.cca_roots is not None and settings.esign_url is not None:
        ways.add(ESIGN)
    return Offered(frozenset(ways), lambda: _trust(settings), lambda: _esign(settings))


def _trust(settings: Settings) -> Trust:
    """The authorities, and the lists of revoked certificates that lie in the folder at this moment.

    Errors: NoTrust.
    """
    return read_trust((settings.cca_roots or "").encode(), _lists(settings.cca_crl_dir))


def _lists(folder: Path | None) -> list[bytes]:
    return [] if folder is None else [each.read_bytes() for each in sorted(folder.glob("*.crl"))]


def _esign(settings: Settings) -> Esign:
    """The signature service.

    Errors: NoIdentity; NoTrust.
    """
    pem = settings.esign_pem.get_secret_value() if settings.esign_pem else ""
    return Esign(
        settings.esign_url or "",
        settings.esign_asp_id or "",
        read_identity(pem.encode()),
        _certificates(settings.esign_certificate or ""),
        settings.esign_sha1,
    )


def _certificates(pem: str) -> tuple[bytes, ...]:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return tuple(each.public_bytes(Encoding.DER) for each in x509.load_pem_x509_certificates(pem.encode()))
