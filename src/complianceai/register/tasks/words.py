"""What forms and lists of tasks offer, and what fields are called."""

from complianceai import catalogue
from complianceai.register.tasks.queries.filters import ALL, DONE, LATER, MONTH, OPENED, OVERDUE, WEEK
from complianceai.register.tasks.queries.people import Colleague
from complianceai.register.tasks.states import PRIORITY_WORDS, STATE_WORDS, STEPS
from complianceai.register.tasks.wanted import HEARING, REPLY
from complianceai.site.words import marked

STATE_OPTIONS = [
    (OPENED, marked("all that is open")),
    *((state.value, words) for state, words in STATE_WORDS.items()),
    (DONE, marked("all that is closed")),
    (ALL, marked("all")),
]
DUE_OPTIONS = [
    (OVERDUE, marked("overdue")),
    (WEEK, marked("in 7 days")),
    (MONTH, marked("in 30 days")),
    (LATER, marked("later than that")),
]
PRIORITY_OPTIONS = [(priority.value, words) for priority, words in PRIORITY_WORDS.items()]
SORT_OPTIONS = [
    ("due", marked("last day in time")),
    ("-due", marked("last day in time, the latest first")),
    ("priority", marked("priority")),
    ("title", marked("name")),
    ("authority", marked("authority")),
]
REPEAT_OPTIONS = [
    ("once", marked("once")),
    ("month", marked("every month")),
    ("quarter", marked("every quarter")),
    ("year", marked("every year")),
]
# Approving is for one task at a time, with what was filed before one's eyes.
BULK_STEPS = [(name, STEPS[name].words) for name in ("start", "file", "waive", "rule_out", "reopen")]
PART_WORDS = {REPLY: marked("reply"), HEARING: marked("hearing")}
FACT_WORDS = {
    "acknowledgement": marked("acknowledgement"),
    "amount_paise": marked("amount"),
    "company": marked("company"),
    "duty": marked("duty"),
    "evidence": marked("evidence"),
    "filed_on": marked("day of filing"),
    "form": marked("form"),
    "note": marked("note on the filing"),
    "period": marked("period"),
    "registration": marked("registration"),
    "task": marked("task"),
}
FIELD_WORDS = {
    "filed_on": marked("Filed on"),
    "acknowledgement": marked("Acknowledgement"),
    "amount": marked("Amount"),
    "filing_note": marked("Note on the filing"),
    "working_date": marked("Own date"),
    "notes": marked("Notes"),
}


# What the history of a task calls a fact, by the name that the trail has for it.
HISTORY_WORDS = {
    **FIELD_WORDS,
    "assignee_id": marked("Done by"),
    "reviewer_id": marked("Reviewed by"),
    "priority": marked("Priority"),
    "amount_paise": marked("Amount"),
    "state": marked("Status"),
    "reason": marked("Reason"),
    "text": marked("Text"),
    "item": marked("Point"),
    "done": marked("Done"),
    "name": marked("File"),
    "file": marked("File"),
    "sha256": "SHA-256",
    "about_on": marked("The day it is about"),
    "expires_on": marked("Good until"),
}
SOMEBODY = marked("somebody who is not here any more")


def titles_in(language: str) -> dict[str, str]:
    """What each duty of the law is called in a language, by its id."""
    found = catalogue.load().obligations
    return {name: getattr(each.title, language, None) or each.title.en for name, each in found.items()}


def workers_of(colleagues: list[Colleague]) -> list[tuple[str, str]]:
    """Those to whom tasks can be given, as options."""
    return [(str(each.id), each.name) for each in colleagues if each.works]


def reviewers_of(colleagues: list[Colleague]) -> list[tuple[str, str]]:
    """Those who can be named to review, as options."""
    return [(str(each.id), each.name) for each in colleagues if each.decides]
