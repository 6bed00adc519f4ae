"""What is said to whoever asks for more than the plan has room for."""

from complianceai.base.errors import DomainError, Kind
from complianceai.billing.limits.rooms import MONTHLY, Room
from complianceai.billing.plans import Plan
from complianceai.site.words import Filled, Spoken, marked

SENTENCES = {
    Room.COMPANIES: marked("Companies on the plan {plan}: {limit}. There are {used}. {advice}"),
    Room.PEOPLE: marked("People who work together on the plan {plan}: {limit}. There are {used}. {advice}"),
    Room.DOCUMENTS: marked("New documents a month on the plan {plan}: {limit}. {used} were made. {advice}"),
    Room.ANSWERS: marked("Answers a month on the plan {plan}: {limit}. {used} were given. {advice}"),
    Room.STORAGE: marked("Files on the plan {plan}: {limit} altogether. {used} are kept. {advice}"),
}
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
        self.sentence = Filled(SENTENCES[room], **told, advice=_advice(room, better, more))  # type: ignore[misc]


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
