"""Whether a bundle is whole. Needs Python and nothing else: `python verify.py BUNDLE.zip`, or the folder it unfolds to.

It shares no code with what makes bundles, so that a fault of the one cannot hide in the other.
"""

import json
import sys
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

if __package__:  # here it stands in a package; in the archive it stands beside the other one
    from complianceai.storage.verify_trail import faults_of as faults_of_trail
else:
    sys.dont_write_bytecode = True  # nothing may be added to a folder that is being checked
    from verify_trail import faults_of as faults_of_trail  # type: ignore[import-not-found,no-redef]

MANIFEST = "manifest.json"
# These two are named in the manifest; a reader who trusts no copy takes them from where the product is published.
PARTS = ("tasks.json", "trail.jsonl")


class Bundle:
    """The parts of a bundle by name, out of an archive or a folder."""

    def __init__(self, place: Path) -> None:
        self._archive = None if place.is_dir() else zipfile.ZipFile(place)
        self._folder = place

    def names(self) -> set[str]:
        """The name of every part."""
        if self._archive:
            return {name for name in self._archive.namelist() if not name.endswith("/")}
        return {str(path.relative_to(self._folder)) for path in self._folder.rglob("*") if path.is_file()}

    def read(self, name: str) -> bytes:
        """A part's content."""
        return self._archive.read(name) if self._archive else (self._folder / name).read_bytes()


def faults_of(place: Path) -> Iterator[str]:
    """A sentence for each part that is not as it was packed; none where the bundle is whole."""
    try:
        bundle = Bundle(place)
        names = bundle.names()
        manifest = json.loads(bundle.read(MANIFEST))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        yield f"{MANIFEST}: cannot be read: {error}"
        return
    if manifest.get("hash") != _hash({key: value for key, value in manifest.items() if key != "hash"}):
        yield f"{MANIFEST}: its contents do not fit its hash"
    yield from _faults_of_parts(bundle, names, manifest)
    try:
        yield from (f"trail.jsonl: {fault}" for fault in faults_of_trail(_lines(bundle.read("trail.jsonl"))))
        yield from _faults_of_tasks(
            json.loads(bundle.read("tasks.json")), manifest, bundle.read("trail.jsonl")
        )
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        yield f"tasks.json or trail.jsonl: cannot be read: {error}"


def main(arguments: list[str]) -> int:
    """0 where the bundle named is whole, 1 where it is not, 2 where none is named."""
    if len(arguments) != 1:
        sys.stderr.write("Usage: python verify.py BUNDLE.zip\n")
        return 2
    faults = list(faults_of(Path(arguments[0])))
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    if not faults:
        sys.stdout.write(f"{arguments[0]}: whole\n")
    return 1 if faults else 0


def _faults_of_parts(bundle: Bundle, names: set[str], manifest: dict[str, Any]) -> Iterator[str]:
    listed: dict[str, str] = manifest.get("parts", {})
    yield from (f"{name}: is missing" for name in sorted(set(listed) - names))
    yield from (f"{name}: is not in the manifest" for name in sorted(names - set(listed) - {MANIFEST}))
    yield from (f"{name}: is not in the manifest" for name in PARTS if name not in listed)
    for name in sorted(set(listed) & names):
        try:
            content = bundle.read(name)
        except (OSError, ValueError, zipfile.BadZipFile) as error:
            yield f"{name}: cannot be read: {error}"
            continue
        if sha256(content).hexdigest() != listed[name]:
            yield f"{name}: is not as it was packed"


def _faults_of_tasks(told: dict[str, Any], manifest: dict[str, Any], trail: bytes) -> Iterator[str]:
    kept = set(manifest.get("parts", {}).values()) | set(manifest.get("missing", ()))
    for task in told["tasks"]:
        facts, seal = task["approved_facts"], task["approved_hash"]
        name = f"tasks.json: {task['form']} {task['period_label']}"
        if seal is None:
            continue
        if sha256((facts or "").encode()).hexdigest() != seal:
            yield f"{name}: what was approved does not fit its hash"
            continue
        if seal.encode() not in trail:
            yield f"{name}: the trail knows nothing of this approval"
        if missing := set(json.loads(facts)["evidence"]) - kept:
            yield f"{name}: a file that was approved is missing: {', '.join(sorted(missing))}"


def _lines(content: bytes) -> list[bytes]:
    return content.removesuffix(b"\n").split(b"\n")


def _hash(value: dict[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
