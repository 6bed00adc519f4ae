"""Headcounts and registrations by State: one row in the form, several places in the profile."""

from collections.abc import Collection, Mapping
from typing import Any

from complianceai.register.interview.openers import Form, first
from complianceai.register.interview.trees import drop, get, put

TAXES = ("pt", "lwf")
# What nobody asks about further where it was left open: no.
PLAIN = ("shops",)


def put_staff(profile: dict[str, Any], unsure: set[str], rows: list[dict[str, Any]], form: Form) -> None:
    """Puts each row's answers where the profile keeps them; a registration nobody knows of is noted by its State."""
    for path in (
        "employees.by_state",
        "employees.total",
        "pt_liability_prev_year",
        "registrations.pt",
        "registrations.lwf",
        "registrations.shops",
    ):
        drop(profile, path)
    placed = [row for row in rows if row.get("state")]
    counts = {row["state"]: row["count"] for row in placed if "count" in row}
    if counts:
        put(profile, "employees.by_state", counts)
    for tax in TAXES:
        answers = {row["state"]: first(form, f"staff.{row['_number']}.{tax}") for row in placed}
        registered = [state for state, answer in answers.items() if answer == "yes"]
        open_states = [state for state, answer in answers.items() if answer not in {"yes", "no"}]
        if registered:
            put(profile, f"registrations.{tax}", registered)
        unsure |= {f"registrations.{tax}.{state}" for state in open_states}
        if not placed or (open_states and not registered):
            unsure.add(f"registrations.{tax}")
    for kind in PLAIN:
        if registered := [row["state"] for row in placed if row.get(kind)]:
            put(profile, f"registrations.{kind}", registered)
    owed = {row["state"]: row["pt_liability"] for row in placed if "pt_liability" in row}
    if owed:
        profile["pt_liability_prev_year"] = owed


def staff_rows(profile: Mapping[str, Any], unsure: Collection[str]) -> list[dict[str, str]]:
    """The rows of the form that say what the profile says, each value as it is typed."""
    counts = get(profile, "employees.by_state") or {}
    owed = profile.get("pt_liability_prev_year", {})
    registered = {tax: get(profile, f"registrations.{tax}") or [] for tax in (*TAXES, *PLAIN)}
    states = list(dict.fromkeys([*counts, *(state for each in registered.values() for state in each), *owed]))
    rows = []
    for state in states:
        row = {"state": state, "count": str(counts.get(state, "")), "pt_liability": str(owed.get(state, ""))}
        for tax in TAXES:
            is_unsure = f"registrations.{tax}.{state}" in unsure
            row[tax] = "yes" if state in registered[tax] else ("unsure" if is_unsure else "no")
        row |= {kind: "yes" if state in registered[kind] else "no" for kind in PLAIN}
        rows.append(row)
    return rows
