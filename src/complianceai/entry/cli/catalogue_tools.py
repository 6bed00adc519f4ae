"""The commands for those who keep the catalogue."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from complianceai.catalogue import Catalogue, Obligation, survey
from complianceai.entry.cli.ask_law import Format, FormatOption, put_json, today
from complianceai.rules.cases import failures, formula_faults
from complianceai.rules.chain_cases import chain_failures
from complianceai.rules.holidays import NATIONAL
from complianceai.rules.sides import Proved, proved, proved_of_shared

STALE_AFTER_DAYS = 180
CASES_WANTED = 3


def add_to(app: typer.Typer) -> None:
    """Adds these commands."""
    tools = typer.Typer(help="Tools for those who keep the catalogue of the law.", no_args_is_help=True)
    tools.command("check")(check_command)
    app.add_typer(tools, name="catalogue")


def check_command(
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Another catalogue than the packaged one.")
    ] = None,
    output: FormatOption = Format.TABLE,
) -> None:
    """Every fault of the catalogue, whether its cases hold and notice each change, and how old its sources are."""
    law, faults = survey(folder)
    sides = [
        *(side for each in law.obligations.values() for side in proved(law, each, today())),
        *proved_of_shared(law, today()),
    ]
    lines = [*map(str, faults), *_wrong(law), *(str(side) for side in sides if not side.holds)]
    figures = {**_figures(law, today()), **_of_changes(sides)}
    if output is Format.JSON:
        put_json({"faults": lines, **figures})
    else:
        _print(lines, figures)
    sys.exit(1 if lines else 0)


def _wrong(law: Catalogue) -> Iterator[str]:
    """What of the sound files does not hold, or lacks what a complete entry has."""
    yield from (f"{each.path}: {words}" for each, words in formula_faults(law))
    for each in law.obligations.values():
        for case in each.cases:
            yield from (
                f"{each.path}: case {case['says']!r}: {words}" for words in failures(law, each, case, today())
            )
        yield from (f"{each.path}: cases: {words}" for words in _untried(each))
    for chain in law.chains.values():
        for case in chain.cases:
            yield from (
                f"{chain.path}: case {case['says']!r}: {words}" for words in chain_failures(law, chain, case)
            )


def _of_changes(sides: list[Proved]) -> dict[str, Any]:
    """How many changes of the law there are, and the share of their sides on which a case stands."""
    changes = {(side.path, side.key, side.on) for side in sides}
    noticed = sum(side.holds for side in sides)
    return {
        "changes": len(changes),
        "sides": len(sides),
        "sides_with_a_case": noticed,
        "sides_with_a_case_percent": round(100 * noticed / max(len(sides), 1), 1),
    }


def _untried(each: Obligation) -> Iterator[str]:
    """What a complete entry has and this one lacks among its cases."""
    if len(each.cases) < CASES_WANTED:
        yield f"a complete entry has {CASES_WANTED} cases or more; this one has {len(each.cases)}"
    if not any(case.get("due") == [] or case.get("advised") is False for case in each.cases):
        yield "no case shows a company to which it does not apply (due: [], or advised: false)"


def _figures(law: Catalogue, on: date) -> dict[str, Any]:
    obligations = law.obligations.values()
    ages = {each.id: (on - each.checked_on).days for each in obligations}
    lists = {state: listed for state, listed in law.holidays.items() if state != NATIONAL}
    list_ages = {f"holidays/{state}": (on - listed.checked_on).days for state, listed in law.holidays.items()}
    well_tried = sum(len(each.cases) >= CASES_WANTED for each in obligations)
    return {
        "obligations": len(ages),
        "cases": sum(len(each.cases) for each in obligations),
        "chains": len(law.chains),
        "links": sum(len(each.links) for each in law.chains.values()),
        "with_three_cases_percent": round(100 * well_tried / max(len(ages), 1), 1),
        "certainty": {
            name: sum(each.certainty == name for each in obligations)
            for name in ("verified", "disputed", "unverified")
        },
        "kinds": dict(sorted(Counter(each.kind for each in obligations).items())),
        "without_a_date": sum(each.undated is not None for each in obligations),
        "source_age_days": dict(sorted(ages.items(), key=lambda item: -item[1])),
        "holiday_list_age_days": dict(sorted(list_ages.items(), key=lambda item: -item[1])),
        "holiday_lists": len(lists),
        "holiday_lists_complete": {
            str(year): sorted(state for state, listed in lists.items() if year in listed.complete)
            for year in (on.year, on.year + 1)
        },
        "stale": [name for name, age in {**ages, **list_ages}.items() if age > STALE_AFTER_DAYS],
    }


def _print(lines: list[str], figures: dict[str, Any]) -> None:
    for line in lines:
        print(line)
    certainty = ", ".join(f"{count} {name}" for name, count in figures["certainty"].items())
    print(
        f"{figures['obligations']} obligations ({certainty}), {figures['cases']} cases, {len(lines)} faults"
    )
    kinds = ", ".join(f"{count} {name}" for name, count in figures["kinds"].items())
    print(f"by kind: {kinds}; {figures['without_a_date']} without a date")
    print(f"{figures['with_three_cases_percent']} % of the obligations have three cases or more")
    print(
        f"{figures['changes']} changes of the law; a case stands on {figures['sides_with_a_case_percent']} % of their "
        f"sides ({figures['sides_with_a_case']} of {figures['sides']})"
    )
    print(f"{figures['chains']} event chains with {figures['links']} links")
    for year, states in figures["holiday_lists_complete"].items():
        print(
            f"whole lists of holidays for {year}: {len(states)} of {figures['holiday_lists']}"
            + (f" ({', '.join(states)})" if states else "")
        )
    ages = figures["source_age_days"] | figures["holiday_list_age_days"]
    if ages:
        oldest = max(ages.items(), key=lambda item: item[1])
        print(
            f"oldest check: {oldest[0]}, {oldest[1]} days; {len(figures['stale'])} older than {STALE_AFTER_DAYS} days"
        )
