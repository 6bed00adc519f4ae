"""Lists of what was told: a person's alerts, and what became of a webhook's deliveries."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from complianceai.register.lists.model import Listing, worded
from complianceai.register.lists.of_company import Asking
from complianceai.register.reminders.hooks.calling import EVENT_WORDS
from complianceai.register.reminders.pages.webhooks import STATE_WORDS
from complianceai.register.reminders.queries.alerts import list_alerts
from complianceai.register.reminders.queries.places import Attempt, attempts_of, find_webhook, list_deliveries
from complianceai.register.reminders.replies import alert_reply
from complianceai.register.spreadsheets.writing import Said, Value
from complianceai.register.tasks.policies import check_may
from complianceai.register.tasks.states import Deed
from complianceai.site.numbers import moment
from complianceai.site.words import marked
from complianceai.tenancy.scope import Scope

# Of each the latest: what was told a year ago is in the trail.
MOST = 5_000
_READ, _UNREAD = marked("read"), marked("unread")


async def alerts_of(connection: AsyncConnection, scope: Scope, language: str, today: date) -> Listing:
    """What the person was told, the latest first."""
    heading = (
        marked("When"),
        marked("What"),
        marked("Said"),
        marked("Company"),
        marked("Date"),
        marked("Status"),
    )
    rows: list[list[Value]] = []
    for telling, when in await list_alerts(connection, scope, limit=MOST, offset=0):
        each = alert_reply(telling, when, language, today)
        rows.append([
            Said(when.at.isoformat(), moment(when.at, language)), Said(each.text, href=each.path), each.said,
            each.company, each.due_date, worded(*(_word(_READ) if when.read_at else _word(_UNREAD)), language),
        ])  # fmt: skip
    return Listing("alerts", marked("What you were told"), scope.person.name, heading, rows)


async def deliveries_of(connection: AsyncConnection, asking: Asking, webhook_id: UUID) -> Listing:
    """What was to be told to the webhook and what became of it, the latest first.

    Errors: NotYourRole; WebhookMissing.
    """
    check_may(asking.company.role, Deed.SET_UP)
    hook = await find_webhook(connection, asking.scope, asking.company.id, webhook_id)
    found = await list_deliveries(connection, webhook_id, limit=MOST, offset=0)
    attempts = await attempts_of(connection, found)
    heading = (marked("When"), marked("What"), marked("Status"), marked("Attempts"), marked("Last reply"))
    rows: list[list[Value]] = []
    for each in found:
        tries = attempts.get(each.id, [])
        rows.append([
            Said(each.created_at.isoformat(), moment(each.created_at, asking.language)),
            worded(each.event, EVENT_WORDS.get(each.event, each.event), asking.language),
            worded(each.state, STATE_WORDS[each.state], asking.language), len(tries), _outcome(tries),
        ])  # fmt: skip
    asked = [(marked("Webhook"), hook.address)]
    return Listing("deliveries", marked("Deliveries"), asking.company.name, heading, rows, asked)


def _outcome(tries: list[Attempt]) -> Value:
    """The status of the last reply, or why there was none."""
    return (tries[-1].status or tries[-1].error) if tries else None


def _word(word: str) -> tuple[str, str]:
    return word, word
