"""Work that nobody vouches for, in a process of its own with limits on time, memory and what it may open.

The child is given values by our own pickling; what it answers is JSON, so that nothing it says can do anything here.
"""

from __future__ import annotations

import base64
import json
import os
import pickle  # nosec B403
import subprocess
import sys
from typing import Any

from complianceai.drafting.errors import FaultyText, MarkupFault, RefusedFile, TooMuch

CPU_SECONDS = 2
WALL_SECONDS = 10
MEMORY_BYTES = 640 * 1_048_576
# What a child may be asked, and where it stands.
WORK = {
    "render": "complianceai.drafting.composing:render",
    "examine_text": "complianceai.drafting.own:examined",
    "examine_docx": "complianceai.drafting.uploads:examine",
    "fill_docx": "complianceai.drafting.uploads:fill",
    "words_of_docx": "complianceai.drafting.uploads:words",
    "examine_pdf": "complianceai.drafting.foreign_pdf:dangers",
}
# The child is told nothing else of the settings, which hold secrets.
ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
_KILLED = (-9, -24, 137, 152)  # by SIGKILL or SIGXCPU


def apart(work: str, *arguments: Any) -> Any:
    """What the work gives (text, bytes, or plain lists of them), done in a child process.

    Errors: FaultyText; RefusedFile; TooMuch where a limit was passed.
    """
    command = [sys.executable, "-I", "-m", "complianceai.drafting.apart"]
    told = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by our own interpreter
            command,
            input=pickle.dumps((work, arguments)),
            capture_output=True,
            timeout=WALL_SECONDS,
            check=False,
            env=told,
        )
    except subprocess.TimeoutExpired:
        raise TooMuch(limit=f"at most {WALL_SECONDS} seconds") from None
    if done.returncode in _KILLED:
        raise TooMuch(limit=f"at most {CPU_SECONDS} seconds of work")
    if done.returncode != 0:
        raise RuntimeError(done.stderr.decode(errors="replace")[-2000:])
    return answer(json.loads(done.stdout))


def answer(said: Any) -> Any:
    """What a child said it found, or the error it said it met."""
    match said["error"]:
        case None:
            found = said["found"]
            return base64.b64decode(found["bytes"]) if isinstance(found, dict) else found
        case "faulty_text":
            raise FaultyText(tuple(MarkupFault(line, says) for line, says in said["faults"]))
        case "refused_file":
            raise RefusedFile(why=said["why"])
        case _:
            raise TooMuch(limit=said["limit"])
