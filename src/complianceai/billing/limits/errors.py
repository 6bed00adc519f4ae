"""What is said to whoever asks for more than the plan has room for."""

from complianceai.base.errors import DomainError, Kind
from complianceai.billing.limits.rooms import MONTHLY, Room
from complianceai.billing.plans import Plan
from complianceai.site.words import Filled, Spoken, marked

SENTENCES = {
    Room.COMPANIES: marked("The plan {plan} has room for {limit} companies, and there are {used}. {advice}"),
    Room.PEOPLE: marked(
        "The plan {plan} has room for {limit} people at work, and there are {used}. {advice}"
    ),
    Room.DOCUMENTS: marked(
        "The plan {plan} has room for {limit} new documents a month, and {used} were made this month. {advice}"
    ),
    Room.ANSWERS: marked(
        "The plan {plan} has room for {limit} answers a month, and {used} were given this month. {advice}"
    ),
    Room.STORAGE: marked(
        "The plan {plan} has room for files of {limit} in all, and {used} are kept. {advice}"
    ),
}
ONE_COMPANY = marked("The plan {plan} has room for one company, and that place is taken. {advice}")
MORE = marked("{better} has room for {more}: whoever pays can choose it under Plan and usage.")
UNBOUNDED = marked("{better} has no such limit: whoever pays can ask for it under Plan and usage.")
NO_MORE = marked("No plan has room for more.")
WAIT = marked("{advice} Or wait until the month is over.")


class OverPlan(DomainError):
    """The plan has no room for what is to be added; nothing was changed."""

    code = "billing.over_plan"
    kind = Kind.OVER_PLAN
    sentence = marked("The plan has no room for this.")

    def __init__(self, room: Room, plan: Plan, used: int, better: Plan | None) -> None:
        """The refusal, in figures for programs and in a sentence for people."""
        limit = room.of(plan)
        told = {"plan": named(plan), "limit": room.told(limit or 0), "used": room.told(used)}
        more = None if better is None else room.of(better)
        super().__init__(room=room.value, plan=named(plan), limit=limit or 0, used=used)
        if better is not None:
            self.fields["better"] = named(better)
        if more is not None:
            self.fields["more"] = more
        # Whole, since what it says of a better plan differs; a language fills it anew in its own words.
        is_one = room is Room.COMPANIES and limit == 1
        said = ONE_COMPANY if is_one else SENTENCES[room]
        self.sentence = Filled(said, **told, advice=_advice(room, better, more))  # type: ignore[misc]


def named(plan: Plan) -> Spoken:
    """How the plan is called, in each language."""
    return Spoken(plan.titles.en, hi=plan.titles.hi)


def _advice(room: Room, better: Plan | None, more: int | None) -> str:
    advice = Filled(NO_MORE)
    if better is not None and more is None:
        advice = Filled(UNBOUNDED, better=named(better))
    elif better is not None and more is not None:
        advice = Filled(MORE, better=named(better), more=room.told(more))
    return Filled(WAIT, advice=advice) if room in MONTHLY else advice
