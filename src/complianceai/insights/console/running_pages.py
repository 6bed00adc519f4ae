"""How the site is run: work in the background, announcements, and parts that are on for some only."""

from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from complianceai.base.errors import InvalidInput, NotFound
from complianceai.base.ids import read_id
from complianceai.insights.console import keeping
from complianceai.insights.console.schemas import AnnouncementForm, NamedForm, ShareForm
from complianceai.insights.notices import read_switches
from complianceai.jobs.queries import count_states, list_jobs
from complianceai.site.language import translate
from complianceai.site.preferences import preferences
from complianceai.site.routing import Router
from complianceai.storage.outbox import State
from complianceai.storage.services import Db, Now
from complianceai.tenancy.forms import read_form, typed_in
from complianceai.tenancy.operators.access import OperatorScope
from complianceai.tenancy.operators.console import console

router = Router(prefix="/operator", include_in_schema=False)


@router.get("/jobs")
async def show_jobs(request: Request, scope: OperatorScope, database: Db) -> Response:
    """How many jobs are in each state, and those that failed, without what they hold of people."""
    del scope  # it insists
    async with database.reading() as connection:
        counts = await count_states(connection)
        failed = await list_jobs(connection, State.FAILED, limit=keeping.MOST_JOBS)
    return console(request, "insights/jobs.html", counts=counts, failed=failed, states=list(State))


@router.post("/jobs")
async def retry(request: Request, scope: OperatorScope, database: Db, now: Now) -> Response:
    """The way back; the job, or every one that failed, is tried again."""
    wanted = (await typed_in(request)).get("job", "")
    job = None if wanted == "all" else read_id(wanted)
    if job is None and wanted != "all":
        raise NotFound
    await keeping.retry_jobs(database, scope, job, now)
    return RedirectResponse("/operator/jobs", status_code=303)


@router.get("/announcements")
async def show_announcements(request: Request, scope: OperatorScope, database: Db, now: Now) -> Response:
    """What is told to everybody, and the form to tell more."""
    del scope  # it insists
    return await _announcements(request, database, now, {}, {})


@router.post("/announcements")
async def announce(request: Request, scope: OperatorScope, database: Db, now: Now) -> Response:
    """The way back with the announcement made or ended, or the form with what to mend."""
    typed = await typed_in(request)
    if "end" in typed:
        identity = read_id(typed["end"])
        if identity is None:
            raise NotFound
        await keeping.end_announcement(database, scope, identity, now)
    else:
        try:
            given = read_form(typed, AnnouncementForm)
            texts = given.text_en, given.text_hi
            await keeping.announce(database, scope, texts, (given.starts, given.ends), now)
        except InvalidInput as error:
            return await _announcements(request, database, now, typed, error.faults)
    await request.app.state.insights.refresh()
    return RedirectResponse("/operator/announcements", status_code=303)


@router.get("/switches")
async def show_switches(request: Request, scope: OperatorScope, database: Db) -> Response:
    """Every part of the product that can be on for some only."""
    del scope  # it insists
    return await _switches(request, database, {})


@router.post("/switches/{switch_name}")
async def switch(
    request: Request, switch_name: str, scope: OperatorScope, database: Db, now: Now
) -> Response:
    """The way back with the switch set, or the page with what to mend."""
    typed = await typed_in(request)
    try:
        if "percent" in typed:
            share = read_form(typed, ShareForm)
            await keeping.set_switch(database, scope, switch_name, share.percent, now)
        else:
            named = read_form(typed, NamedForm)
            is_on = typed.get("deed") != "remove"
            await keeping.switch_person(database, scope, switch_name, named.email, now, is_on=is_on)
    except InvalidInput as error:
        return await _switches(request, database, error.faults)
    await request.app.state.insights.refresh()
    return RedirectResponse("/operator/switches", status_code=303)


async def _announcements(
    request: Request, database: Db, now: Now, typed: dict[str, str], faults: dict[str, str]
) -> Response:
    async with database.reading() as connection:
        found = await keeping.list_announcements(connection, now)
    names = ("text_en", "text_hi", "starts", "ends")
    return console(
        request,
        "insights/announcements.html",
        status=422 if faults else 200,
        found=found,
        now=now,
        typed={name: typed.get(name, "") for name in names},
        faults=_said(request, faults),
    )


async def _switches(request: Request, database: Db, faults: dict[str, str]) -> Response:
    async with database.reading() as connection:
        found = keeping.standing(await read_switches(connection))
    status, told = (422 if faults else 200), _said(request, faults)
    return console(request, "insights/switches.html", status=status, switches=found, faults=told)


def _said(request: Request, faults: dict[str, str]) -> dict[str, Any]:
    language = preferences(request).language
    return {name: translate(language, sentence) for name, sentence in faults.items()}
