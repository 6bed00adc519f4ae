"""The plans that are sold: read strictly, each with more room than the one before, priced with GST."""

from dataclasses import asdict
from pathlib import Path

import pytest

from complianceai.billing.limits.rooms import Room, size
from complianceai.billing.plans import Plan, gst_on, load, plan_named, with_gst, with_more
from complianceai.billing.plans.loading import HERE, PlanFaults

PLANS = list(load().values())


def test_there_are_five_plans_in_their_order() -> None:
    assert [each.name for each in PLANS] == ["free", "starter", "professional", "practice", "enterprise"]
    assert [each.name for each in PLANS if each.is_free] == ["free"]
    assert [each.name for each in PLANS if each.is_on_request] == ["enterprise"]


@pytest.mark.parametrize("room", Room)
def test_each_plan_has_more_room_than_the_one_before(room: Room) -> None:
    limits = [room.of(each) for each in PLANS]
    bounded = [each for each in limits if each is not None]
    assert bounded == sorted(set(bounded))
    assert limits[-1] is None


@pytest.mark.parametrize("plan", [each for each in PLANS if each.monthly_paise], ids=lambda each: each.name)
def test_a_year_costs_ten_months(plan: Plan) -> None:
    assert plan.yearly_paise == 10 * (plan.monthly_paise or 0)


def test_gst_is_eighteen_percent_with_half_a_paisa_rounded_up() -> None:
    assert (gst_on(49_900), with_gst(49_900)) == (8_982, 58_882)
    assert [gst_on(each) for each in (0, 2, 3, 25)] == [0, 0, 1, 5]


def test_a_plan_that_is_sold_no_longer_is_what_everybody_has() -> None:
    assert plan_named("platinum") == plan_named("free")


def test_the_plan_with_more_is_the_next_that_the_holder_may_take() -> None:
    professional = plan_named("professional")
    for_people = with_more(professional, "companies", of_practice=False)
    for_practices = with_more(professional, "companies", of_practice=True)
    assert for_people == plan_named("enterprise")
    assert for_practices == plan_named("practice")
    assert with_more(plan_named("enterprise"), "companies", of_practice=True) is None


def test_all_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    text = (HERE / "free.yaml").read_text("utf-8")
    (tmp_path / "free.yaml").write_text(text.replace("people: 3", 'people: "3"').replace("trial_days: 0", ""))
    (tmp_path / "other.yaml").write_text(text.replace("yearly_paise: 0", "yearly_paise: null"))
    (tmp_path / "third.yaml").write_text(text.replace("name: free", "name: third"))
    (tmp_path / "fourth.yaml").write_text(text.replace("name: free", "name: fourth"))
    with pytest.raises(PlanFaults) as told:
        load(tmp_path)
    lines = str(told.value).splitlines()
    assert [line.partition(": ")[2].partition(":")[0] for line in lines] == [
        "trial_days", "limits.people", "name", "position",
    ]  # fmt: skip


def test_a_plan_has_a_title_in_every_language() -> None:
    assert all(
        set(asdict(each.titles)) == {"en", "hi"} and each.titles.hi != each.titles.en for each in PLANS
    )


def test_sizes_are_written_as_people_read_them() -> None:
    told = [size(each) for each in (0, 200 * 2**20, 1536 * 2**20, 100 * 2**30)]
    assert told == ["0 MB", "200 MB", "1.5 GB", "100 GB"]
