"""The console's figures as pages, drawings and CSV."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from complianceai.insights.figure_pages import told
from complianceai.insights.figures.charts import HEIGHT, WIDTH, draw, shade
from complianceai.insights.figures.every import PAGES
from complianceai.insights.figures.files import as_csv
from complianceai.insights.figures.model import Chart, Column, Figure, Unit, Value
from tests.cast import BILAL, House
from tests.insights import history
from tests.support.operators import register_operator


async def test_every_figure_has_its_place_its_drawing_its_table_and_its_file(house: House) -> None:
    house.watch.now = datetime(2026, 11, 18, 8, tzinfo=UTC)
    client = await register_operator(house, BILAL)
    async with house.database.transaction() as connection:
        await history.fill(connection)
    for name, figures in PAGES.items():
        page = await client.get(f"/operator/figures/{name}")
        assert page.status_code == 200, name
        for figure in figures:
            assert f'href="/operator/figures/{figure}/table.csv"' in page.text
            file = await client.get(f"/operator/figures/{figure}/table.csv")
            assert file.headers["content-type"] == "text/csv; charset=utf-8"
            assert f"{figure}-2026-11-18.csv" in file.headers["content-disposition"]
    revenue = await client.get("/operator/figures/revenue")
    assert "₹3,300" in revenue.text
    assert "<svg" in revenue.text
    opinions = await client.get("/operator/figures/opinions")
    assert "Too slow" in opinions.text
    file = (await client.get("/operator/figures/mrr/table.csv")).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    assert rows[0][:3] == ["Month", "At the start (INR)", "New (INR)"]
    assert rows[-1] == ["2026-11", "3300", "0", "0", "900", "-600", "-300", "3300"]


@pytest.mark.parametrize(
    "nonsense", ["nothing", "growth%00", "..%2f..", "ग्रोथ", "mrr/other.csv", "nothing/table.csv"]
)
async def test_what_is_no_figure_is_missing(house: House, nonsense: str) -> None:
    client = await register_operator(house, BILAL)
    assert (await client.get(f"/operator/figures/{nonsense}")).status_code == 404


async def test_the_pages_speak_hindi(house: House) -> None:
    client = await register_operator(house, BILAL)
    client.cookies.set("language", "hi")
    for name in PAGES:
        text = (await client.get(f"/operator/figures/{name}")).text
        assert 'lang="hi"' in text
    assert "मासिक आवर्ती आय" in (await client.get("/operator/figures/revenue")).text


def _figure(chart: Chart, *rows: tuple[Value, ...]) -> Figure:
    columns = (Column("Day", Unit.DAY), *(Column("x"),) * 2)
    return Figure("x", "X", "", columns, rows, chart)


def test_bars_stand_on_nought_and_hang_below_it() -> None:
    drawing = draw(_figure(Chart("bars", (1,), (2,)), ("a", 30, -10), ("b", 10, 0)))
    assert drawing is not None
    # 40 units on 160: nought is 120 from the top, and two rows share 600.
    assert drawing.zero == 120.0
    assert [(bar.x, bar.y, bar.width, bar.height, bar.series) for bar in drawing.bars] == [
        (30.0, 0.0, 240.0, 120.0, 0),
        (30.0, 120.0, 240.0, 40.0, 1),
        (330.0, 80.0, 240.0, 40.0, 0),
    ]


def test_a_line_breaks_where_there_is_nothing_and_a_lone_value_is_a_dot() -> None:
    rows: list[tuple[Value, ...]] = [("a", 10, 0), ("b", 20, 0), ("c", None, 0), ("d", Decimal(20), 0)]
    drawing = draw(_figure(Chart("line", (1,)), *rows))
    assert drawing is not None
    assert drawing.lines == ["75.0,80.0 225.0,0.0"]
    assert drawing.dots == [(525.0, 0.0)]


def test_nothing_is_drawn_of_nothing_and_nothing_divides_by_nought() -> None:
    assert draw(_figure(Chart("line", (1,)))) is None
    assert draw(_figure(Chart("shades", (1,)), ("a", 1, 1))) is None
    flat = draw(_figure(Chart("bars", (1,)), ("a", 0, 0)))
    assert flat is not None
    assert flat.bars == []
    assert (WIDTH, HEIGHT) == (600, 160)
    assert [shade(value) for value in (None, Decimal("9.9"), Decimal("10.0"), Decimal("100.0"))] == [
        0,
        0,
        1,
        9,
    ]


def test_cells_are_told_as_people_in_india_write_them() -> None:
    assert told(None, Unit.SHARE, "en") == "-"
    assert told(12345650, Unit.PAISE, "en") == "₹1,23,456.50"
    assert told(date(2026, 11, 1), Unit.MONTH, "hi") == "नवंबर 2026"
    assert told(1_500_000, Unit.BYTES, "en") == "1.5 MB"
    assert told(999, Unit.BYTES, "en") == "999 B"


def test_no_cell_of_a_file_is_a_formula() -> None:
    columns = (Column("By", Unit.TEXT), Column("x"))
    made = as_csv(Figure("x", "X", "", columns, [("=1+1", -5)])).decode("utf-8-sig")
    assert made == "By,x\r\n'=1+1,-5\r\n"
