"""What of plans and usage goes over the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from complianceai.billing.limits.rooms import Room
from complianceai.billing.plans import GST_PERCENT, Plan, gst_on
from complianceai.billing.showing.standing import Standing
from complianceai.site.replies import Reply

WITHOUT_LIMIT = "None where there is no limit."
ON_REQUEST = "In paise and without GST; none where the price is told on request."


class LimitsReply(Reply):
    """How much a plan has room for; none is no limit."""

    companies: int | None
    people: int | None
    documents_a_month: int | None
    answers_a_month: int | None
    storage_bytes: int | None


class PlanReply(Reply):
    """One plan."""

    name: str
    titles: dict[str, str]
    about: dict[str, str]
    monthly_paise: int | None = Field(description=ON_REQUEST)
    yearly_paise: int | None = Field(description=ON_REQUEST)
    monthly_gst_paise: int | None
    yearly_gst_paise: int | None
    gst_percent: int
    trial_days: int
    for_practice: bool = Field(description="Whether only a practice may take it.")
    limits: LimitsReply


class OwnPlanReply(Reply):
    """The plan of a person or a practice, since when, and whether anybody is held to it on this server."""

    account_id: UUID | None = Field(description="None until the account is first needed.")
    practice_id: UUID | None
    practice: str | None
    has_limits: bool
    since: datetime | None
    trial_ends_on: date | None
    plan: PlanReply


class RoomReply(Reply):
    """How much of one limit is used; storage is in bytes."""

    room: Room
    used: int
    limit: int | None = Field(description=WITHOUT_LIMIT)
    is_full: bool


class UsageReply(Reply):
    """What is used: of documents and answers in the month that begins then, of all else now."""

    month: date
    has_limits: bool
    rooms: list[RoomReply]


def plan_reply(plan: Plan) -> PlanReply:
    """The plan, with the tax on its prices."""
    month, year = plan.monthly_paise, plan.yearly_paise
    limits = LimitsReply.model_validate(plan.limits)
    return PlanReply(
        name=plan.name,
        titles={"en": plan.titles.en, "hi": plan.titles.hi},
        about={"en": plan.about.en, "hi": plan.about.hi},
        monthly_paise=month,
        yearly_paise=year,
        monthly_gst_paise=None if month is None else gst_on(month),
        yearly_gst_paise=None if year is None else gst_on(year),
        gst_percent=GST_PERCENT,
        trial_days=plan.trial_days,
        for_practice=plan.for_practice,
        limits=limits,
    )


def own_plan_reply(standing: Standing) -> OwnPlanReply:
    """The plan of the place that stands there."""
    account = standing.account
    return OwnPlanReply(
        account_id=account.id if account else None,
        practice_id=standing.place.holder.practice_id,
        practice=standing.place.practice,
        has_limits=standing.has_limits,
        since=account.plan_since if account else None,
        trial_ends_on=account.trial_ends_on if account else None,
        plan=plan_reply(standing.plan),
    )


def usage_reply(standing: Standing) -> UsageReply:
    """What the place that stands there uses."""
    rooms = [RoomReply.model_validate(each) for each in standing.rooms]
    return UsageReply(month=standing.month, has_limits=standing.has_limits, rooms=rooms)
