"""Columns of tables: each as wide as its longest word, letters smaller where there are many."""

from complianceai.drafting import read
from complianceai.drafting.paper import Table
from complianceai.drafting.widths import LETTER, PADDING, PAGE, SMALLEST, widths


def _table(*rows: tuple[str, ...]) -> Table:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    (table,) = read("\n".join([lines[0], "|" + " - |" * len(rows[0]), *lines[1:]]), numbered=False).blocks
    assert isinstance(table, Table)
    return table


def test_columns_fill_the_width_and_the_longer_text_has_more_of_it() -> None:
    found = widths(_table(("No.", "Name"), ("1", "A long name of somebody who lives far away")))
    assert abs(sum(found.columns) - PAGE) < 0.01
    assert found.columns[1] > 2 * found.columns[0]
    assert found.scale == 1


def test_no_word_is_broken_beside_long_texts() -> None:
    long = "words and more words " * 20
    found = widths(_table(("Date", "A", "B", "C"), ("14-06-2019", long, long, long)))
    assert found.columns[0] >= LETTER * len("14-06-2019") + PADDING


def test_many_columns_have_smaller_letters() -> None:
    found = widths(_table(("Consideration",) * 9, ("1,00,000",) * 9))
    assert SMALLEST <= found.scale < 1
    assert abs(sum(found.columns) - PAGE) < 0.01


def test_signs_of_devanagari_above_and_below_take_no_room() -> None:
    found = widths(_table(("कु", "कक"), ("a", "a")))
    assert found.columns[0] < found.columns[1]
