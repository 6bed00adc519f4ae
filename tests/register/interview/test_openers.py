from datetime import date
from pathlib import Path

import complianceai.site
from complianceai.catalogue.vocabulary import profile_schema, vocabulary
from complianceai.register.interview.choices import EPR_KINDS, EVENTS, LICENCE_KINDS
from complianceai.register.interview.groups import groups
from complianceai.register.interview.openers import OPENERS, is_open
from complianceai.register.interview.reading import HELPERS
from complianceai.register.interview.shapes import Question

GROUPS = groups(date(2026, 11, 25))


def test_the_style_sheet_knows_every_opener() -> None:
    sheet = (Path(complianceai.site.__file__).parent / "static" / "css" / "60-year.css").read_text()
    for name in OPENERS:
        assert f'[data-after="{name}"]' in sheet, name


def test_every_question_stands_after_an_opener_there_is() -> None:
    used = {item.after for group in GROUPS for item in group.items} | {group.after for group in GROUPS}
    assert used - {""} == OPENERS.keys()


def test_each_question_asks_for_a_fact_that_rules_know_of_its_kind() -> None:
    kinds = {"yes_no": "yes_no", "money": "number", "count": "number", "date": "date"}
    for group in GROUPS:
        for item in group.items:
            if (
                isinstance(item, Question)
                and item.path not in HELPERS
                and not item.path.startswith("agm_dates")
            ):
                assert item.path in vocabulary(), item.path
                assert kinds.get(item.kind, vocabulary()[item.path].type) == vocabulary()[item.path].type, (
                    item.path
                )


def test_choices_are_those_of_the_contract() -> None:
    for group in GROUPS:
        for item in group.items:
            if isinstance(item, Question) and item.options and vocabulary()[item.path].values:
                assert {key for key, _ in item.options} == vocabulary()[item.path].values, item.path


def test_every_event_and_licence_that_rules_know_can_be_chosen() -> None:
    fields = profile_schema()["properties"]
    assert {key for key, _ in EVENTS} == set(fields["events"]["items"]["properties"]["type"]["enum"])
    assert {key for key, _ in LICENCE_KINDS} == set(fields["licences"]["items"]["properties"]["kind"]["enum"])
    assert {key for key, _ in EPR_KINDS} == set(fields["environment"]["properties"]["epr"]["items"]["enum"])


def test_an_llp_is_asked_of_its_partners_money_and_no_share_capital() -> None:
    form = {"entity_type": ["llp"]}
    assert is_open("llp", form)
    assert not is_open("company", form)
    assert is_open("", form)
