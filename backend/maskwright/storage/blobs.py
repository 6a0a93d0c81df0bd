"""The small protocol behind which a local folder and an S3 bucket look alike.

A key is a path of safe characters that we made (`projects/<id>/assets/<id>/original`); names
that people gave never become part of one.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

from maskwright.kernel.errors import NotFound


class BlobNotFound(NotFound):
    message = "The file is no longer in the store."


class BlobStore(Protocol):
    def put(self, key: str, source: bytes | Path | BinaryIO, *, content_type: str) -> int:
        """Write a blob whole or not at all; returns its size in bytes."""

    def read(self, key: str) -> bytes:
        """The whole blob; raises BlobNotFound."""

    def stream(self, key: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Chunks of the bytes [start, end); raises BlobNotFound before the first chunk."""

    def size(self, key: str) -> int:
        """Bytes; raises BlobNotFound."""

    def download(self, key: str, target: Path) -> None:
        """Copy a blob to a local file in bounded memory; raises BlobNotFound."""

    def delete(self, keys: Iterable[str]) -> None:
        """Remove blobs; those that are not there are passed over."""
