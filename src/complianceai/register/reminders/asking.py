"""What the routes of reminders ask for alike."""

from typing import Annotated

from fastapi import Depends, Request

from complianceai.register.reminders.actions.chats import Outside
from complianceai.storage.services import services


async def _outside(request: Request) -> Outside:
    found = services(request)
    return Outside(found.sealer, found.private_hosts)


Beyond = Annotated[Outside, Depends(_outside)]
