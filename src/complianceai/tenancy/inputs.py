"""The rules that a person's own words must keep, the same for page and API."""

import re
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from complianceai.base.text import has_control_characters, in_one_spelling, is_made_of_letters_and_spaces
from complianceai.site.words import marked

SPECIALS = "@$!%*?&"

CONTROL = marked("This holds a control character, which no keyboard types. Type it anew.")
NAME_LENGTH = marked("A name has 2 to 50 characters. Write your name in that space.")
NAME_LETTERS = marked(
    "A name is letters and single spaces, in any script. Leave out digits, dots and other signs."
)
EMAIL_LENGTH = marked("An e-mail address has at most 100 characters. Give a shorter one.")
EMAIL_SHAPE = marked("This is not an e-mail address. Write it as name@example.com.")
PASSWORD_LENGTH = marked("A password has 8 to 128 characters. Choose one of that length.")
PASSWORD_LOWER = marked("A password has at least one small letter. Add one, such as a.")
PASSWORD_UPPER = marked("A password has at least one capital letter. Add one, such as A.")
PASSWORD_DIGIT = marked("A password has at least one digit. Add one from 0 to 9.")
PASSWORD_SPECIAL = marked("A password has at least one of the signs @ $ ! % * ? &. Add one of them.")
PHONE_SHAPE = marked(
    "An Indian mobile number is ten digits and begins with 6, 7, 8 or 9. Write it without +91 or spaces."
)


def _refuse(rule: str, sentence: str) -> PydanticCustomError:
    return PydanticCustomError("rule", "{sentence}", {"sentence": sentence, "rule": rule})


def _clean(text: str) -> str:
    spelt = in_one_spelling(text)
    if has_control_characters(spelt):
        raise _refuse("control_characters", CONTROL)
    return spelt


def _name(text: str) -> str:
    name = text.strip(" ")
    if not 2 <= len(name) <= 50:
        raise _refuse("name_length", NAME_LENGTH)
    if not is_made_of_letters_and_spaces(name):
        raise _refuse("name_letters", NAME_LETTERS)
    return name


def _email(text: str) -> str:
    email = text.strip(" ")
    if len(email) > 100:
        raise _refuse("email_length", EMAIL_LENGTH)
    try:
        # Whether mail arrives there is found out by sending some, not by asking a name server.
        found = validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise _refuse("email_shape", EMAIL_SHAPE) from error
    if len(found) > 100:
        raise _refuse("email_length", EMAIL_LENGTH)
    return found


def _password(text: str) -> str:
    rules = (
        (8 <= len(text) <= 128, "password_length", PASSWORD_LENGTH),
        (any(each.islower() for each in text), "password_lower", PASSWORD_LOWER),
        (any(each.isupper() for each in text), "password_upper", PASSWORD_UPPER),
        (any(each.isdecimal() for each in text), "password_digit", PASSWORD_DIGIT),
        (any(each in SPECIALS for each in text), "password_special", PASSWORD_SPECIAL),
    )
    for is_kept, rule, sentence in rules:
        if not is_kept:
            raise _refuse(rule, sentence)
    return text


def _phone(text: str) -> str:
    if not re.fullmatch("[6-9][0-9]{9}", text):
        raise _refuse("phone_shape", PHONE_SHAPE)
    return text


def _none_if_blank(value: object) -> object:
    return None if value == "" else value


def _described(**rules: object) -> WithJsonSchema:
    """What the description of the API can tell of the rule; the rest is told by the refusal."""
    return WithJsonSchema({"type": "string", **rules})


Text = Annotated[str, AfterValidator(_clean)]
Name = Annotated[Text, AfterValidator(_name), _described(minLength=2, maxLength=50)]
Email = Annotated[Text, AfterValidator(_email), _described(format="email", maxLength=100)]
NewPassword = Annotated[Text, AfterValidator(_password), _described(minLength=8, maxLength=128)]
Phone = Annotated[Text, AfterValidator(_phone), _described(pattern="^[6-9][0-9]{9}$")]
OptionalPhone = Annotated[
    Phone | None,
    BeforeValidator(_none_if_blank),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": "^([6-9][0-9]{9})?$"}, {"type": "null"}]}),
]
