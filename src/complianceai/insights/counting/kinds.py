"""The closed list of what is counted, and of which deeds each consists."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, TypeAlias

from complianceai.site.words import marked

# Nobody is counted; whoever said yes; whoever did not say no.
Mode: TypeAlias = Literal["off", "ask", "on"]


class Kind(StrEnum):
    """One kind of action."""

    SIGNED_UP = "signed_up"
    SIGNED_IN = "signed_in"
    COMPANY_MADE = "company_made"
    TASK_FILED = "task_filed"
    EVIDENCE_ADDED = "evidence_added"
    DOCUMENT_MADE = "document_made"
    DOCUMENT_SIGNED = "document_signed"
    QUESTION_ASKED = "question_asked"
    INVITED = "invited"
    JOINED = "joined"
    PRACTICE_MADE = "practice_made"
    CLIENT_ADDED = "client_added"
    EXPORTED = "exported"


# By the names that the trail, the log of an account, documents and the desk give to what is done.
KIND_OF: Mapping[str, Kind] = {
    "account.signed_up": Kind.SIGNED_UP,
    "account.signed_in": Kind.SIGNED_IN,
    "account.exported": Kind.EXPORTED,
    "company.created": Kind.COMPANY_MADE,
    "task.file": Kind.TASK_FILED,
    "task.evidence_added": Kind.EVIDENCE_ADDED,
    "evidence.bundled": Kind.EXPORTED,
    "document.made": Kind.DOCUMENT_MADE,
    "document.signed": Kind.DOCUMENT_SIGNED,
    "question.asked": Kind.QUESTION_ASKED,
    "invitation.made": Kind.INVITED,
    "practice_invitation.made": Kind.INVITED,
    "member.joined": Kind.JOINED,
    "practice_member.joined": Kind.JOINED,
    "practice.created": Kind.PRACTICE_MADE,
    "client.added": Kind.CLIENT_ADDED,
}
# The steps of a journey, each by the column that keeps the first day of it.
STEPS: Mapping[Kind, str] = {
    Kind.COMPANY_MADE: "company_on",
    Kind.TASK_FILED: "filed_on",
    Kind.DOCUMENT_MADE: "document_on",
    Kind.QUESTION_ASKED: "question_on",
    Kind.INVITED: "invited_on",
}
KIND_WORDS: Mapping[str, str] = {
    Kind.SIGNED_UP: marked("signed up"),
    Kind.SIGNED_IN: marked("signed in"),
    Kind.COMPANY_MADE: marked("described a company"),
    Kind.TASK_FILED: marked("filed a task"),
    Kind.EVIDENCE_ADDED: marked("added evidence"),
    Kind.DOCUMENT_MADE: marked("made a document"),
    Kind.DOCUMENT_SIGNED: marked("had a document signed"),
    Kind.QUESTION_ASKED: marked("asked a question"),
    Kind.INVITED: marked("invited somebody"),
    Kind.JOINED: marked("joined by an invitation"),
    Kind.PRACTICE_MADE: marked("made a practice"),
    Kind.CLIENT_ADDED: marked("took a client into care"),
    Kind.EXPORTED: marked("exported"),
}
