"""Runs the measurements named, or all, and says which promise does not hold."""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import cast

from benches.measuring import Figure, Measurement


def main() -> int:
    """0 where every promise measured holds, 1 where one does not."""
    known = _known()
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of: {', '.join(known)} (default: all)")
    names = parser.parse_args().names or known
    if unknown := sorted(set(names) - set(known)):
        parser.error(f"no such measurement: {', '.join(unknown)}")
    figures = [figure for name in names for figure in _measure(name)]
    return 0 if all(figure.holds for figure in figures) else 1


def _known() -> list[str]:
    modules = Path(__file__).parent.glob("[a-z]*.py")
    return sorted(file.stem for file in modules if "\ndef measure()" in file.read_text())


def _measure(name: str) -> list[Figure]:
    measurement = cast("Measurement", import_module(f"benches.{name}"))
    figures = measurement.measure()
    for figure in figures:
        print(figure.line(), flush=True)
    return figures


if __name__ == "__main__":
    sys.exit(main())
