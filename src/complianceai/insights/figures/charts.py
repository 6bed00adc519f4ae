"""A figure drawn: where its bars and lines stand, in whole units of a drawing 600 wide and 160 high."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from complianceai.insights.figures.model import Chart, Figure, Value

WIDTH, HEIGHT = 600, 160


class Bar(NamedTuple):
    """One upright bar; `series` is which column it stands for, counted from nought."""

    x: float
    y: float
    width: float
    height: float
    series: int


class Drawing(NamedTuple):
    """What is drawn: bars, lines as points, and where nought is."""

    bars: list[Bar]
    lines: list[str]
    dots: list[tuple[float, float]]
    zero: float


def draw(figure: Figure) -> Drawing | None:
    """The drawing of a figure's bars or line; none for one that is only a table, or has no rows."""
    chart = figure.chart
    if chart is None or chart.kind == "shades" or not figure.rows:
        return None
    highs = [sum(_number(row[at]) for at in chart.ys) for row in figure.rows]
    lows = [sum(_number(row[at]) for at in chart.below) for row in figure.rows]
    if chart.kind == "line":
        lows = [min(0.0, *(_number(row[at]) for at in chart.ys)) for row in figure.rows]
        highs = [max(_number(row[at]) for at in chart.ys) for row in figure.rows]
    top, bottom = max(0.0, *highs), min(0.0, *lows)
    scale = HEIGHT / ((top - bottom) or 1)
    zero = top * scale
    if chart.kind == "line":
        return _line(figure.rows, chart, scale, zero)
    return Drawing(_bars(figure.rows, chart, scale, zero), [], [], round(zero, 1))


def _bars(rows: Sequence[Sequence[Value]], chart: Chart, scale: float, zero: float) -> list[Bar]:
    step = WIDTH / len(rows)
    made = []
    for place, row in enumerate(rows):
        up = down = zero
        for series, at in enumerate((*chart.ys, *chart.below)):
            height = _number(row[at]) * scale
            if height > 0:
                up -= height
                made.append(_bar(place, step, up, height, series))
            elif height < 0:
                made.append(_bar(place, step, down, -height, series))
                down -= height
    return made


def _bar(place: int, step: float, y: float, height: float, series: int) -> Bar:
    return Bar(
        round(place * step + step * 0.1, 1), round(y, 1), round(step * 0.8, 1), round(height, 1), series
    )


def _line(rows: Sequence[Sequence[Value]], chart: Chart, scale: float, zero: float) -> Drawing:
    step = WIDTH / len(rows)
    lines, dots = [], []
    for at in chart.ys:
        # Where there is no value the line breaks, and one that stands alone is a dot.
        run: list[tuple[float, float]] = []
        for place, row in enumerate([*rows, None]):
            if row is not None and row[at] is not None:
                run.append((round((place + 0.5) * step, 1), round(zero - _number(row[at]) * scale, 1)))
                continue
            if len(run) == 1:
                dots += run
            elif run:
                lines.append(" ".join(f"{x},{y}" for x, y in run))
            run = []
    return Drawing([], lines, dots, round(zero, 1))


def shade(value: Value) -> int:
    """How dark a share is shown, from 0 to 9."""
    return min(9, int(_number(value) // 10))


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | Decimal) else 0.0
