"""Who may use which address of the desk; each names a conversation that is not there, which whoever may ask is told."""

from collections.abc import Mapping
from typing import Any

# Rows are read by tests/test_walk.py.
NOBODYS = "01a21023-3f4c-73b9-808e-3f0076b49641"
OPEN = {"GET /answers/{token}"}  # by an address that nobody guesses
SIGNED_IN = {
    "POST /api/chat/{message_id}/feedback", "POST /api/chat/{message_id}/share", "DELETE /api/chat/shared/{shared_id}",
    "GET /api/chat/wishes", "PUT /api/chat/wishes", "GET /api/chat/suggestions", "DELETE /api/chat/suggestions",
    "GET /api/conversations", "GET /api/conversations/{conversation_id}", "PATCH /api/conversations/{conversation_id}",
    "DELETE /api/conversations/{conversation_id}",
}  # fmt: skip
_ASK = "/app/companies/{company_id}/ask"
_ONE = f"{_ASK}/{{conversation_id}}"
EVERYBODYS: Mapping[str, Mapping[str, Any]] = {
    f"GET {_ASK}": {},
    f"POST {_ASK}": {"data": {"message": "When is GSTR-9 due?"}},
    f"GET {_ASK}/offers": {},
}
MISSING: Mapping[str, Mapping[str, Any]] = {
    f"GET {_ASK}/sources/{{identity}}": {},
    f"GET {_ONE}": {},
    f"POST {_ONE}": {"data": {"title": "Mine now"}},
    f"GET {_ONE}/export.{{kind}}": {},
    f"GET {_ONE}/messages/{{message_id}}": {},
    f"POST {_ONE}/messages/{{message_id}}/feedback": {"data": {"helpful": "yes"}},
    f"POST {_ONE}/messages/{{message_id}}/share": {"data": {"days": "7"}},
    f"POST {_ASK}/shared/{{shared_id}}/withdraw": {},
}
PLACES = {"conversation_id": NOBODYS, "message_id": NOBODYS, "shared_id": NOBODYS}
