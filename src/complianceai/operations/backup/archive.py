"""One file with everything in it, as tar: what it is, the database, the files, and the hash of each."""

import gzip
import io
import tarfile
import zlib
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

import orjson

from complianceai.operations.backup.errors import BackupUnreadable
from complianceai.operations.backup.fingerprints import Fingerprints

FORMAT = 1
ABOUT, DATABASE, FILES, MANIFEST = "about.json", "database", "files", "manifest.json"
_CHUNK = 1 << 20


class About(NamedTuple):
    """What a backup says of itself."""

    version: str
    revision: str
    engine: str
    made_at: str
    tables: Fingerprints
    # Files that the store listed and that were gone when their turn came.
    gone: list[str]


class Writer:
    """Adds one thing after the other, and the hashes of all at the end."""

    def __init__(self, file: Path) -> None:
        self._tar = tarfile.open(file, "w:gz", compresslevel=3, format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Nothing; the content is in the archive under that name."""
        hashed = _Hashed(content)
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, hashed)  # all that it needs is `read`
        self._members[name] = {"bytes": size, "sha256": hashed.hexdigest()}

    def finish(self, about: About) -> None:
        """Nothing; the archive is whole."""
        self._add_json(ABOUT, {"format": FORMAT, **about._asdict()})
        self._add_json(MANIFEST, self._members)
        self._tar.close()

    def _add_json(self, name: str, value: Any) -> None:
        data = orjson.dumps(value)
        self.add(name, io.BytesIO(data), len(data))


class _Hashed:
    """A stream that remembers the hash of what was read from it."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content, self._hash = content, sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self._hash.update(piece)
        return piece

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def unpack(archive: Path, folder: Path) -> About:
    """What the backup says of itself, once all of it lies in the folder and each hash was found right.

    Errors: BackupUnreadable; nothing of it is to be used then.
    """
    try:
        with gzip.open(archive) as unzipped:
            with tarfile.open(fileobj=unzipped, mode="r:") as tar:
                found = {member.name: _extract(tar, member, folder) for member in tar}
            # To the very end, where the sum over all of it stands.
            while unzipped.read(_CHUNK):
                pass
        manifest = orjson.loads((folder / MANIFEST).read_bytes())
        about = orjson.loads((folder / ABOUT).read_bytes())
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        raise BackupUnreadable(name=archive.name, fault=f"it is no whole backup ({error})") from error
    found.pop(MANIFEST, None)
    wrong = sorted(name for name in found.keys() | manifest.keys() if found.get(name) != manifest.get(name))
    if wrong:
        raise BackupUnreadable(name=archive.name, fault=f"{wrong[0]} is not what was put in")
    if about.pop("format") != FORMAT:
        raise BackupUnreadable(name=archive.name, fault="a newer version of this program made it")
    tables = {name: (rows, total) for name, (rows, total) in about.pop("tables").items()}
    return About(**about, tables=tables)


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> dict[str, Any]:
    name = PurePosixPath(member.name)
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise BackupUnreadable(name=str(tar.name), fault=f"{member.name} is nothing that a backup has")
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    hashed = _Hashed(content)
    with target.open("wb") as file:
        while piece := hashed.read(_CHUNK):
            file.write(piece)
    return {"bytes": member.size, "sha256": hashed.hexdigest()}
