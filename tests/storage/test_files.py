"""The same promises of files on a disk and in a store that speaks S3."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from complianceai.storage.errors import FileGone, FileSpoiled, FilesUnreachable, FileTooLarge
from complianceai.storage.files import CHUNK_BYTES, IN_MEMORY_BYTES, Files
from tests.support.servers import free_port

PLENTY = 64 * IN_MEMORY_BYTES


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    address = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    made = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="ap-south-1",
        aws_access_key_id="AKIATEST",
        aws_secret_access_key="not-a-secret",
    )
    # A second server of the same process finds what the first one held.
    if not made.list_buckets()["Buckets"]:
        made.create_bucket(Bucket="papers", CreateBucketConfiguration={"LocationConstraint": "ap-south-1"})
    yield address
    server.stop()


@pytest.fixture(params=["disk", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Files:
    if request.param == "disk":
        return Files((tmp_path / "a folder").as_uri())
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3_address"))
    monkeypatch.setenv("AWS_REGION", "ap-south-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIATEST")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
    return Files(f"s3://papers/{tmp_path.name}")


async def _pieces(content: bytes, size: int = 1000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def _whole(files: Files, area: str, content_hash: str) -> bytes:
    return b"".join([piece async for piece in files.read(area, content_hash)])


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 a challan", b"ab" * CHUNK_BYTES, b"x" * (6 * IN_MEMORY_BYTES + 1)],
    ids=["empty", "small", "chunks", "on disk first"],
)
async def test_what_was_kept_is_read_back_and_known_by_its_hash(files: Files, content: bytes) -> None:
    kept = await files.keep("asha", _pieces(content, 100_000), limit_bytes=PLENTY)
    assert (kept.hash, kept.size) == (sha256(content).hexdigest(), len(content))
    assert await files.holds("asha", kept.hash)
    assert await _whole(files, "asha", kept.hash) == content


async def test_the_same_content_twice_is_one_file_and_two_at_once_do_no_harm(files: Files) -> None:
    content = b"the same" * 5000
    both = await asyncio.gather(*(files.keep("asha", _pieces(content), limit_bytes=PLENTY) for _ in range(8)))
    assert len(set(both)) == 1
    assert await _whole(files, "asha", both[0].hash) == content


async def test_an_area_sees_nothing_of_another(files: Files) -> None:
    kept = await files.keep("asha", _pieces(b"hers"), limit_bytes=PLENTY)
    assert not await files.holds("chitra", kept.hash)
    with pytest.raises(FileGone):
        await _whole(files, "chitra", kept.hash)


async def test_a_file_or_a_whole_area_is_forgotten(files: Files) -> None:
    first, second = [
        await files.keep("asha", _pieces(content), limit_bytes=PLENTY) for content in (b"one", b"two")
    ]
    others = await files.keep("asha-and-more", _pieces(b"one"), limit_bytes=PLENTY)
    await files.forget("asha", first.hash)
    await files.forget("asha", first.hash)
    assert not await files.holds("asha", first.hash)
    await files.forget_area("asha")
    assert not await files.holds("asha", second.hash)
    assert await files.holds("asha-and-more", others.hash)


async def test_what_is_too_large_is_refused_while_it_comes(files: Files) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1000
            yield b"x" * 1000

    with pytest.raises(FileTooLarge):
        await files.keep("asha", endless(), limit_bytes=10_000)
    assert taken == 11_000


async def test_a_caller_who_breaks_off_leaves_nothing_behind(files: Files) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"half of it"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await files.keep("asha", broken(), limit_bytes=PLENTY)
    assert not await files.holds("asha", sha256(b"half of it").hexdigest())


async def test_a_flipped_bit_on_disk_is_noticed_before_the_end_is_handed_out(tmp_path: Path) -> None:
    files = Files(tmp_path.as_uri())
    kept = await files.keep("asha", _pieces(b"y" * 3 * CHUNK_BYTES), limit_bytes=PLENTY)
    path = tmp_path / "asha" / kept.hash[:2] / kept.hash
    path.write_bytes(b"Y" + path.read_bytes()[1:])
    handed_out = bytearray()

    async def read_on() -> None:
        async for piece in files.read("asha", kept.hash):
            handed_out.extend(piece)

    with pytest.raises(FileSpoiled):
        await read_on()
    assert len(handed_out) < kept.size


async def test_a_place_that_does_not_answer_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(FilesUnreachable):
        await Files((tmp_path / "file").as_uri()).ping()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{free_port()}",
        "AWS_REGION": "ap-south-1",
        "AWS_ACCESS_KEY_ID": "AKIATEST",
        "AWS_SECRET_ACCESS_KEY": "not-a-secret",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(FilesUnreachable):
        await Files("s3://papers").ping()
