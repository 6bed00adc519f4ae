"""Whatever is sent as a form, it is understood or refused by its fields; nothing breaks."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from complianceai.register.interview.filling import fill_form
from complianceai.register.interview.groups import groups
from complianceai.register.interview.reading import read_answers
from complianceai.register.interview.shapes import Question
from complianceai.rules import read_profile

GROUPS = groups(date(2026, 11, 25))


def _fields() -> dict[str, list[str]]:
    """Every field's name, with the answers that are listed for it."""
    found: dict[str, list[str]] = {}
    for group in GROUPS:
        for item in group.items:
            if isinstance(item, Question):
                found[item.path] = [key for key, _ in item.options]
            else:
                for number in (0, 1, 7):
                    for each in item.questions:
                        found[f"{item.path}.{number}.{each.path}"] = [key for key, _ in each.options]
    return found


FIELDS = _fields()
USUAL = ["yes", "no", "unsure", "", "2026-01-31", "2024-25", "12", "0", "1.5 crore", "27AAPFU0939F1ZV"]


def _answers(name: str) -> st.SearchStrategy[list[str]]:
    likely = st.sampled_from([*FIELDS[name], *USUAL])
    return st.lists(st.one_of(likely, likely, likely, st.text(max_size=20)), max_size=3)


forms = st.lists(st.sampled_from(sorted(FIELDS)), max_size=40, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: _answers(name) for name in names})
)


@given(forms, st.sampled_from(["en", "hi"]))
def test_any_form_is_understood_or_refused_by_its_fields(form: dict[str, list[str]], language: str) -> None:
    entity = form.get("entity_type") or ["llp"]
    answers = read_answers(GROUPS, form | {"entity_type": entity}, None, language)
    if answers.faults:
        assert all(name and sentence for name, sentence in answers.faults.items())
    else:
        read_profile(answers.profile)


@settings(max_examples=300)
@example({"employs": ["yes"]})
@given(forms)
def test_what_was_understood_is_understood_again_as_the_form_shows_it(form: dict[str, list[str]]) -> None:
    first = read_answers(GROUPS, form | {"entity_type": ["private_limited"]})
    if first.faults:
        return
    shown = fill_form(GROUPS, first.profile, first.unsure)
    again = read_answers(GROUPS, shown, first.profile)
    assert again.faults == {}
    assert read_profile(again.profile).facts == read_profile(first.profile).facts
    assert again.unsure == first.unsure
