"""The twin of the mail server for trying the product out: each message a file that any mail program opens."""

import asyncio
import re
from email.message import EmailMessage
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)


class FolderPost:
    """Keeps messages in a folder, each under its Message-ID: what comes twice is there once."""

    def __init__(self, folder: Path) -> None:
        """A carrier into that folder, which is made when the first message comes."""
        self.folder = folder

    async def send(self, message: EmailMessage) -> None:
        """Nothing, once the message is a file; the log says which."""
        path = await asyncio.to_thread(self._keep, message)
        log.info("mail.kept", to=str(message["To"]), subject=str(message["Subject"]), file=str(path))

    def _keep(self, message: EmailMessage) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^A-Za-z0-9-]", "", str(message["Message-ID"]).partition("@")[0])
        path = self.folder / f"{name}.eml"
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(message.as_bytes())
        unfinished.replace(path)
        return path
