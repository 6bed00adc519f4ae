"""The page of a company's trail, and its export."""

from typing import Annotated

from fastapi import Query, Request
from starlette.responses import Response, StreamingResponse

from complianceai.base.clock import INDIA
from complianceai.site.routing import Router
from complianceai.site.templating import page
from complianceai.site.words import marked
from complianceai.storage.services import Db
from complianceai.tenancy.access import SignedIn
from complianceai.tenancy.one_company import OneCompany
from complianceai.tenancy.trail.differences import differences_of
from complianceai.tenancy.trail.queries import export_trail, list_trail

router = Router(prefix="/app/companies/{company_id}", include_in_schema=False)
PAGE_SIZE = 25
DEED_WORDS = {
    "company.created": marked("described the company"),
    "company.edited": marked("changed its facts"),
    "company.deleted": marked("deleted the company"),
    "company.exported": marked("took everything out as an archive"),
    "company.imported": marked("brought the company in from an archive"),
    "unsure_facts.changed": marked("said which facts are not known"),
    "account.edited": marked("changed what invoices say"),
    "plan.changed": marked("moved to another plan"),
    "subscription.asked": marked("asked for a subscription"),
    "subscription.ended": marked("ended a subscription"),
    "refund.asked": marked("asked for money to go back"),
    "refund.refused": marked("could not send money back"),
    "invitation.made": marked("invited somebody"),
    "invitation.withdrawn": marked("withdrew an invitation"),
    "member.joined": marked("joined by an invitation"),
    "member.changed": marked("changed somebody's role"),
    "member.removed": marked("removed somebody"),
    "member.left": marked("left the company"),
    "reminders.set": marked("changed how reminders are sent"),
    "chat.added": marked("added a chat"),
    "chat.removed": marked("removed a chat"),
    "webhook.added": marked("added a webhook"),
    "webhook.changed": marked("changed a webhook"),
    "webhook.removed": marked("removed a webhook"),
    "evidence.bundled": marked("downloaded an evidence bundle"),
    "tasks.synced": marked("brought the tasks in step with the law and the facts"),
    "register.set": marked("changed how the register is kept"),
    "duty.made": marked("added a duty of its own"),
    "duty.changed": marked("changed a duty of its own"),
    "notice.made": marked("added a notice"),
    "notice.changed": marked("corrected a notice"),
    "notice.happening": marked("noted what became of a notice"),
    "task.edited": marked("changed the task"),
    "answer.shared": marked("made a link to an answer"),
    "answer.withdrawn": marked("withdrew a link to an answer"),
    "request.made": marked("asked the client for documents"),
    "request.revoked": marked("revoked a link for documents"),
    "request.answered": marked("sent a document that was asked for"),
    "request.taken": marked("took what was sent as evidence"),
    "request.refused": marked("refused what was sent"),
    "tasks.imported": marked("applied a spreadsheet"),
    "tasks.import_undone": marked("undid a spreadsheet"),
    "task.start": marked("started the task"),
    "task.submit": marked("sent it for review"),
    "task.withdraw": marked("took it back from review"),
    "task.approve": marked("approved it"),
    "task.priced": marked("said what the price of its lateness turns on"),
    "task.approve_again": marked("approved it as it stands now"),
    "task.send_back": marked("sent it back"),
    "task.file": marked("marked it as filed"),
    "task.waive": marked("waived it"),
    "task.rule_out": marked("said that it does not apply"),
    "task.reopen": marked("opened it again"),
    "task.commented": marked("said something"),
    "task.item": marked("changed the checklist"),
    "task.item_removed": marked("took a point off the checklist"),
    "task.evidence_added": marked("added evidence"),
    "task.evidence_removed": marked("removed evidence"),
    "engagement.began": marked("gave it into the care of a practice"),
    "engagement.changed": marked("changed who in the practice sees it, or the days"),
    "engagement.ended": marked("ended the care of the practice"),
    "client_teams.changed": marked("changed the teams that work on it"),
    "client_person.named": marked("named somebody of the practice for it"),
    "client_person.removed": marked("took somebody of the practice off it"),
    "private_client.taken_over": marked("took over a private client"),
    "practice.created": marked("made the practice"),
    "practice.edited": marked("changed its details"),
    "document.sealed": marked("sealed the signed paper"),
    "template.made": marked("made a template of its own"),
    "template.changed": marked("changed a template of its own"),
    "template.retired": marked("retired a template of its own"),
    "template.taken_up": marked("took a retired template up again"),
    "papers.started": marked("had papers made of a table"),
    "papers.stopped": marked("stopped the making of papers"),
    "papers.made": marked("had papers of a table finished"),
    "papers.removed": marked("removed what was made of a table"),
    "papers.described": marked("changed what its papers say of it"),
    "practice.load_assumed": marked("changed what the forecast assumes"),
    "practice.closed": marked("closed the practice"),
    "practice_invitation.made": marked("invited somebody"),
    "practice_invitation.withdrawn": marked("withdrew an invitation"),
    "practice_member.joined": marked("joined by an invitation"),
    "practice_member.changed": marked("changed somebody's role"),
    "practice_member.removed": marked("removed somebody"),
    "practice_member.left": marked("left the practice"),
    "team.made": marked("made a team"),
    "team.changed": marked("changed a team"),
    "team.deleted": marked("deleted a team"),
    "client.added": marked("took a client into care"),
    "clients.imported": marked("took clients on by a spreadsheet"),
    "clients.import_undone": marked("undid a spreadsheet of clients"),
    "client.ended": marked("ended the care of a client"),
    "operator.helped": marked("opened a page as the operator who helps"),
    "operator.looked": marked("looked at it as the operator of this site"),
}


@router.get("/trail")
async def show_trail(
    request: Request,
    company: OneCompany,
    scope: SignedIn,
    database: Db,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
) -> Response:
    """Who changed what and when, the latest first, a page at a time."""
    async with database.reading() as connection:
        found, total = await list_trail(
            connection, scope, company.id, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE
        )
    return page(
        request,
        "tenancy/trail.html",
        company=company,
        base=f"/app/companies/{company.id}",
        rows=[(entry, entry.at.astimezone(INDIA), differences_of(entry)) for entry in found],
        deed_words=DEED_WORDS,
        total=total,
        number=number,
        pages=-(-total // PAGE_SIZE),
    )


@router.get("/trail.jsonl")
async def export(company: OneCompany, scope: SignedIn, database: Db) -> Response:
    """The whole trail as a file, in the form that the stand-alone verifier takes."""
    return StreamingResponse(
        await export_trail(database, scope, company.id),
        media_type="application/x-ndjson",
        headers={
            "Content-Disposition": 'attachment; filename="trail.jsonl"',
            "Cache-Control": "private, no-store",
        },
    )
