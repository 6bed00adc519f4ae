"""The fee that is paid in time as well, beside what lateness adds to it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from complianceai.assistant.cues import read_words
from complianceai.assistant.phrases import rupee_words
from complianceai.assistant.replies.common import Case
from complianceai.assistant.text import NUMBER_WORDS
from complianceai.rules import Cost, input_names

_COUNT = r"(?<![\w.,])(\d{1,3}|" + "|".join(NUMBER_WORDS) + r")\s+(?:\w+ )?"


def counts_in(case: Case, form: str) -> dict[str, Any]:
    """The inputs of a charge that count something, by what the question says beside their names: two classes."""
    given: dict[str, Any] = {}
    for name, _, _ in input_names(case.catalogue, form):
        entry = next((each for each in fees().values() if each["count"] == name), None)
        if entry is None:
            continue
        if found := re.search(_COUNT + f"(?:{entry['counted']})", case.asked.question, re.IGNORECASE):
            given[name] = int(found[1]) if found[1].isdigit() else NUMBER_WORDS[found[1].casefold()]
        for mode, cue in entry["modes"].items():
            if re.search(cue, case.asked.question, re.IGNORECASE):
                given[entry["mode"]] = mode
    return given


def tell_fee_itself(case: Case, cost: Cost, form: str) -> None:
    """Nothing; where the duty has a fee of its own the answer has it as well, and both together."""
    entry = fees().get(cost.obligation.id)
    if entry is None:
        return
    given = counts_in(case, form)
    count, each = given.get(entry["count"], 1), entry["fee"][given.get(entry["mode"], entry["usual"])]
    fee = count * each
    case.say(
        "fee_itself",
        cost.obligation,
        formula=f"{rupee_words(each)} x {count} {entry['count']}",
        fee=rupee_words(fee),
        total=rupee_words(fee + cost.total),
    )
    case.answer.note("amount", fee, cost.obligation)
    case.answer.note("amount", fee + cost.total, cost.obligation)


@lru_cache(maxsize=1)
def fees() -> Mapping[str, Mapping[str, Any]]:
    """The fees by duty; each figure stands in the duty's own text (a test insists)."""
    return {entry["duty"]: entry for entry in read_words("fees.yaml")}
