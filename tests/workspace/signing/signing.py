"""What tests of signing begin with: an approved paper, people asked, a signature by the code of a mail."""

import re
from email.message import EmailMessage

from httpx import AsyncClient

from tests.cast import ASHA, CHITRA, House, describe
from tests.support.mails import mails_of, text_of
from tests.workspace.papers import DOCUMENTS, led, written

CHITRA_SIGNS = {"name": CHITRA.name, "email": CHITRA.email}


async def approved(house: House) -> tuple[AsyncClient, str]:
    """Whoever owns a company, and its document that is approved."""
    asha = await house.register(ASHA)
    document = await written(asha, await describe(asha))
    assert await led(asha, document, "settle") == 200
    return asha, document


async def ask(client: AsyncClient, document: str, *people: dict[str, str], **wanted: object) -> str:
    reply = await client.post(f"{DOCUMENTS}/{document}/signing", json={"signers": people, **wanted})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["data"]["id"])


def token_in(mail: EmailMessage) -> str:
    found = re.search(r"/sign/([\w-]+)", text_of(mail))
    assert found is not None, text_of(mail)
    return found[1]


async def sign(house: House, visitor: AsyncClient, token: str, **given: str) -> int:
    """The status of a signature with the code that came by mail."""
    assert (await visitor.post(f"/sign/{token}/code")).status_code == 303
    mail = (await mails_of(house))[-1]
    code = re.search(r"\b\d{6}\b", text_of(mail))
    assert code is not None
    fields = {"deed": "sign", "code": code[0], "typed": "Chitra Nair", "agrees": "true", **given}
    return (await visitor.post(f"/sign/{token}", data=fields)).status_code
