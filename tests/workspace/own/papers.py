"""Templates of a company's own for the tests."""

import io
from typing import Any

import docx
from httpx import AsyncClient

TEMPLATES = "/api/documents/templates"
TEXT = """# Offer

Dear {{ name }},

your pay is {{ pay|money }}, from {{ start_date }}.
{% if remote %}
You work at home, in {{ city }}.
{% endif %}
"""
LOOP = (
    "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}"
    "{% endfor %}{% endfor %}{% endfor %}"
)
QUESTIONS = [
    {"name": "name", "label": "Who gets the offer?", "help": "As on the PAN card"},
    {"name": "pay", "type": "money", "label": "Pay for a month"},
    {"name": "remote", "type": "yes_no", "label": "At home?"},
    {
        "name": "city",
        "type": "choice",
        "choices": ["Pune", "Navi Mumbai, Maharashtra"],
        "if": "remote",
        "is": "yes",
    },
]
ANSWERS = {"name": "Asha **Kulkarni**", "pay": "50000", "start_date": "2026-12-01", "remote": "no"}


async def made(client: AsyncClient, company: str, text: str = TEXT, **fields: Any) -> dict[str, Any]:
    """A new template of the company."""
    body = {"companyId": company, "title": "Offer letter", "text": text, **fields}
    reply = await client.post(TEMPLATES, json=body)
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()["data"]
    return found


def word(*paragraphs: str) -> bytes:
    """A Word file of those paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


async def brought(client: AsyncClient, company: str, content: bytes, name: str = "offer.docx") -> Any:
    """The reply to a Word file."""
    data = {"companyId": company, "title": "Offer letter"}
    return await client.post(f"{TEMPLATES}/files", data=data, files={"file": (name, content)})


async def generated(
    client: AsyncClient, company: str, template: str, answers: dict[str, Any]
) -> dict[str, Any]:
    """A new document."""
    body = {"templateId": template, "companyId": company, "userInputs": answers}
    reply = await client.post("/api/documents/generate", json=body)
    assert reply.status_code == 201, reply.text
    found: dict[str, Any] = reply.json()["data"]
    return found
