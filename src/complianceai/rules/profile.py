"""A company's facts, read from what a person wrote and made ready for the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from complianceai.base.identity import by_identity
from complianceai.base.money import to_decimal
from complianceai.catalogue.expressions import Facts
from complianceai.catalogue.vocabulary import states, vocabulary

Raw = Mapping[str, Any]

COMPANIES = frozenset({"private_limited", "public_limited", "opc", "section_8"})


class Subject(NamedTuple):
    """What one duty is about: the company, or one of its registrations, directors, marks or events."""

    facts: Facts
    since: date | None
    registration: str | None = None
    event_on: date | None = None


@by_identity
class Profile(NamedTuple):
    """A company as the rules see it."""

    raw: Raw
    facts: Facts
    incorporated_on: date | None
    year_end: tuple[int, int]
    done: Mapping[str, Mapping[str, date]]
    kinds: frozenset[str] = frozenset()  # of its events and licences, as obligations name them

    def subjects(self, per: str) -> Iterator[Subject]:
        """Each thing of the company that a duty is about.

        Errors: NeedsFact where the profile does not say how many there are.
        """
        if per == "company":
            yield Subject(self.facts, self.incorporated_on)
        elif per == "registration":
            yield from self._registrations()
        elif per.startswith("event:"):
            yield from self._events(per.removeprefix("event:"))
        elif per.startswith("licence:"):
            yield from self._licences(per.removeprefix("licence:"))
        else:
            yield from self._listed(per)

    def _registrations(self) -> Iterator[Subject]:
        gst = self.raw.get("gst") or {}
        if gst.get("registered") and not gst.get("registrations"):
            # Registered, but where and how is not told: what turns on it stays open.
            yield Subject(self.facts, self.incorporated_on)
        for each in gst.get("registrations", ()):
            own = _of_registration(each)
            since = own.get("registration.registered_on", self.incorporated_on)
            yield Subject(Facts({**self.facts, **own}), since, each["state"])

    def _events(self, kind: str) -> Iterator[Subject]:
        for each in self.raw.get("events", ()):
            if each["type"] == kind:
                own = {f"event.{name}": _value(value) for name, value in each.items()}
                facts = Facts({**self.facts, **self._registration_of(each), **own})
                yield Subject(facts, self.incorporated_on, event_on=own["event.on"])

    def _licences(self, kind: str) -> Iterator[Subject]:
        for each in self.raw.get("licences", ()):
            if each["kind"] == kind:
                own = {f"licence.{name}": _value(value) for name, value in each.items()}
                own["licence.called"] = each.get("name") or each.get("number") or "What you hold"
                yield Subject(Facts({**self.facts, **own}), own.get("licence.issued_on"))

    def _registration_of(self, event: Raw) -> dict[str, Any]:
        """The GST registration that an event is about, where the State or their number leaves no choice."""
        every = (self.raw.get("gst") or {}).get("registrations", ())
        meant = [each for each in every if event.get("state", each["state"]) == each["state"]]
        if len(meant) != 1:
            return {}
        return _of_registration(meant[0])

    def _listed(self, per: str) -> Iterator[Subject]:
        name, optional = {"director": ("directors_kyc", False), "trademark": ("trademarks", True)}[per]
        if name not in self.raw and not optional and self.facts["entity_type"] in COMPANIES:
            # Every company has directors: leaving them out does not mean that there are none.
            yield Subject(self.facts, self.incorporated_on)
        for each in self.raw.get(name, ()):
            own = {f"{per}.{key}": "" if value is None else _value(value) for key, value in each.items()}
            since = own.get("director.din_allotted_on")
            yield Subject(Facts({**self.facts, **own}), since if isinstance(since, date) else None)


def read_profile(raw: Any) -> Profile:
    """The profile that a mapping describes.

    Errors: ProfileFaults, with each fault's path and its cure.
    """
    from complianceai.rules.profile_checks import checked  # noqa: PLC0415 - a schema library that only reading needs

    sound = checked(raw)
    month, day = map(int, sound.get("financial_year_end", "03-31").split("-"))
    done = {
        "agm_dates": {label: date.fromisoformat(held) for label, held in sound.get("agm_dates", {}).items()}
    }
    kinds = [f"event:{each['type']}" for each in sound.get("events", ())]
    kinds += [f"licence:{each['kind']}" for each in sound.get("licences", ())]
    born = _day(sound.get("incorporated_on"))
    return Profile(sound, _facts(sound), born, (month, day), done, frozenset(kinds))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _of_registration(raw: Raw) -> dict[str, Any]:
    """A GST registration's facts; its district in the writing that reliefs use ('thane district' is Thane)."""
    own = {f"registration.{name}": _value(value) for name, value in raw.items()}
    if district := own.get("registration.district"):
        own["registration.district"] = district.strip().title().removesuffix(" District")
    return own


def _value(value: Any) -> Any:
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-" and value[:4].isdigit():
        return date.fromisoformat(value)
    if isinstance(value, float):
        return to_decimal(value)
    return tuple(value) if isinstance(value, list) else value


_OF_ONE = ("registration.", "director.", "trademark.", "licence.", "event.", "period.")
_NO_BY_DEFAULT: dict[str, Any] = {}


def _defaults() -> dict[str, Any]:
    """What is left out: no for a yes/no fact, an empty list for a list, unknown for all else."""
    if not _NO_BY_DEFAULT:
        for name, term in vocabulary().items():
            if not name.startswith(_OF_ONE):
                if term.type == "yes_no":
                    _NO_BY_DEFAULT[name] = False
                elif term.type == "texts":
                    _NO_BY_DEFAULT[name] = ()
        _NO_BY_DEFAULT["financial_year_end"] = "03-31"
    return _NO_BY_DEFAULT


def _facts(raw: Raw) -> Facts:
    facts = Facts(_defaults())
    _flatten(raw, "", facts)
    for name in ("directors_kyc", "trademarks", "licences", "events", "gst.registrations", "agm_dates"):
        facts.pop(name, None)
    if facts["entity_type"] in COMPANIES:
        facts["income_tax.audited_any_law"] = True
    _work_out_employees(raw.get("employees", {}), facts)
    return facts


def _flatten(raw: Raw, prefix: str, facts: Facts) -> None:
    for name, value in raw.items():
        if isinstance(
            value, dict
        ):  # as checking makes them; an abstract Mapping costs ten times as much to tell
            _flatten(value, f"{prefix}{name}.", facts)
        else:
            facts[prefix + name] = _value(value)


def _work_out_employees(raw: Raw, facts: Facts) -> None:
    """What headcounts by State imply: the total, and none where a State is not named."""
    by_state = raw.get("by_state")
    if by_state is not None and "total" not in raw:
        facts["employees.total"] = sum(by_state.values())
    if by_state is not None or raw.get("total") == 0:
        for state in states():
            facts.setdefault(f"employees.by_state.{state}", 0)
