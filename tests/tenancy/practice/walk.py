"""Every address of a practice, with who of its people may use it: rows of the walk (tests/test_walk.py)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from complianceai.tenancy.policies import PracticeRole

ALL = frozenset(PracticeRole)
PARTNER = frozenset({PracticeRole.PARTNER})
IN_CHARGE = PARTNER | {PracticeRole.ADMINISTRATOR}
ADDS = IN_CHARGE | {PracticeRole.MANAGER}


@dataclass(frozen=True)
class PracticeRow:
    """Who of a practice's people may use an address, what they would send, and what may end it but success."""

    may: Collection[PracticeRole]
    sent: Mapping[str, Any] = field(default_factory=dict)
    ends: int | None = None


_DETAILS = {"name": "Ours now", "kind": "cs"}
_OWNER = {"email": "esha@example.com"}
_COLLEAGUE = {**_OWNER, "role": "staff"}
_TEAM = {"name": "Audit", "people": ["{person_id}"]}
_PROFILE = {"profile": {"name": "New Client LLP", "entity_type": "llp", "state": "MH"}}
_TERMS = {"access": "teams", "startsOn": "2026-04-01"}
_TERMS_TYPED = {"access": "teams", "starts_on": "2026-04-01", "ends_on": ""}
_API, _APP = "/api/practices/{practice_id}", "/app/practices/{practice_id}"
_CLIENT, _CLIENT_PAGE = f"{_API}/clients/{{company_id}}", f"{_APP}/clients/{{company_id}}"

# The person is a colleague who is staff and named for the client; the engagement that of a private client of others.
PRACTICES: Mapping[str, PracticeRow] = {
    f"GET {_API}": PracticeRow(ALL),
    f"PUT {_API}": PracticeRow(IN_CHARGE, {"json": _DETAILS}),
    f"DELETE {_API}": PracticeRow(PARTNER),
    f"GET {_API}/trail": PracticeRow(IN_CHARGE),
    f"GET {_API}/trail.jsonl": PracticeRow(IN_CHARGE),
    f"GET {_API}/people": PracticeRow(ALL),
    f"PATCH {_API}/people/{{person_id}}": PracticeRow(IN_CHARGE, {"json": {"role": "manager"}}),
    f"DELETE {_API}/people/{{person_id}}": PracticeRow(IN_CHARGE),
    f"GET {_API}/invitations": PracticeRow(IN_CHARGE),
    f"POST {_API}/invitations": PracticeRow(IN_CHARGE, {"json": _COLLEAGUE}),
    f"DELETE {_API}/invitations/{{invitation_id}}": PracticeRow(ADDS, ends=404),  # none was made
    f"GET {_API}/teams": PracticeRow(ALL),
    f"POST {_API}/teams": PracticeRow(IN_CHARGE, {"json": _TEAM}),
    f"GET {_API}/teams/{{team_id}}": PracticeRow(ALL),
    f"PATCH {_API}/teams/{{team_id}}": PracticeRow(IN_CHARGE, {"json": _TEAM}),
    f"DELETE {_API}/teams/{{team_id}}": PracticeRow(IN_CHARGE),
    f"GET {_API}/clients": PracticeRow(ALL),
    f"POST {_API}/clients": PracticeRow(ADDS, {"json": _PROFILE}),
    f"GET {_CLIENT}": PracticeRow(ALL),
    f"PATCH {_CLIENT}": PracticeRow(ADDS, {"json": _TERMS}),
    f"DELETE {_CLIENT}": PracticeRow(IN_CHARGE),
    f"PUT {_CLIENT}/teams/{{team_id}}": PracticeRow(ADDS, {"json": {"role": "preparer"}}),
    f"DELETE {_CLIENT}/teams/{{team_id}}": PracticeRow(ADDS),
    f"PUT {_CLIENT}/people/{{person_id}}": PracticeRow(ADDS, {"json": {"role": "reviewer"}}),
    f"DELETE {_CLIENT}/people/{{person_id}}": PracticeRow(ADDS),
    f"GET {_API}/client-invitations": PracticeRow(ADDS),
    f"POST {_API}/client-invitations": PracticeRow(ADDS, {"json": _OWNER}),
    f"GET {_API}/private": PracticeRow(PARTNER),
    f"POST {_API}/private/{{engagement_id}}": PracticeRow(PARTNER),
    f"GET {_APP}": PracticeRow(ALL),
    f"GET {_APP}/details": PracticeRow(ALL),
    f"POST {_APP}/details": PracticeRow(IN_CHARGE, {"data": _DETAILS}),
    f"POST {_APP}/close": PracticeRow(PARTNER),
    f"GET {_APP}/trail": PracticeRow(IN_CHARGE),
    f"GET {_APP}/trail.jsonl": PracticeRow(IN_CHARGE),
    f"GET {_API}/cockpit": PracticeRow(ALL),
    f"PUT {_API}/load": PracticeRow(ADDS, {"json": {"hours": 20}}),
    f"GET {_APP}/cockpit": PracticeRow(ALL),
    f"GET {_APP}/clients.{{kind}}": PracticeRow(ALL),
    f"GET {_APP}/trail.{{kind}}": PracticeRow(IN_CHARGE),
    f"GET {_APP}/cockpit.{{kind}}": PracticeRow(ALL),
    f"GET {_APP}/clients/import": PracticeRow(ADDS),
    f"POST {_APP}/clients/import": PracticeRow(ADDS, {"data": {"file": "none"}}, ends=422),
    f"GET {_APP}/clients/import/{{file_hash}}": PracticeRow(ADDS, ends=404),  # no such file was sent
    f"POST {_APP}/clients/import/{{file_hash}}/apply": PracticeRow(ADDS, ends=404),
    f"POST {_APP}/clients/import/{{number}}/undo": PracticeRow(ADDS, ends=404),
    f"GET {_APP}/load": PracticeRow(ADDS),
    f"POST {_APP}/load": PracticeRow(ADDS, {"data": {"hours": "20"}}),
    f"GET {_APP}/clients": PracticeRow(ALL),
    f"GET {_APP}/clients/add": PracticeRow(ADDS),
    f"POST {_APP}/clients/add": PracticeRow(ADDS, {"data": {"company_id": "{own_id}"}}),
    f"POST {_APP}/clients/invitations": PracticeRow(ADDS, {"data": _OWNER}),
    f"POST {_APP}/clients/invitations/{{invitation_id}}/withdraw": PracticeRow(ADDS, ends=404),
    f"GET {_CLIENT_PAGE}": PracticeRow(ALL),
    f"POST {_CLIENT_PAGE}": PracticeRow(ADDS, {"data": _TERMS_TYPED}),
    f"POST {_CLIENT_PAGE}/teams": PracticeRow(ADDS, {"data": {"team.{team_id}": "viewer"}}),
    f"POST {_CLIENT_PAGE}/people": PracticeRow(
        ADDS, {"data": {"person_id": "{person_id}", "role": "reviewer", "until": ""}}
    ),
    f"POST {_CLIENT_PAGE}/people/{{person_id}}/remove": PracticeRow(ADDS),
    f"POST {_CLIENT_PAGE}/end": PracticeRow(IN_CHARGE),
    f"GET {_APP}/private": PracticeRow(PARTNER),
    f"POST {_APP}/private/{{engagement_id}}": PracticeRow(PARTNER),
    f"GET {_APP}/teams": PracticeRow(ALL),
    f"POST {_APP}/teams": PracticeRow(IN_CHARGE, {"data": _TEAM}),
    f"GET {_APP}/teams/{{team_id}}": PracticeRow(ALL),
    f"POST {_APP}/teams/{{team_id}}": PracticeRow(IN_CHARGE, {"data": _TEAM}),
    f"POST {_APP}/teams/{{team_id}}/delete": PracticeRow(IN_CHARGE),
    f"GET {_APP}/people": PracticeRow(ALL),
    f"POST {_APP}/people": PracticeRow(IN_CHARGE, {"data": _COLLEAGUE}),
    f"POST {_APP}/people/invitations/{{invitation_id}}/withdraw": PracticeRow(ADDS, ends=404),
    f"GET {_APP}/people/{{person_id}}": PracticeRow(ALL),
    f"POST {_APP}/people/{{person_id}}": PracticeRow(IN_CHARGE, {"data": {"role": "manager"}}),
    f"POST {_APP}/people/{{person_id}}/remove": PracticeRow(IN_CHARGE),
}


def filled(value: Any, ids: Mapping[str, str]) -> Any:
    """What would be sent, with the ids put into its texts and names."""
    if isinstance(value, Mapping):
        return {filled(name, ids): filled(inner, ids) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, ids) for inner in value]
    return value.format(**ids) if isinstance(value, str) else value
