"""What it costs to import the engine."""

import sys

from benches.measuring import Figure, bare_python_ms, program_ms


def measure() -> list[Figure]:
    """`import complianceai.rules` in under 50 ms, the interpreter's own start left out."""
    bare = bare_python_ms()
    whole = program_ms([sys.executable, "-c", "import complianceai.rules"])
    return [
        Figure(
            "import complianceai.rules",
            whole - bare,
            "ms",
            promise=50,
            ratio=f"{whole / bare:.1f} x bare Python",
        )
    ]
