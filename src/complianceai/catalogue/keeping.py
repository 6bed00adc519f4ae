"""The catalogue's parsed and checked form, kept for the next start.

Shape: a line with the checksum of what follows, then one line for each file: its path, a tab, and its content as JSON.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


class Kept(Mapping[str, Any]):
    """What each file says, by path, read from its line when asked for.

    All files at once as objects are several times the law that is built of them, and a process seldom gives that
    memory back.
    """

    def __init__(self, whole: bytes) -> None:
        self._texts: dict[str, memoryview] = {}
        view, start = memoryview(whole), 0
        while (end := whole.find(b"\n", start)) != -1:
            tab = whole.index(b"\t", start, end)
            self._texts[whole[start:tab].decode()] = view[tab + 1 : end]
            start = end + 1

    def __getitem__(self, path: str) -> Any:
        import orjson  # as everything that the law needs only once it is loaded

        return orjson.loads(self._texts[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def cache_folder() -> Path:
    """Where parsed forms are kept: the user's own cache folder, or the one that COMPLIANCEAI_CACHE_DIR names."""
    from pathlib import Path

    if chosen := os.environ.get("COMPLIANCEAI_CACHE_DIR"):
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "complianceai"


def kept(key: str) -> Mapping[str, Any] | None:
    """The parsed and checked form kept under a digest, if there is one that is whole."""
    try:
        whole = _file(key).read_bytes()
    except (OSError, RuntimeError):
        return None
    checksum, _, lines = whole.partition(b"\n")
    return Kept(lines) if checksum == _checksum(lines) else None


def keep(key: str, documents: Mapping[str, Any]) -> None:
    """Keeps a parsed and checked form; where nothing can be written the next start reads the YAML again."""
    import orjson

    lines = b"".join(b"%b\t%b\n" % (path.encode(), orjson.dumps(raw)) for path, raw in documents.items())
    try:
        target = _file(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_bytes(_checksum(lines) + b"\n" + lines)
        fresh.replace(target)
    except (OSError, RuntimeError):
        return
    for old in target.parent.glob("catalogue-*.json*"):
        if old != target:
            old.unlink(missing_ok=True)


def _file(key: str) -> Path:
    return cache_folder() / f"catalogue-{key}.jsons"


def _checksum(lines: bytes) -> bytes:
    from zlib import crc32

    return b"%08x" % crc32(lines)
