"""What reminders look like on the way out."""

from datetime import date, datetime
from uuid import UUID

from complianceai.register.reminders.queries.alerts import When
from complianceai.register.reminders.queries.places import Attempt, Sent
from complianceai.register.reminders.queries.told import OfPaper, Telling
from complianceai.register.reminders.telling import line_of, line_of_paper, path_of
from complianceai.register.reminders.wants import Rhythm, Wishes
from complianceai.site.replies import Reply, Wire


class SettingsReply(Reply):
    """How a company's people are reminded."""

    before: list[int]
    duties: dict[str, list[int]]
    overdue: list[int]
    weekly: bool
    reviewer_after: int | None
    owner_after: int | None


class WishesReply(Wire):
    """How a person is told, in India's time."""

    before: list[int] | None
    by_mail: bool
    events_by_mail: bool
    rhythm: Rhythm
    weekday: int
    digest_at: str
    quiet_from: str
    quiet_until: str


class WebhookReply(Reply):
    """A webhook, without its secret."""

    id: UUID
    address: str
    events: list[str]
    created_at: datetime
    failing_since: datetime | None
    paused_at: datetime | None


class NewWebhookReply(WebhookReply):
    """A webhook that was just made, with its secret: it is told only now."""

    secret: str


class AttemptReply(Reply):
    """One attempt: the status of the reply, or why there was none."""

    at: datetime
    status: int | None
    error: str | None
    milliseconds: int


class DeliveryReply(Reply):
    """A delivery, and each attempt."""

    id: UUID
    event: str
    created_at: datetime
    state: str
    attempts: list[AttemptReply]


class ChatReply(Reply):
    """A chat, without its address."""

    id: UUID
    name: str
    service: str
    language: str
    created_at: datetime


class AlertReply(Reply):
    """Something a person was told, and where it leads: to a task with its date, or to a document, which has none."""

    id: UUID
    kind: str
    text: str
    said: str
    company_id: UUID
    company: str
    task_id: UUID | None
    document_id: UUID | None = None
    due_date: date | None
    certainty: str | None
    path: str
    at: datetime
    read_at: datetime | None


class ReadReply(Reply):
    """How many alerts were marked as read by this."""

    read: int


def wishes_reply(wishes: Wishes) -> WishesReply:
    """The wishes as they go out."""
    return WishesReply(
        before=None if wishes.before is None else list(wishes.before),
        by_mail=wishes.by_mail,
        events_by_mail=wishes.events_by_mail,
        rhythm=wishes.rhythm,
        weekday=wishes.weekday,
        digest_at=f"{wishes.digest_at:%H:%M}",
        quiet_from=f"{wishes.quiet_from:%H:%M}",
        quiet_until=f"{wishes.quiet_until:%H:%M}",
    )


def delivery_reply(sent: Sent, attempts: list[Attempt]) -> DeliveryReply:
    """A delivery as it goes out."""
    told = [
        AttemptReply(at=each.at, status=each.status, error=each.error, milliseconds=each.milliseconds)
        for each in attempts
    ]
    return DeliveryReply(
        id=sent.id, event=sent.event, created_at=sent.created_at, state=sent.state, attempts=told
    )


def alert_reply(telling: Telling | OfPaper, when: When, language: str, today: date) -> AlertReply:
    """An alert as it goes out, said in the language."""
    if isinstance(telling, OfPaper):
        return _of_paper(telling, when, language)
    return AlertReply(
        id=telling.id,
        kind=telling.kind,
        text=line_of(telling, language, today),
        said=str(telling.said.get("text", "")),
        company_id=telling.company_id,
        company=telling.company,
        task_id=telling.task_id,
        due_date=telling.effective_date,
        certainty=telling.certainty,
        path=path_of(telling),
        at=when.at,
        read_at=when.read_at,
    )


def _of_paper(telling: OfPaper, when: When, language: str) -> AlertReply:
    return AlertReply(
        id=telling.id,
        kind=telling.kind,
        text=line_of_paper(telling, language),
        said=str(telling.said.get("text", "")),
        company_id=telling.company_id,
        company=telling.company,
        task_id=None,
        document_id=telling.document_id,
        due_date=None,
        certainty=None,
        path=f"/app/companies/{telling.company_id}/documents/{telling.document_id}",
        at=when.at,
        read_at=when.read_at,
    )
