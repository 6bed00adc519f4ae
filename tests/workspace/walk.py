"""Who may use which address of documents: each names one that is not there, which whoever may ask is told."""

from collections.abc import Mapping
from typing import Any

# Rows are read by tests/test_walk.py: the address, what is sent, and for whom it is.
NOBODYS = "01a21023-3f4c-73b9-808e-3f0076b49641"
ANYBODYS = {
    "GET /api/documents", "POST /api/documents", "POST /api/documents/files", "POST /api/documents/generate",
    "POST /api/documents/templates", "POST /api/documents/templates/files",
    "PUT /api/documents/templates/{template_id}", "GET /api/documents/templates/{template_id}/own",
    "POST /api/documents/templates/{template_id}/files", "POST /api/documents/templates/{template_id}/retire",
    "GET /api/documents/templates/{template_id}/versions",
    "GET /api/documents/bulk", "POST /api/documents/bulk", "GET /api/documents/templates/{template_id}/sheet",
    "GET /api/documents/templates", "GET /api/documents/templates/{template_id}",
}  # fmt: skip
OPEN_LINKS = {
    # by an address that nobody guesses
    "GET /shared/{token}", "POST /shared/{token}",
    "GET /sign/{token}", "POST /sign/{token}", "POST /sign/{token}/code", "GET /sign/{token}/paper",
    "GET /sign/{token}/certificate", "POST /sign/{token}/{way}/begin", "GET /sign/{token}/esign/{trip_id}",
    "GET /sign/{token}/dsc/{trip_id}", "POST /sign/{token}/dsc/{trip_id}", "GET /sign/{token}/dsc/{trip_id}/bytes",
    "POST /esign/{sealed_trip}",
    "GET /papers/check", "POST /papers/check",
}  # fmt: skip
_DOC = "/api/documents/{document_id}"
_TEXT = {"baseVersion": 1, "text": "Mine now"}
MISSING: Mapping[str, Mapping[str, Any]] = {
    f"GET {_DOC}": {},
    f"PUT {_DOC}": {"json": {"title": "Mine now"}},
    f"POST {_DOC}/steps": {"json": {"step": "submit"}},
    f"GET {_DOC}/versions": {},
    f"POST {_DOC}/versions": {"json": _TEXT},
    f"POST {_DOC}/versions/files": {"files": {"file": ("a.txt", b"Mine now")}},
    f"GET {_DOC}/versions/{{number}}": {},
    f"GET {_DOC}/versions/{{number}}/file": {},
    f"POST {_DOC}/versions/{{number}}/restore": {"json": {}},
    f"GET {_DOC}/compare": {"params": {"from": 1, "to": 2}},
    f"GET {_DOC}/draft": {},
    f"PUT {_DOC}/draft": {"json": _TEXT},
    f"DELETE {_DOC}/draft": {},
    f"GET {_DOC}/shares": {},
    f"POST {_DOC}/shares": {"json": {"role": "client"}},
    f"DELETE {_DOC}/shares/{{share_id}}": {},
    f"GET {_DOC}/links": {},
    f"POST {_DOC}/links": {"json": {}},
    f"DELETE {_DOC}/links/{{link_id}}": {},
    f"GET {_DOC}/activity": {},
    f"GET {_DOC}/signing": {},
    f"POST {_DOC}/signing": {"json": {"signers": [{"name": "Mallory", "email": "m@evil.example"}]}},
    f"DELETE {_DOC}/signing/{{signing_id}}": {},
    f"GET {_DOC}/signing/{{signing_id}}/file": {},
    f"GET {_DOC}/signing/{{signing_id}}/certificate": {},
    f"GET {_DOC}/comments": {},
    f"POST {_DOC}/comments": {"json": {"text": "Mine now"}},
    f"POST {_DOC}/comments/{{comment_id}}/resolve": {"json": {}},
    f"GET {_DOC}/suggestions": {},
    f"POST {_DOC}/suggestions": {"json": {"quote": "Mine"}},
    f"POST {_DOC}/suggestions/{{suggestion_id}}/accept": {},
    f"POST {_DOC}/suggestions/{{suggestion_id}}/refuse": {},
}
_APP = "/app/companies/{company_id}/documents"
_ONE = f"{_APP}/{{document_id}}"
# Of one company, and of no document yet: for whoever may begin one.
WRITERS: Mapping[str, Mapping[str, Any]] = {
    f"GET {_APP}/new": {},
    f"GET {_APP}/write": {},
    f"POST {_APP}/write": {"data": {"title": "Mine now", "text": "Mine now"}},
    f"GET {_APP}/upload": {},
    f"POST {_APP}/upload": {"files": {"file": ("a.txt", b"Mine now")}},
    f"GET {_APP}/particulars": {},
    f"POST {_APP}/particulars": {"data": {"address": "Mine now"}},
    f"GET {_APP}/chains": {},
    f"GET {_APP}/chains/{{event}}": {},
    f"GET {_APP}/new/{{template_id}}": {},
    f"POST {_APP}/new/{{template_id}}": {"data": {"deed": "look"}},
    f"POST {_APP}/new/{{template_id}}/drop": {},
}
EVERYBODYS = {f"GET {_APP}"}
_OWN, _MINE = f"{_APP}/templates", f"{_APP}/templates/{{own_id}}"
_BULK, _PILE = "/api/documents/bulk/{batch_id}", f"{_APP}/bulk/{{batch_id}}"
WRITERS = {
    **WRITERS,
    f"GET {_OWN}": {},
    f"GET {_APP}/bulk": {},
    f"GET {_APP}/bulk/new/{{template_id}}": {},
    f"GET {_APP}/bulk/new/{{template_id}}/sheet.{{kind}}": {},
}
# So too, each with how it ends for them.
WORKERS: Mapping[str, tuple[Mapping[str, Any], int]] = {
    f"POST {_APP}/bulk/new/{{template_id}}": ({"files": {"file": ("a.csv", b"Mine now")}}, 422),
    f"GET {_MINE}": ({}, 404),
    f"GET {_MINE}/word": ({}, 404),
    f"GET {_PILE}": ({}, 404),
    f"POST {_PILE}/start": ({}, 404),
    f"POST {_PILE}/stop": ({}, 404),
    f"POST {_PILE}/remove": ({}, 404),
    f"GET {_PILE}/papers.zip": ({}, 404),
    f"GET {_PILE}/report.{{kind}}": ({}, 404),
}
# For those in charge, each with how it ends for them.
IN_CHARGES: Mapping[str, tuple[Mapping[str, Any], int]] = {
    f"GET {_OWN}/new": ({}, 200),
    f"POST {_OWN}/new": ({"data": {"title": "Mine now", "text": "Mine {{ now }}", "deed": "save"}}, 303),
    f"POST {_OWN}/new/word": ({"files": {"file": ("a.docx", b"Mine now")}}, 422),
    f"GET {_MINE}/edit": ({}, 404),
    f"POST {_MINE}/edit": ({"data": {"title": "Mine now"}}, 404),
    f"POST {_MINE}/word": ({"files": {"file": ("a.docx", b"Mine now")}}, 404),
    f"POST {_MINE}/retire": ({}, 404),
}
MISSING = {
    **MISSING,
    f"GET {_BULK}": {},
    f"DELETE {_BULK}": {},
    f"POST {_BULK}/start": {},
    f"POST {_BULK}/stop": {},
    f"GET {_BULK}/archive": {},
    f"GET {_BULK}/report": {},
}
MISSING = {
    **MISSING,
    f"GET {_ONE}": {},
    f"POST {_ONE}/steps": {"data": {"step": "submit"}},
    f"POST {_ONE}/details": {"data": {"title": "Mine now"}},
    f"POST {_ONE}/versions/{{number}}/restore": {},
    f"GET {_ONE}/download": {},
    f"GET {_ONE}/compare": {"params": {"from": 1, "to": 2}},
    f"GET {_ONE}/answers": {},
    f"POST {_ONE}/answers": {"data": {"deed": "make"}},
    f"POST {_ONE}/answers/drop": {},
    f"GET {_ONE}/edit": {},
    f"POST {_ONE}/edit": {"data": {"text": "Mine now"}},
    f"POST {_ONE}/draft": {"data": {"text": "Mine now"}},
    f"POST {_ONE}/draft/drop": {},
    f"POST {_ONE}/upload": {"files": {"file": ("a.txt", b"Mine now")}},
    f"GET {_ONE}/sharing": {},
    f"POST {_ONE}/shares": {"data": {"whom": "role:client"}},
    f"POST {_ONE}/shares/{{share_id}}/remove": {},
    f"POST {_ONE}/links": {"data": {"days": "1"}},
    f"POST {_ONE}/links/{{link_id}}/revoke": {},
    f"GET {_ONE}/activity": {},
    f"GET {_ONE}/signing": {},
    f"POST {_ONE}/signing": {"data": {"name0": "Mallory", "email0": "m@evil.example"}},
    f"POST {_ONE}/signing/{{signing_id}}/withdraw": {},
    f"GET {_ONE}/signing/{{signing_id}}/paper": {},
    f"GET {_ONE}/signing/{{signing_id}}/certificate": {},
    f"POST {_ONE}/comments": {"data": {"comment": "Mine now"}},
    f"POST {_ONE}/comments/{{comment_id}}/resolve": {},
    f"POST {_ONE}/suggestions": {"data": {"old_words": "Mine"}},
    f"POST {_ONE}/suggestions/{{suggestion_id}}/accept": {},
    f"POST {_ONE}/suggestions/{{suggestion_id}}/refuse": {},
}
PLACES = {
    "document_id": NOBODYS, "share_id": NOBODYS, "link_id": NOBODYS, "comment_id": NOBODYS,
    "suggestion_id": NOBODYS, "batch_id": NOBODYS, "own_id": NOBODYS, "signing_id": NOBODYS,
    "trip_id": NOBODYS, "way": "dsc", "sealed_trip": "a",
    "number": "1", "template_id": "nda-mutual", "step": "submit", "event": "agm",
}  # fmt: skip
