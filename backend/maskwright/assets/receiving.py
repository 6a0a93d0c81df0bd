"""Takes bytes from a stream to a file on the disk, counting and hashing them on the way."""

import hashlib
import shutil
import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self

from maskwright.assets.errors import FileTooLarge
from maskwright.settings import Settings

CHUNK_BYTES = 256 * 1024
_ABANDONED_AFTER_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    path: Path
    size: int
    sha256: bytes


def incoming_folder(settings: Settings) -> TemporaryDirectory[str]:
    """A folder for files on their way in. Not in /tmp, which lies in memory on many machines."""
    parent = _incoming(settings)
    parent.mkdir(parents=True, exist_ok=True)
    return TemporaryDirectory(dir=parent, prefix="upload-", ignore_cleanup_errors=True)


def remove_abandoned(settings: Settings) -> None:
    """Remove what a killed process left behind: no upload takes a day."""
    for folder in _incoming(settings).glob("upload-*"):
        if time.time() - folder.stat().st_mtime > _ABANDONED_AFTER_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def _incoming(settings: Settings) -> Path:
    return settings.home / "incoming"


class FileSink(AbstractContextManager["FileSink"]):
    """Where the bytes of one file go. What exceeds the bound is counted but not written, so that
    the rest of the request can be read on."""

    def __init__(self, path: Path, *, max_bytes: int) -> None:
        self._path = path
        self._max_bytes = max_bytes
        self._file = path.open("wb")
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size <= self._max_bytes:
            self._digest.update(chunk)
            self._file.write(chunk)

    def received(self) -> ReceivedFile:
        """Close the file; raises FileTooLarge."""
        self._file.close()
        if self._size > self._max_bytes:
            raise FileTooLarge(size=self._size, max_bytes=self._max_bytes)
        return ReceivedFile(self._path, self._size, self._digest.digest())

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """Give up; what was written stays for the caller to remove."""
        self._file.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def receive(source: IO[bytes], path: Path, *, max_bytes: int) -> ReceivedFile:
    """Copy a stream to `path`, which the caller removes; raises FileTooLarge."""
    with FileSink(path, max_bytes=max_bytes) as sink:
        while chunk := source.read(CHUNK_BYTES):
            sink.write(chunk)
        return sink.received()
