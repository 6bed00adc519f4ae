"""Many companies' years from one command."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from benches.measuring import BIN, Figure, program_ms
from benches.sample import END, START, different, varied

COMPANIES = 2000


def measure() -> list[Figure]:
    """At least 1,000 company-years a second of one core, start and printing included."""
    with TemporaryDirectory() as folder:
        many, one = Path(folder) / "many.jsonl", Path(folder) / "one.jsonl"
        profiles = varied(COMPANIES)
        lines = [
            json.dumps({"id": number, "profile": profile, "from": START, "to": END})
            for number, profile in enumerate(profiles)
        ]
        many.write_text("\n".join(lines))
        one.write_text(lines[0])
        whole, start = (
            program_ms([str(BIN / "complianceai"), "calendar", "--batch", str(file)], repeats=3)
            for file in (many, one)
        )
    rate = COMPANIES / (whole / 1000)
    alone = (COMPANIES - 1) / ((whole - start) / 1000)
    return [
        Figure(
            "company-years in batch",
            rate,
            "a second",
            promise=1000,
            more_is_better=True,
            ratio=f"{alone:,.0f} a second without the start; {different(profiles):,} different profiles",
        )
    ]
