"""Whether an exported trail is whole. Needs Python and nothing else: `python verify_trail.py FILE`.

It shares no code with what writes the trail, so that a fault of the one cannot hide in the other.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

BEGINNING = "0" * 64


def faults_of(lines: Iterable[bytes]) -> Iterator[str]:
    """A sentence for each row that is not as it was written; none where the trail is whole."""
    number, company, heads, is_closed = 0, None, {BEGINNING}, False
    for number, line in enumerate(lines, 1):
        row = _read(line)
        name = f"row {number}"
        if is_closed:
            yield f"{name}: stands after the closing line"
        elif row is None:
            yield f"{name}: is not as it was written"
            heads = set()
        elif "closing" in row:
            is_closed = True
            yield from _faults_of_closing(row, number - 1, company, heads)
        else:
            company = company or row.get("company")
            yield from (f"{name}: {fault}" for fault in _faults_of_row(row, number, company, heads))
            heads = {str(row.get("hash")), _hash_of(row)}
    if not is_closed:
        yield f"row {number + 1}: the closing line is missing, so rows may be as well"


def main(arguments: list[str]) -> int:
    """0 where the file named is whole, 1 where it is not, 2 where no file is named."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python verify_trail.py FILE\n")
        return 2
    try:
        lines = Path(arguments[0]).read_bytes().removesuffix(b"\n").split(b"\n")
    except OSError as error:
        sys.stderr.write(f"{arguments[0]}: cannot be read: {error.strerror}\n")
        return 1
    faults = list(faults_of(lines))
    for fault in faults:
        sys.stderr.write(f"{arguments[0]}: {fault}\n")
    if not faults:
        sys.stdout.write(f"{arguments[0]}: whole, {len(lines) - 1} rows\n")
    return 1 if faults else 0


def _faults_of_row(row: dict[str, Any], number: int, company: object, heads: set[str]) -> Iterator[str]:
    if row.get("hash") != _hash_of(row):
        yield "its contents do not fit its hash"
    # After a row that is itself at fault, whatever it is pointed back to by proves nothing.
    if heads and row.get("previous") not in heads:
        yield "does not point back to the row before it"
    if row.get("number") != number:
        yield f"is numbered {row.get('number')!r}, where {number} comes next"
    if row.get("company") != company:
        yield "belongs to another company"


def _faults_of_closing(row: dict[str, Any], rows: int, company: object, heads: set[str]) -> Iterator[str]:
    if row.get("rows") != rows:
        yield f"row {rows + 1}: the closing line tells of {row.get('rows')!r} rows, and there are {rows}"
    if heads and row.get("head") not in heads:
        yield f"row {rows + 1}: the closing line does not fit the last row"
    if company is not None and row.get("company") != company:
        yield f"row {rows + 1}: the closing line belongs to another company"
    if set(row) != {"closing", "company", "head", "rows"}:
        yield f"row {rows + 1}: the closing line is not as it was written"


def _read(line: bytes) -> dict[str, Any] | None:
    """The row, or None where its bytes are not exactly those it was written with."""
    try:
        row = json.loads(line.decode())
        is_exact = isinstance(row, dict) and _canonical(row) == line
    except ValueError:
        return None
    return row if is_exact else None


def _hash_of(row: dict[str, Any]) -> str:
    return sha256(_canonical({key: value for key, value in row.items() if key != "hash"})).hexdigest()


def _canonical(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
