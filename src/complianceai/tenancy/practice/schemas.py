"""What practices look like on the way in and on the way out."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from complianceai.site.blanks import BLANK
from complianceai.site.days import Day, OptionalDay
from complianceai.site.replies import Reply, Wire
from complianceai.site.words import marked
from complianceai.tenancy.inputs import Email, Text
from complianceai.tenancy.policies import Access, PracticeRole, Role
from complianceai.tenancy.practice.actions.assigning import Terms
from complianceai.tenancy.practice.actions.practices import Details
from complianceai.tenancy.practice.policies import PracticeKind

NEEDS_NAME = marked("A name has 2 to 100 characters. Write it in that space.")
TEAM_NEEDS_NAME = marked("A team's name has 1 to 50 characters. Write it in that space.")
WRONG_GSTIN = marked("This is not a sound GSTIN. Compare its 15 letters and digits with the certificate.")
LONG_NUMBER = marked("A registration number has at most 30 characters. Shorten it.")
LONG_ADDRESS = marked("An address has at most 500 characters. Shorten it.")
ONE_OF_TWO = marked("Give either a profile for a new company or the id of one that you own.")


def _refuse(rule: str, sentence: str) -> PydanticCustomError:
    return PydanticCustomError("rule", "{sentence}", {"sentence": sentence, "rule": rule})


def _long(shortest: int, longest: int, rule: str, sentence: str) -> AfterValidator:
    def check(text: str) -> str:
        found = text.strip()
        if not shortest <= len(found) <= longest:
            raise _refuse(rule, sentence)
        return found

    return AfterValidator(check)


def _gstin(text: str) -> str:
    # As in `register.gstin`: imported when somebody types one.
    from stdnum.exceptions import ValidationError  # noqa: PLC0415
    from stdnum.in_ import gstin as gstin_rules  # noqa: PLC0415

    try:
        return str(gstin_rules.validate(text))
    except ValidationError as error:
        raise _refuse("gstin", WRONG_GSTIN) from error


_blank = BLANK
PracticeName = Annotated[Text, _long(2, 100, "practice_name", NEEDS_NAME)]
TeamName = Annotated[Text, _long(1, 50, "team_name", TEAM_NEEDS_NAME)]
Registration = Annotated[Text, _long(1, 30, "registration", LONG_NUMBER)]
Address = Annotated[Text, _long(1, 500, "address", LONG_ADDRESS)]
Gstin = Annotated[Text, AfterValidator(_gstin)]


class PracticeInput(Wire):
    """What a practice says of itself."""

    name: PracticeName
    kind: PracticeKind
    registration: Annotated[Registration | None, _blank] = None
    address: Annotated[Address | None, _blank] = None
    gstin: Annotated[Gstin | None, _blank] = None

    def details(self) -> Details:
        """What is kept of it."""
        return Details(self.name, self.kind, self.registration, self.address, self.gstin)


class PracticeReply(Reply):
    """A practice, to one of its people."""

    id: UUID
    name: str
    kind: PracticeKind
    registration: str | None
    address: str | None
    gstin: str | None
    role: PracticeRole
    created_at: datetime
    updated_at: datetime


class ColleagueEdit(Wire):
    """What somebody is to be in the practice from now on."""

    role: PracticeRole


class ColleagueInput(ColleagueEdit):
    """Who is to be invited into the practice, and as what."""

    email: Email


class ColleagueReply(Reply):
    """Somebody who belongs to a practice."""

    person_id: UUID
    name: str
    email: str
    role: PracticeRole
    created_at: datetime


class OwnerInput(Wire):
    """The owner of a company, who is to be asked to give it into the practice's care."""

    email: Email


class PracticeInvitationReply(Reply):
    """An invitation that can still be accepted; without a role it asks for a client."""

    id: UUID
    email: str
    role: PracticeRole | None
    created_at: datetime
    expires_at: datetime


class PracticeInvitedReply(PracticeInvitationReply):
    """A new invitation, with the link to send on; it is told once."""

    link: str


class PracticeOfferReply(Reply):
    """An invitation, to the one who is invited."""

    practice_id: UUID
    practice: str
    role: PracticeRole | None
    expires_at: datetime


class Acceptance(Wire):
    """The part of a link that opens it, and for a link to become a client the company."""

    token: Text = Field(min_length=1, max_length=100)
    # What only the mailed link bears: it verifies the address that the mail went to.
    proof: Text = Field(default="", max_length=1000)
    company_id: UUID | None = None


class TeamInput(Wire):
    """A team to be made."""

    name: TeamName
    people: list[UUID] = Field(default_factory=list, max_length=500)


class TeamEdit(Wire):
    """A change of a team; a list of people takes the old one's place whole."""

    name: TeamName | None = None
    people: list[UUID] | None = Field(default=None, max_length=500)


class TeamReply(Reply):
    """A team, and how many people are in it."""

    id: UUID
    name: str
    people: int
    created_at: datetime


class TeamWithPeople(TeamReply):
    """A team with the ids of the people in it."""

    person_ids: list[UUID]


class ClientInput(Wire):
    """A new client: a company to be described, or one that the person owns."""

    profile: dict[str, Any] | None = None
    company_id: UUID | None = None
    access: Access = Access.EVERYONE


class ClientEdit(Wire):
    """Who in the practice sees the client, and the first and last day of the engagement."""

    access: Access
    starts_on: Day
    ends_on: OptionalDay = None

    def terms(self) -> Terms:
        """The terms from now on."""
        return Terms(self.access, self.starts_on, self.ends_on)


class ClientReply(Reply):
    """A client, to one of the practice's people; `role` is what they are in it."""

    id: UUID
    name: str
    gstin: str | None
    access: Access
    starts_on: date
    ends_on: date | None
    role: Role


class TeamOnClientReply(Reply):
    """A team that works on a client, and what its people are there."""

    team_id: UUID
    name: str
    role: Role


class NamedReply(Reply):
    """Somebody who is named for a client, and as what."""

    person_id: UUID
    name: str
    email: str
    role: Role
    until: date | None


class ClientWhole(ClientReply):
    """A client with the teams and the people assigned to it."""

    teams: list[TeamOnClientReply]
    named: list[NamedReply]


class TeamRole(Wire):
    """What a team's people are to be in a client."""

    role: Role


class PersonRole(TeamRole):
    """What a named person is to be in a client, and until when."""

    until: OptionalDay = None


class UnseenReply(Reply):
    """A private client that a partner does not see: who is named for it, and not which it is."""

    engagement_id: UUID
    starts_on: date
    named: list[str]


class EngagementReply(Reply):
    """That a practice looks after a company, or did until a day."""

    practice_id: UUID
    practice: str
    starts_on: date
    ends_on: date | None
    is_on: bool


class WayReply(Reply):
    """One way by which somebody comes to a company."""

    way: str
    role: Role
    team: str | None


class ReachingReply(Reply):
    """Somebody who reaches a company, and why."""

    person_id: UUID
    name: str
    email: str
    role: Role
    ways: list[WayReply]
