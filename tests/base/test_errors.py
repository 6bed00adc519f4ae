from complianceai.base.errors import DomainError, InvalidInput, Kind, TooMany


class Shut(DomainError):
    code = "test.shut"
    kind = Kind.FORBIDDEN
    sentence = "{door} is shut until {hour}."


def test_a_refusal_says_its_sentence_over_its_fields() -> None:
    assert str(Shut(door="The {gate}", hour=9)) == "The {gate} is shut until 9."


def test_what_a_caller_named_is_never_read_as_a_template() -> None:
    refused = InvalidInput({"{secret}": "No. Leave it out."})
    assert refused.faults == {"{secret}": "No. Leave it out."}
    assert "{" not in str(refused)


def test_who_asks_too_often_is_told_when_to_come_back() -> None:
    assert "7 seconds" in str(TooMany(retry_after_seconds=7))
