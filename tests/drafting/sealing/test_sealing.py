"""A sealed paper is known again, and every change to it is seen, by us and by programs that are not ours."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from complianceai import drafting
from complianceai.drafting.sealing import (
    Identity,
    NoIdentity,
    Seal,
    State,
    look_at,
    read_identity,
    seal,
    trial_identity,
)

TEXT = "# Resolution\n\nThe Board agrees. ₹1,00,000 के लिए।\n"
TRIAL = trial_identity("a secret of the tests")


def _paper() -> bytes:
    return drafting.write_pdf(
        drafting.read(TEXT, numbered=False), drafting.Style(language="en", title="A paper")
    )


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(_paper(), TRIAL, reason="Signed by all", name="ComplianceAI")


def _organisation() -> bytes:
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Rao & Co LLP")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + made.public_bytes(Encoding.PEM)


def test_a_sealed_paper_is_one_of_ours(sealed: bytes) -> None:
    found = look_at(sealed, TRIAL)
    assert found.state is State.OURS
    assert found.name == "ComplianceAI trial seal, no certified signature"
    assert found.at is not None
    assert abs(found.at - datetime.now(UTC)) < timedelta(minutes=5)


def test_the_paper_reads_as_before(sealed: bytes) -> None:
    assert sealed.startswith(_paper()[:1000])
    assert "The Board agrees" in PdfReader(BytesIO(sealed)).pages[0].extract_text()


@settings(max_examples=60)
@given(st.floats(0, 0.999), st.integers(0, 7))
def test_no_flipped_bit_leaves_it_one_of_ours(sealed: bytes, where: float, bit: int) -> None:
    changed = bytearray(sealed)
    changed[int(len(changed) * where)] ^= 1 << bit
    found = look_at(bytes(changed), TRIAL)
    # The room kept for the signature is wider than it; what stands there is read by nobody and signed by nobody.
    assert found.state is not State.OURS or _is_padding(sealed, int(len(sealed) * where))


def _is_padding(sealed: bytes, at: int) -> bool:
    first = sealed.index(b"/Contents <") + len(b"/Contents <")
    return first <= at < sealed.index(b">", first)


@pytest.mark.parametrize("added", [b"\n", b"%%EOF\n", b"1 0 obj <</Type /Catalog>> endobj\n%%EOF"])
def test_what_is_written_after_the_seal_is_seen(sealed: bytes, added: bytes) -> None:
    assert look_at(sealed + added, TRIAL).state in {State.CHANGED, State.UNREADABLE}


def test_a_page_added_by_another_program_is_seen(sealed: bytes) -> None:
    writer = PdfWriter(BytesIO(sealed), incremental=True)
    writer.add_blank_page(200, 200)
    changed = BytesIO()
    writer.write(changed)
    assert look_at(changed.getvalue(), TRIAL).state is State.CHANGED


def test_anothers_seal_is_not_taken_for_ours(sealed: bytes) -> None:
    other = trial_identity("another secret")
    assert look_at(sealed, other).state is State.ANOTHERS
    assert look_at(sealed, other, TRIAL).state is State.OURS


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"not a paper", b"%PDF-1.7\n" + b"0" * 5000])
def test_nonsense_is_unreadable(content: bytes) -> None:
    assert look_at(content, TRIAL) == Seal(State.UNREADABLE)


def test_a_paper_without_a_seal_has_none() -> None:
    assert look_at(_paper(), TRIAL) == Seal(State.UNSEALED)


def test_every_process_has_the_same_trial_key() -> None:
    trial_identity.cache_clear()
    again = trial_identity("a secret of the tests")
    assert again.public_key == TRIAL.public_key
    assert look_at(seal(_paper(), again, reason="r", name="n"), TRIAL).state is State.OURS


def test_the_organisations_own_certificate_is_used() -> None:
    own = read_identity(_organisation())
    assert not own.is_trial
    found = look_at(seal(_paper(), own, reason="Signed by all", name="Rao & Co LLP"), own)
    assert (found.state, found.name) == (State.OURS, "Rao & Co LLP")


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"nonsense",
        _organisation().split(b"-----BEGIN CERT")[0],
        b"".join(_organisation().split(b"\n")[3:]),
    ],
)
def test_what_is_no_key_with_its_certificate_is_refused(pem: bytes) -> None:
    with pytest.raises(NoIdentity):
        read_identity(pem)


def test_a_certificate_of_another_key_is_refused() -> None:
    key = _organisation().split(b"-----BEGIN CERT")[0]
    certificate = b"-----BEGIN CERT" + _organisation().split(b"-----BEGIN CERT")[1]
    with pytest.raises(NoIdentity, match="not that of the key"):
        read_identity(key + certificate)


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="pdfsig (poppler-utils) is not on this machine")
def test_another_program_finds_the_seal_sound(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(sealed)
    said = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said
    assert "ETSI.CAdES.detached" in said
    assert "Total document signed" in said
    file.write_bytes(
        sealed.replace(b"/Type/Page", b"/Type/Pagf", 1)
        if b"/Type/Page" in sealed
        else sealed[:-40] + b"x" * 40
    )
    assert (
        "Signature is Valid"
        not in subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
    )


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not on this machine")
def test_another_program_finds_the_sealed_file_well_made(sealed: bytes, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(sealed)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_identity_of_a_trial_says_so() -> None:
    assert isinstance(TRIAL, Identity)
    assert TRIAL.is_trial
