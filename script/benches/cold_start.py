"""The command line from a cold start."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from benches.measuring import BIN, Figure, bare_python_ms, program_ms
from benches.sample import BUSY, END, START


def measure() -> list[Figure]:
    """`complianceai calendar` in under half a second."""
    with TemporaryDirectory() as folder:
        profile = Path(folder) / "profile.json"
        profile.write_text(json.dumps(BUSY))
        command = [str(BIN / "complianceai"), "calendar", str(profile), "--from", START, "--to", END]
        taken = program_ms(command)
    return [
        Figure(
            "complianceai calendar, cold",
            taken,
            "ms",
            promise=500,
            ratio=f"{taken / bare_python_ms():.1f} x bare Python",
        )
    ]
