"""docs/security/asvs.csv has a row for each requirement, and each row that applies has a place and tests that exist."""

import ast
import csv
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
IDS = tuple((Path(__file__).parent / "asvs_ids.txt").read_text("utf-8").split())


def rows() -> list[dict[str, str]]:
    with (ROOT / "docs" / "security" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache
def named_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(each.name for each in functions if each.name.startswith("test_"))


def test_each_requirement_has_one_row_and_each_row_its_requirement() -> None:
    assert len(IDS) == 253
    assert [row["id"] for row in rows()] == list(IDS)


def test_a_row_that_applies_has_a_place_and_a_test_and_one_that_does_not_a_reason() -> None:
    for row in rows():
        assert row["level"] in {"1", "2"}, row["id"]
        assert row["applies"] in {"yes", "no"}, row["id"]
        assert len(row["where met or why not"]) > 8, row["id"]
        assert bool(row["tests"]) is (row["applies"] == "yes"), row["id"]
    assert sum(row["applies"] == "yes" for row in rows()) > 150


def test_each_test_that_is_named_exists() -> None:
    for row in rows():
        for named in row["tests"].split():
            path, _, name = named.partition("::")
            assert (ROOT / path).exists(), (row["id"], path)
            assert name in named_in(path), (row["id"], named)


def test_each_file_that_a_row_names_exists() -> None:
    for row in rows():
        for word in row["where met or why not"].replace(",", " ").replace(";", " ").replace(":", " ").split():
            named = word.strip("()*.")
            if "/" in named and named.endswith((".py", ".md", ".conf", ".html", ".lock")):
                places = (ROOT / named, ROOT / "src" / "complianceai" / named)
                assert any(each.exists() for each in places), (row["id"], named)
