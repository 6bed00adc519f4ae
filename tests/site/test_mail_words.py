"""A mail says the same in text and HTML, in the language of its reader, and nothing put into it becomes mark-up."""

from pathlib import Path

import pytest

from complianceai.site.language import LANGUAGES
from complianceai.site.mail_words import write
from complianceai.site.templating import ROOMS

BAD = '<script>alert("x")</script> & Co'
VALUES = {
    "name": BAD, "path": "/verify", "token": "a/b?c&d", "proof": "p", "address": "new@example.com",
    "who": BAD, "company": BAD, "practice": BAD, "role": "viewer", "until": "2026-12-31",
    "what": "Password changed", "about": BAD,
    "number": BAD, "amount": BAD, "plan": BAD, "subscription": "a", "invoice": "a",
    "title": BAD, "text": BAD, "message": BAD, "reason": BAD, "code": "123456", "sealed": "ab" * 32,
    "way": "password", "at": "2026-11-25T04:00:00+00:00", "browser": BAD, "place": "10.0.0.1",
}  # fmt: skip
TEMPLATES = sorted(
    f"{path.parents[2].name}/mail/{path.name}" for path in ROOMS.glob("*/templates/mail/*.html")
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_mail_can_be_written_in_every_language(template: str, language: str) -> None:
    written = write(template, language, "https://dates.example", VALUES)
    assert written.subject
    assert "\n" not in written.subject
    assert "<script" not in written.html
    assert f'lang="{language}"' in written.html
    assert "&lt;" not in written.text
    assert "&amp;" not in written.text
    assert "%(" not in written.text
    for line in written.text.splitlines():
        assert not line.startswith("http") or line.startswith("https://dates.example")


def test_words_are_escaped_in_html_and_plain_in_text_and_subject() -> None:
    written = write("tenancy/mail/invitation.html", "en", "https://dates.example", VALUES)
    assert written.subject == f"{BAD} invites you to {BAD}"
    assert f"{BAD} would like you" in written.text
    assert "&lt;script&gt;" in written.html
    link = "https://dates.example/app/invitation?token=a%2Fb%3Fc%26d&proof=p"
    assert link in written.text
    assert link.replace("&", "&amp;") in written.html


def test_there_are_mails() -> None:
    assert len(TEMPLATES) >= 8
    assert Path(ROOMS / "site/templates/mail.html").is_file()
