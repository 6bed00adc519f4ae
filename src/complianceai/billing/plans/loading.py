"""The plans as their files say."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from pydantic import TypeAdapter, ValidationError

from complianceai.billing.plans.model import Plan

HERE = Path(__file__).parent
# What everybody has who has chosen nothing else.
FREE = "free"


class PlanFaults(Exception):
    """Files of plans that cannot be used; each line says which file, what in it, and why."""


@lru_cache
def load(folder: Path = HERE) -> Mapping[str, Plan]:
    """Every plan by its name, in the order in which they are shown.

    Errors: PlanFaults, with all faults of all files together.
    """
    from yaml import YAMLError  # noqa: PLC0415 - a megabyte of each serving process, for a few files read once

    found, faults = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(_read(path))
        except ValidationError as error:
            faults += [
                f"{path.name}: {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()
            ]
        except (ValueError, YAMLError) as error:
            faults.append(f"{path.name}: {error}")
    faults += _clashes(found)
    if faults:
        raise PlanFaults("\n".join(faults))
    return MappingProxyType({each.name: each for each in sorted(found, key=lambda plan: plan.position)})


def plan_named(name: str) -> Plan:
    """The plan; an account whose plan is sold no longer has what everybody has."""
    plans = load()
    return plans.get(name) or plans[FREE]


def with_more(plan: Plan, limit: str, *, of_practice: bool) -> Plan | None:
    """The next plan that has more room under the limit and that such a holder may take, or None where none has."""
    had = getattr(plan.limits, limit)
    for each in load().values():
        room = getattr(each.limits, limit)
        may_take = of_practice or not each.for_practice
        if may_take and each.position > plan.position and had is not None and (room is None or room > had):
            return each
    return None


def _read(path: Path) -> Plan:
    from yaml import safe_load  # noqa: PLC0415 - as above

    told = safe_load(path.read_text(encoding="utf-8"))
    # By way of JSON, since only from there a strict reading takes a mapping for a value of a type.
    plan = TypeAdapter(Plan).validate_json(json.dumps(told))
    if plan.name != path.stem:
        raise ValueError(f"name: is {plan.name}, and the file is called {path.stem}")
    if (plan.monthly_paise is None) != (plan.yearly_paise is None):
        raise ValueError("yearly_paise: a plan has both prices or neither")
    return plan


def _clashes(plans: list[Plan]) -> list[str]:
    first: dict[int, Plan] = {}
    return [
        f"{each.name}.yaml: position: is that of {first[each.position].name} as well"
        for each in plans
        if first.setdefault(each.position, each) is not each
    ]
