"""One contract for both stores: a folder, and a bucket on a real (local) S3 server."""

import io
import threading
import tracemalloc
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from pydantic import SecretStr

from maskwright.settings import Settings, StorageSettings
from maskwright.storage import BlobNotFound, BlobStore
from maskwright.storage.stores import StorageMisconfigured, open_blob_store

MIB = 1024**2


@pytest.fixture(scope="module")
def s3_endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def s3_settings(endpoint: str, bucket: str) -> StorageSettings:
    return StorageSettings(
        kind="s3",
        s3_bucket=bucket,
        s3_prefix="labels",
        s3_endpoint=endpoint,
        s3_access_key_id="somebody",
        s3_secret_access_key=SecretStr("something"),
    )


@pytest.fixture
def s3_store(s3_endpoint: str) -> BlobStore:
    request = urllib.request.Request(f"{s3_endpoint}/blobs", method="PUT")
    with urllib.request.urlopen(request):
        pass
    return open_blob_store(Settings(storage=s3_settings(s3_endpoint, "blobs")))


@pytest.fixture
def local_store(tmp_path: Path) -> BlobStore:
    return open_blob_store(Settings(storage=StorageSettings(folder=tmp_path / "blobs")))


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest) -> BlobStore:
    opened: BlobStore = request.getfixturevalue(f"{request.param}_store")
    return opened


def put(store: BlobStore, key: str, content: bytes) -> int:
    return store.put(key, content, content_type="image/png")


def test_a_blob_is_read_back_as_it_was_written(store: BlobStore) -> None:
    assert put(store, "a/b/original", b"bytes") == 5
    assert store.read("a/b/original") == b"bytes"
    assert store.size("a/b/original") == 5


def test_an_empty_blob_is_kept_too(store: BlobStore) -> None:
    assert put(store, "empty", b"") == 0
    assert store.read("empty") == b""
    assert list(store.stream("empty")) == []


def test_a_second_write_replaces_the_first(store: BlobStore) -> None:
    put(store, "twice", b"the longer first one")
    put(store, "twice", b"second")
    assert store.read("twice") == b"second"


def test_a_path_and_an_open_file_are_sources_as_well(store: BlobStore, tmp_path: Path) -> None:
    file = tmp_path / "source"
    file.write_bytes(b"x" * (9 * MIB))
    assert store.put("from-path", file, content_type="image/png") == 9 * MIB
    with file.open("rb") as opened:
        assert store.put("from-file", opened, content_type="image/png") == 9 * MIB
    assert store.put("from-memory", io.BytesIO(b"abc"), content_type="image/png") == 3
    assert store.read("from-path") == store.read("from-file") == file.read_bytes()


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, None, b"0123456789"), (3, None, b"3456789"), (3, 5, b"34"), (8, 99, b"89"), (4, 4, b"")],
)
def test_a_part_of_a_blob_can_be_streamed(
    store: BlobStore, start: int, end: int | None, expected: bytes
) -> None:
    put(store, "digits", b"0123456789")
    assert b"".join(store.stream("digits", start=start, end=end)) == expected


def test_a_blob_is_downloaded_to_a_file(store: BlobStore, tmp_path: Path) -> None:
    put(store, "whole", b"x" * 3 * MIB)
    store.download("whole", tmp_path / "target")
    assert (tmp_path / "target").read_bytes() == b"x" * 3 * MIB


def test_what_is_not_there_is_named_so(store: BlobStore, tmp_path: Path) -> None:
    with pytest.raises(BlobNotFound):
        store.read("nothing")
    with pytest.raises(BlobNotFound):
        store.size("nothing")
    with pytest.raises(BlobNotFound):
        store.stream("nothing")
    with pytest.raises(BlobNotFound):
        store.download("nothing", tmp_path / "target")


def test_deleting_passes_over_what_is_not_there(store: BlobStore) -> None:
    put(store, "kept", b"1")
    put(store, "gone", b"1")
    store.delete(["gone", "never-was"])
    assert store.read("kept") == b"1"
    with pytest.raises(BlobNotFound):
        store.read("gone")


@pytest.mark.parametrize("key", ["../up", "/root", "a/../b", "a//b", ".hidden", "A", "", "a\\b"])
def test_a_key_that_could_leave_the_store_is_refused(store: BlobStore, key: str) -> None:
    with pytest.raises(ValueError, match="Not a key"):
        put(store, key, b"x")


def test_a_failed_write_leaves_neither_blob_nor_remains(
    local_store: BlobStore, tmp_path: Path
) -> None:
    class Failing(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        local_store.put("broken", Failing(), content_type="image/png")  # type: ignore[arg-type]
    with pytest.raises(BlobNotFound):
        local_store.size("broken")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_readers_see_the_old_or_the_new_blob_and_nothing_between(local_store: BlobStore) -> None:
    contents = {bytes([letter]) * MIB for letter in b"abcdefgh"}
    put(local_store, "busy", next(iter(contents)))
    seen: set[bytes] = set()
    finished = threading.Event()

    def read_all_the_time() -> None:
        while not finished.is_set():
            seen.add(local_store.read("busy"))

    reader = threading.Thread(target=read_all_the_time)
    reader.start()
    for content in contents:
        put(local_store, "busy", content)
    finished.set()
    reader.join()
    assert seen
    assert seen <= contents


def test_a_large_blob_is_never_whole_in_memory(local_store: BlobStore, tmp_path: Path) -> None:
    """Of the folder only: the S3 server runs in this process and keeps what it is given."""
    file = tmp_path / "large"
    with file.open("wb") as opened:
        opened.truncate(48 * MIB)
    tracemalloc.start()
    local_store.put("large", file, content_type="image/tiff")
    received = sum(len(chunk) for chunk in local_store.stream("large"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert received == 48 * MIB
    assert peak < 2 * MIB


def test_a_bucket_must_be_named() -> None:
    with pytest.raises(StorageMisconfigured, match="MASKWRIGHT_STORAGE_S3_BUCKET"):
        open_blob_store(Settings(storage=StorageSettings(kind="s3")))
