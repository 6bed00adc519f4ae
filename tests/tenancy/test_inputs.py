"""The rules of registration, as tables."""

import pytest
from pydantic import ValidationError

from complianceai.site.faults import faults_of
from complianceai.tenancy import inputs
from complianceai.tenancy.schemas import Registration

GOOD = {"name": "Asha Rao", "email": "asha@example.com", "password": "Aa1!aaaa"}


def faults(**changes: object) -> dict[str, str]:
    try:
        Registration.model_validate({**GOOD, **changes})
    except ValidationError as error:
        return faults_of(error.errors())
    return {}


@pytest.mark.parametrize(
    "name",
    ["Al", "Asha Rao", "  Asha  ", "देव शर्मा", "அருண்", "Zoe\u0308 Müller", "محمد علي", "x" * 50, "শ্রী রায়"],
)
def test_names_of_any_script_are_taken(name: str) -> None:
    assert faults(name=name) == {}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", inputs.NAME_LENGTH),
        ("A", inputs.NAME_LENGTH),
        ("   A   ", inputs.NAME_LENGTH),
        ("x" * 51, inputs.NAME_LENGTH),
        ("Asha2", inputs.NAME_LETTERS),
        ("Asha  Rao", inputs.NAME_LETTERS),
        ("A. Rao", inputs.NAME_LETTERS),
        ("<script>", inputs.NAME_LETTERS),
        ("Asha\u202eRao", inputs.NAME_LETTERS),
        ("Asha\tRao", inputs.CONTROL),
        ("Asha\x00Rao", inputs.CONTROL),
    ],
)
def test_other_names_are_refused_with_rule_and_cure(name: str, sentence: str) -> None:
    assert faults(name=name) == {"name": sentence}


@pytest.mark.parametrize(
    "email", ["a@b.in", " asha@example.com ", "asha+gst@mail.example.com", "आशा@उदाहरण.भारत"]
)
def test_addresses_that_mail_can_have_are_taken(email: str) -> None:
    assert faults(email=email) == {}


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", inputs.EMAIL_SHAPE),
        ("asha", inputs.EMAIL_SHAPE),
        ("asha@", inputs.EMAIL_SHAPE),
        ("asha@localhost", inputs.EMAIL_SHAPE),
        ("Asha <asha@example.com>", inputs.EMAIL_SHAPE),
        ("asha@example.com, b@example.com", inputs.EMAIL_SHAPE),
        ("asha@example.com\r\nBcc: b@example.com", inputs.CONTROL),
        (f"{'a' * 60}@{'b' * 40}.com", inputs.EMAIL_LENGTH),
    ],
)
def test_other_addresses_are_refused_with_rule_and_cure(email: str, sentence: str) -> None:
    assert faults(email=email) == {"email": sentence}


@pytest.mark.parametrize("password", ["Aa1!aaaa", f"Aa1&{'x' * 124}", "पासवर्ड Aa1?", " Aa1$ aa "])
def test_passwords_that_keep_every_rule_are_taken(password: str) -> None:
    assert faults(password=password) == {}


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", inputs.PASSWORD_LENGTH),
        ("Aa1!aaa", inputs.PASSWORD_LENGTH),
        (f"Aa1&{'x' * 125}", inputs.PASSWORD_LENGTH),
        ("AA1!AAAA", inputs.PASSWORD_LOWER),
        ("aa1!aaaa", inputs.PASSWORD_UPPER),
        ("Aaa!aaaa", inputs.PASSWORD_DIGIT),
        ("Aa1aaaaa", inputs.PASSWORD_SPECIAL),
        ("Aa1#aaaa", inputs.PASSWORD_SPECIAL),
        ("Aa1!aaaa\x00", inputs.CONTROL),
    ],
)
def test_other_passwords_are_refused_with_rule_and_cure(password: str, sentence: str) -> None:
    assert faults(password=password) == {"password": sentence}


@pytest.mark.parametrize("phone", [None, "", "6000000000", "9876543210"])
def test_a_mobile_number_may_be_given_or_left_out(phone: str | None) -> None:
    assert faults(phone=phone) == {}


@pytest.mark.parametrize(
    "phone", ["5876543210", "987654321", "98765432100", "+919876543210", "98765 43210", "९८७६५४३२१०"]
)
def test_other_numbers_are_refused_with_rule_and_cure(phone: str) -> None:
    assert faults(phone=phone) == {"phone": inputs.PHONE_SHAPE}


def test_fields_that_nobody_asked_for_are_refused() -> None:
    assert list(faults(role="owner", isAdmin=True)) == ["role", "isAdmin"]


def test_two_spellings_of_a_name_are_kept_as_one() -> None:
    spelt = Registration.model_validate({**GOOD, "name": "Jose\u0301"}).name
    assert spelt == "José"
