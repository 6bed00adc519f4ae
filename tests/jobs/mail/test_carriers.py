"""The mail server and its twin carry the same messages alike; what only a server can do is tried on a real one."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from complianceai.base.ids import new_id
from complianceai.jobs.errors import MailNotSent
from complianceai.jobs.mail import Envelope, Post, message_of, post_for
from complianceai.jobs.mail.carriers import NoPost
from complianceai.jobs.mail.smtp import read_smtp_url
from tests.jobs.mail.servers import mail_server
from tests.support.certificates import certificate

NOW = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)
LONG = "एक बहुत लंबा वाक्य जो कई पंक्तियों में टूटेगा। " * 30


def envelope(**changes: object) -> Envelope:
    plain = Envelope(
        id=new_id(),
        sender="ComplianceAI <no-reply@dates.example>",
        to="asha@example.com",
        to_name="आशा राव",
        subject="पासवर्ड बदलें",
        text=f".a line with a dot first\n{LONG}\n",
        html=f"<p>{LONG}</p>",
        at=NOW,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def _in_folder(folder: Path) -> list[EmailMessage]:
    read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in folder.glob("*.eml")]
    return [each for each in read if isinstance(each, EmailMessage)]


@pytest.fixture(params=["server", "folder"])
def carrier(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Post, Callable[[], list[EmailMessage]]]]:
    with ExitStack() as stack:
        if request.param == "server":
            room, port = stack.enter_context(mail_server())
            yield post_for(f"smtp://127.0.0.1:{port}", tmp_path, is_production=True), lambda: room.messages
        else:
            yield post_for(None, tmp_path, is_production=False), lambda: _in_folder(tmp_path / "mail")


async def test_what_is_sent_arrives_as_it_was_written(
    carrier: tuple[Post, Callable[[], list[EmailMessage]]],
) -> None:
    post, arrived = carrier
    sent = envelope(leave="https://dates.example/leave/1")
    await post.send(message_of(sent))
    (got,) = arrived()
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == sent.text
    assert html.get_content().strip() == sent.html
    assert (got["Subject"], got["To"].addresses[0].display_name) == (sent.subject, sent.to_name)
    assert got["From"].addresses[0].addr_spec == "no-reply@dates.example"
    assert got["Message-ID"] == f"<{sent.id}@dates.example>"
    assert got["Date"].datetime == NOW
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["List-Unsubscribe"] == "<https://dates.example/leave/1>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


async def test_a_mail_that_is_sent_again_is_the_same_mail(
    carrier: tuple[Post, Callable[[], list[EmailMessage]]],
) -> None:
    post, arrived = carrier
    sent = envelope()
    assert message_of(sent).as_bytes() == message_of(sent).as_bytes()
    for _ in range(2):
        await post.send(message_of(sent))
    assert {each["Message-ID"] for each in arrived()} == {f"<{sent.id}@dates.example>"}
    assert len({each.as_bytes() for each in arrived()}) == 1


async def test_no_name_or_subject_begins_a_header_of_its_own(
    carrier: tuple[Post, Callable[[], list[EmailMessage]]],
) -> None:
    post, arrived = carrier
    bad = "Rao\r\nBcc: all@example.com\r\n\r\nbody\x00\x1b\u2028x"
    await post.send(message_of(envelope(subject=bad, to_name=bad, more={"X-Company": bad})))
    (got,) = arrived()
    assert got["Bcc"] is None
    assert got["Subject"] == got["X-Company"] == "Rao Bcc: all@example.com body x"
    assert [each.addr_spec for each in got["To"].addresses] == ["asha@example.com"]


@pytest.mark.parametrize(
    "address",
    ["asha@example.com\r\nRCPT TO:<x@example.com>", "a@b@c", "two@example.com, more@example.com", ""],
)
def test_an_address_that_is_none_is_refused_for_good(address: str) -> None:
    with pytest.raises(MailNotSent) as refused:
        message_of(envelope(to=address))
    assert not refused.value.will_pass


def test_a_domain_in_another_script_is_spelt_as_servers_know_it() -> None:
    assert (
        message_of(envelope(to="asha@उदाहरण.com"))["To"].addresses[0].addr_spec == "asha@xn--p1b6ci4b4b3a.com"
    )


async def test_a_refusal_says_whether_it_will_pass() -> None:
    with mail_server() as (room, port):
        room.answers = {"gone@example.com": "550 no such mailbox", "full@example.com": "452 mailbox full"}
        post = post_for(f"smtp://localhost:{port}", Path(), is_production=True)
        for address, will_pass in (("gone@example.com", False), ("full@example.com", True)):
            with pytest.raises(MailNotSent) as refused:
                await post.send(message_of(envelope(to=address)))
            assert refused.value.will_pass is will_pass
    with pytest.raises(MailNotSent, match="cannot be reached") as refused:
        await post.send(message_of(envelope()))
    assert refused.value.will_pass
    assert room.messages == []


async def test_a_server_elsewhere_gets_the_password_only_over_an_encrypted_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate(tmp_path))
    with mail_server(tls, password="p@ss") as (room, port):
        url = f"smtp://asha:p%40ss@127.0.0.1:{port}"
        with pytest.raises(MailNotSent, match="certificate"):
            await post_for(f"{url}?starttls=always", tmp_path, is_production=True).send(
                message_of(envelope())
            )
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "server.pem"))
        await post_for(f"{url}?starttls=always", tmp_path, is_production=True).send(message_of(envelope()))
        wrong = post_for(f"smtp://asha:no@127.0.0.1:{port}?starttls=always", tmp_path, is_production=True)
        with pytest.raises(MailNotSent, match="user or the password"):
            await wrong.send(message_of(envelope()))
    assert len(room.messages) == 1


@pytest.mark.parametrize(
    ("url", "port", "is_tls", "start_tls"),
    [
        ("smtp://mail.example.com", 587, False, True),
        ("smtp://u:p@mail.example.com:25?starttls=never", 25, False, False),
        ("smtps://mail.example.com", 465, True, False),
        ("smtp://localhost:25", 25, False, False),
        ("smtp://[::1]:25?starttls=always", 25, False, True),
    ],
)
def test_the_address_says_how_to_speak(url: str, port: int, *, is_tls: bool, start_tls: bool) -> None:
    server = read_smtp_url(url)
    assert (server.port, server.is_tls, server.start_tls) == (port, is_tls, start_tls)


async def test_in_production_without_a_server_no_mail_is_said_to_be_sent(tmp_path: Path) -> None:
    post = post_for(None, tmp_path, is_production=True)
    assert isinstance(post, NoPost)
    with pytest.raises(MailNotSent, match="SMTP_URL is not set") as refused:
        await post.send(message_of(envelope()))
    assert not refused.value.will_pass
    assert not (tmp_path / "mail").exists()
