"""What tasks look like on the way out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic.alias_generators import to_camel

from complianceai.register.tasks.checklists import points_of
from complianceai.register.tasks.costing import AtRisk, Risk
from complianceai.register.tasks.notice_states import Happening, NoticeState
from complianceai.register.tasks.policies import can_take_step
from complianceai.register.tasks.queries.counting import Counts
from complianceai.register.tasks.queries.duties import CustomDuty
from complianceai.register.tasks.queries.listing import TaskRow
from complianceai.register.tasks.queries.one import Comment, Item, Worked
from complianceai.register.tasks.queries.scoring import MonthScore, score_of
from complianceai.register.tasks.states import Priority, State, steps_from
from complianceai.rules.wire import line_as_plain
from complianceai.site.replies import Reply, Wire
from complianceai.tenancy.policies import Role


class TaskReply(Reply):
    """A task as a list shows it; `dueDate` is the operative date, `effectiveDate` the last day in time."""

    id: UUID
    key: str
    kind: str
    obligation_id: str | None
    form: str
    title: str
    authority: str
    registration: str | None
    period_label: str
    part: str
    certainty: str
    statutory_date: date
    due_date: date
    effective_date: date
    extended_by: str | None
    working_date: date | None
    state: State
    lapse: str | None
    priority: Priority
    assignee_id: UUID | None
    assignee: str | None
    reviewer_id: UUID | None
    reviewer: str | None
    filed_on: date | None
    approved_by: UUID | None
    version: int


def row_reply(row: TaskRow, *, sees_people: bool) -> TaskReply:
    """The row, without who does it for those who may not know."""
    told = {name: getattr(row, name) for name in TaskReply.model_fields}
    hidden = (
        {}
        if sees_people
        else dict.fromkeys(("assignee_id", "assignee", "reviewer_id", "reviewer", "approved_by"))
    )
    return TaskReply(**{**told, **hidden})


def rows_as_plain(rows: Iterable[Sequence[Any]], *, sees_people: bool) -> list[dict[str, Any]]:
    """Rows by the order of `TaskRow` as `TaskReply` puts them on the wire, for the one list that is asked most."""
    hidden = {} if sees_people else dict.fromkeys(_PEOPLE)
    return [{**dict(zip(_NAMES, row, strict=True)), **hidden} for row in rows]


_NAMES = tuple(to_camel(name) for name in TaskRow.__slots__)
_PEOPLE = ("assigneeId", "assignee", "reviewerId", "reviewer", "approvedBy")


class EarlierDates(Wire):
    """Where the dates of a task stood before they moved."""

    statutory: date
    due: date
    effective: date
    extended_by: str | None
    until: datetime


class ApprovalReply(Reply):
    """An approval: of which facts, and whether they still are what was approved."""

    by: UUID
    name: str | None
    at: datetime
    facts_hash: str
    holds: bool
    changed: list[str]


class EvidenceReply(Reply):
    """A file that proves a filing, by its hash."""

    id: UUID
    name: str
    sha256: str
    added_at: datetime


class PointReply(Reply):
    """One point of a checklist."""

    text: str
    is_own: bool
    done: bool
    done_by: str | None


class CommentReply(Reply):
    """What somebody said of a task."""

    id: UUID
    person_id: UUID | None
    person: str
    text: str
    at: datetime


class TaskDetail(TaskReply):
    """One task with all that belongs to it; `steps` are those that the caller may take now."""

    period_start: date | None
    period_end: date | None
    earlier_dates: list[EarlierDates]
    reason: str | None
    own_priority: Priority | None
    notes: str
    acknowledgement: str
    amount_paise: int | None
    filing_note: str
    facts_hash: str
    prepared_by: UUID | None
    prepared_name: str | None
    review_demanded: bool
    reviewed: bool
    approval: ApprovalReply | None
    evidence: list[EvidenceReply]
    checklist: list[PointReply]
    steps: list[str]
    notice_id: UUID | None
    duty_id: UUID | None


def detail_reply(
    worked: Worked, items: Sequence[Item], role: Role, person_id: UUID, *, sees: bool
) -> TaskDetail:
    """The task, without who does it and what they wrote for those who may not know."""
    task = worked.task
    names = set(TaskDetail.model_fields) & set(task.__slots__)
    told: dict[str, Any] = {name: getattr(task, name) for name in names}
    if not sees:
        people = (
            "assignee_id",
            "assignee",
            "reviewer_id",
            "reviewer",
            "approved_by",
            "prepared_by",
            "prepared_name",
        )
        told |= dict.fromkeys(people) | {"notes": "", "filing_note": "", "reason": None}
    standing = worked.standing(role, person_id)
    told |= {
        "earlier_dates": [EarlierDates.model_validate(each) for each in task.earlier_dates],
        "facts_hash": worked.facts_hash,
        "reviewed": task.approved_by is not None,
        "approval": _approval(worked) if sees else None,
        "evidence": [EvidenceReply.model_validate(mark) for mark in worked.evidence] if sees else [],
        "checklist": [
            PointReply(text=point.text, is_own=point.is_own, done=point.is_done, done_by=point.done_by)
            for point in (points_of(task.obligation_id, items) if sees else ())
        ],
        "steps": [step.name for step in steps_from(task.state) if can_take_step(step, standing)],
    }
    return TaskDetail(**told)


def _approval(worked: Worked) -> ApprovalReply | None:
    task = worked.task
    if task.approved_by is None or task.approved_at is None or task.approved_hash is None:
        return None
    return ApprovalReply(
        by=task.approved_by,
        name=task.approved_name,
        at=task.approved_at,
        facts_hash=task.approved_hash,
        holds=bool(worked.approval_holds),
        changed=worked.changed_since_approval(),
    )


def comment_reply(comment: Comment) -> CommentReply:
    """The comment."""
    return CommentReply.model_validate(comment)


class NoticeReply(Reply):
    """A notice from an authority."""

    id: UUID
    authority: str
    section: str
    reference: str
    subject: str
    dated: date
    received_on: date
    reply_due: date | None
    hearing_on: date | None
    state: NoticeState
    notes: str


class NoticeEventReply(Reply):
    """One thing that became of a notice."""

    id: UUID
    kind: Happening
    on: date
    moved_from: date | None
    moved_to: date | None
    text: str
    person: str | None
    at: datetime


class NoticeDetail(NoticeReply):
    """A notice with its history, the latest first, and the tasks of its dates."""

    events: list[NoticeEventReply]
    tasks: dict[str, UUID]


class ChargeLine(Wire):
    """One item of a cost, with its formula and where it stands in the law."""

    kind: str
    amount: int
    formula: str
    words: str
    citation: dict[str, Any]
    certainty: str
    reason: str | None
    discretionary: bool


class RiskLine(Wire):
    """What one overdue task costs if it is filed today; `needs` names what must be known to tell."""

    task_id: UUID
    form: str
    period_label: str
    total: int
    per_day: int
    lines: list[ChargeLine]
    needs: list[str]


class RiskReply(Reply):
    """What all that is overdue costs today, as far as it can be told; whole rupees."""

    total: int
    per_day: int
    lines: list[RiskLine]
    unknown: list[RiskLine]
    is_cut: bool


def risk_reply(risk: Risk) -> RiskReply:
    """What is at risk, line by line."""
    return RiskReply(
        total=risk.total,
        per_day=risk.per_day,
        lines=[_risk_line(line) for line in risk.priced],
        unknown=[_risk_line(line) for line in risk.unknown],
        is_cut=risk.is_cut,
    )


def _risk_line(line: AtRisk) -> RiskLine:
    found = line.today.lines if line.today else ()
    return RiskLine(
        task_id=line.late.id,
        form=line.late.form,
        period_label=line.late.period_label,
        total=line.total,
        per_day=line.per_day,
        lines=[ChargeLine(**line_as_plain(each)) for each in found],
        needs=list(line.needs),
    )


class MonthReply(Reply):
    """How many duties had their last day in the month that begins then, and how many were filed by it."""

    month: date
    due: int
    on_time: int
    percent: int | None


class DashboardReply(Reply):
    """How a company stands today."""

    pending: int
    overdue: int
    completed: int
    due_in7: int
    due_in30: int
    in_review: int
    sent_back: int
    unassigned: int
    mine: int
    waived: int
    filed_this_year: int
    on_time_this_year: int
    unreviewed_this_year: int
    notices_pending: int
    at_risk: RiskReply
    next: list[TaskReply]
    score: int | None
    months: list[MonthReply]


def dashboard_reply(
    counts: Counts, risk: Risk, coming: Sequence[TaskRow], months: list[MonthScore], *, sees: bool
) -> DashboardReply:
    """The company's counts, what is at risk, what comes next, and how punctual it was."""
    told = {name: getattr(counts, name, None) for name in DashboardReply.model_fields}
    told |= {"due_in7": counts.due_in_7, "due_in30": counts.due_in_30, "at_risk": risk_reply(risk)}
    told |= {"next": [row_reply(row, sees_people=sees) for row in coming], "score": score_of(months)}
    told |= {"months": [MonthReply.model_validate(each) for each in months]}
    return DashboardReply.model_validate(told)


class KeepingReply(Reply):
    """How the register is kept, and whether a review is demanded by that."""

    review_required: bool | None
    review_demanded: bool
    engaged_from: date | None
    engaged_until: date | None


class BulkReply(Reply):
    """How many tasks were changed, and of each that was not, the code and the sentence of the refusal."""

    done: int
    refused: dict[UUID, dict[str, str]]


class StatsReply(Reply):
    """How much of everything a company has."""

    documents: int
    ai_interactions: int
    compliance_tasks: int
    pending: int
    overdue: int
    completed: int


class DutyReply(Reply):
    """A duty of a company's own; `dueDate` is the first time."""

    id: UUID
    title: str
    due_date: date
    repeats: str
    ends_on: date | None
    authority: str
    notes: str


def duty_reply(duty: CustomDuty) -> DutyReply:
    """The duty."""
    told = {name: getattr(duty, name) for name in DutyReply.model_fields if name != "due_date"}
    return DutyReply(**told, due_date=duty.first_on)
