"""The shipped alerts and dashboard ask for figures that there are."""

import json
import re
from pathlib import Path

import yaml
from httpx import AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from complianceai.operations.metrics.counting import count_look, count_work
from script.dashboard import TARGET, dashboard
from tests.cast import open_house

ALERTS = Path(__file__).parents[2] / "deploy" / "prometheus" / "alerts.yaml"


async def _names(client: AsyncClient) -> set[str]:
    # Figures with labels are told once something was counted; this may be the first test of its process.
    count_look("anything", was_there=True)
    with count_work("job", "anything"):
        pass
    await client.get("/law")
    text = (await client.get("/metrics")).text
    return {sample.name for family in text_string_to_metric_families(text) for sample in family.samples}


def _asked(text: str) -> set[str]:
    return set(re.findall(r"\b(?:complianceai|process)_[a-z_]+\b", text))


async def test_every_figure_that_is_asked_for_is_there(database_url: str) -> None:
    alerts = yaml.safe_load(ALERTS.read_text("utf-8"))
    rules = [rule["expr"] for group in alerts["groups"] for rule in group["rules"]]
    panels = [target["expr"] for panel in dashboard()["panels"] for target in panel["targets"]]
    async with open_house(database_url, None) as house:
        there = await _names(await house.visitor())
    assert _asked(" ".join(rules + panels)) <= there
    assert len(rules) >= 7


def test_the_shipped_dashboard_is_the_one_that_the_script_writes() -> None:
    assert json.loads(TARGET.read_text("utf-8")) == dashboard()
