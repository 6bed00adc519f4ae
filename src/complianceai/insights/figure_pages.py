"""The console's figures: each page a few of them, drawn and as tables, and each as CSV."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from fastapi import Request
from starlette.responses import Response

from complianceai.base.errors import NotFound
from complianceai.insights.figures.charts import draw, shade
from complianceai.insights.figures.every import FIGURES, PAGES
from complianceai.insights.figures.files import as_csv
from complianceai.insights.figures.model import Unit, Value
from complianceai.insights.figures.opinions import list_comments
from complianceai.insights.surveys.words import MOMENT_WORDS
from complianceai.site.language import translate
from complianceai.site.numbers import grouped, long_date, month_name, rupees
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.site.words import marked
from complianceai.storage.services import Db, Now
from complianceai.tenancy.operators.access import OperatorScope
from complianceai.tenancy.operators.console import console

router = Router(prefix="/operator/figures", include_in_schema=False)
TITLES = {
    "growth": marked("Growth"),
    "retention": marked("Retention"),
    "revenue": marked("Revenue"),
    "opinions": marked("Opinions"),
    "service": marked("Service"),
}
COMMENTS = 100
BYTES = ("B", "kB", "MB", "GB", "TB")


@router.get("/{page_name}")
async def show(request: Request, page_name: str, scope: OperatorScope, database: Db) -> Response:
    """One page of figures."""
    if page_name not in PAGES:
        raise NotFound
    async with database.reading() as connection:
        figures = [await gather(connection, scope.today) for gather in PAGES[page_name].values()]
        comments = await list_comments(connection, limit=COMMENTS) if page_name == "opinions" else []
    language = preferences(request).language
    return console(
        request,
        "insights/figures.html",
        title=TITLES[page_name],
        figures=[(each, draw(each)) for each in figures],
        told=lambda value, unit: told(value, unit, language),
        shade=shade,
        comments=comments,
        moment_words=MOMENT_WORDS,
        mode=request.app.state.insights.counter.mode,
        is_counted=page_name in {"growth", "retention"},
    )


@router.get("/{figure_name}/table.csv")
async def file(figure_name: str, scope: OperatorScope, database: Db, now: Now) -> Response:  # noqa: ARG001
    """One figure's table as CSV."""
    if figure_name not in FIGURES:
        raise NotFound
    async with database.reading() as connection:
        figure = await FIGURES[figure_name](connection, scope.today)
    headers = {
        "Content-Disposition": f'attachment; filename="{figure.name}-{scope.today.isoformat()}.csv"',
        "Cache-Control": "private, no-store",
    }
    return Response(as_csv(figure), media_type="text/csv; charset=utf-8", headers=headers)


def told(value: Value, unit: Unit, language: str) -> str:
    """A cell as people read it; nothing is said by a dash."""
    if value is None:
        return "-"
    return _TELLERS[unit](value, language)


def _size(value: int, _language: str) -> str:
    number, at = Decimal(value), 0
    while number >= 1000 and at < len(BYTES) - 1:
        number, at = number / 1000, at + 1
    return f"{number:.1f} {BYTES[at]}" if at else f"{value} B"


_TELLERS: Mapping[Unit, Callable[[Any, str], str]] = {
    Unit.TEXT: lambda value, language: translate(language, value),
    Unit.DAY: long_date,
    Unit.MONTH: lambda value, language: f"{month_name(value.month, language)} {value.year}",
    Unit.COUNT: lambda value, _: grouped(value),
    Unit.PAISE: lambda value, _: rupees(Decimal(value) / 100),
    Unit.SHARE: lambda value, _: f"{value} %",
    Unit.SCORE: lambda value, _: str(value),
    Unit.BYTES: _size,
}
