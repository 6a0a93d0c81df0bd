"""Blobs as files below one folder.

The file system is used directly rather than through obstore's local store: that one renames into
place but never calls fsync, and an original must not be lost to a power cut after the upload was
acknowledged.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, BinaryIO

from maskwright.storage.blobs import BlobNotFound
from maskwright.storage.keys import checked_key

CHUNK_BYTES = 256 * 1024
_INCOMING = ".incoming"


class LocalBlobStore:
    """Implements `BlobStore`. The folder is made when something is first written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, key: str, source: bytes | Path | BinaryIO, *, content_type: str) -> int:
        """Written beside, flushed to the disk, renamed into place: readers see all or nothing.
        `content_type` is not kept; whoever serves the blob knows it."""
        target = self._path(key)
        incoming = self._folder / _INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=incoming, delete=False) as file:
            try:
                _copy(source, file)
                file.flush()
                os.fsync(file.fileno())
                size = file.tell()
                Path(file.name).replace(target)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        _sync_folder(target.parent)
        return size

    def read(self, key: str) -> bytes:
        with self._open(key) as file:
            return file.read()

    def stream(self, key: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        file = self._open(key)
        size = os.fstat(file.fileno()).st_size
        return _chunks(file, start, size if end is None else min(end, size))

    def size(self, key: str) -> int:
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError as error:
            raise BlobNotFound from error

    def download(self, key: str, target: Path) -> None:
        with self._open(key) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, CHUNK_BYTES)

    def delete(self, keys: Iterable[str]) -> None:
        for key in keys:
            self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / checked_key(key)

    def _open(self, key: str) -> BinaryIO:
        try:
            return self._path(key).open("rb")
        except FileNotFoundError as error:
            raise BlobNotFound from error


def _copy(source: bytes | Path | BinaryIO, file: IO[bytes]) -> None:
    if isinstance(source, bytes):
        file.write(source)
    elif isinstance(source, Path):
        with source.open("rb") as opened:
            shutil.copyfileobj(opened, file, CHUNK_BYTES)
    else:
        shutil.copyfileobj(source, file, CHUNK_BYTES)


def _chunks(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start
        while left > 0:
            chunk = file.read(min(CHUNK_BYTES, left))
            if not chunk:
                return
            left -= len(chunk)
            yield chunk


def _sync_folder(folder: Path) -> None:
    """A rename is only on the disk once the folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
