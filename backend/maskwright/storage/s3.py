"""Blobs in an S3-compatible bucket; obstore speaks to it, in Rust and without the GIL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import obstore
from obstore.store import S3Store

from maskwright.settings import StorageSettings
from maskwright.storage.blobs import BlobNotFound
from maskwright.storage.keys import checked_key

if TYPE_CHECKING:  # obstore's option types exist for type checkers only
    from obstore import GetOptions, GetResult
    from obstore.store import ClientConfig, S3Config

CHUNK_BYTES = 256 * 1024
#: S3 wants parts of at least 5 MiB; a 512 MB file then takes 64 of them.
_PART_BYTES = 8 * 1024**2
#: A part is held in memory while it is sent: this many at most.
_PARTS_AT_ONCE = 4
_KEYS_PER_DELETE = 1000


class S3BlobStore:
    """Implements `BlobStore`."""

    def __init__(self, settings: StorageSettings) -> None:
        self._store = S3Store(
            settings.s3_bucket,
            prefix=settings.s3_prefix or None,
            config=_configuration(settings),
            client_options=_client_options(settings),
        )

    def put(self, key: str, source: bytes | Path | BinaryIO, *, content_type: str) -> int:
        """One request, or a multipart upload that only becomes visible as a whole."""
        obstore.put(
            self._store,
            checked_key(key),
            source,
            attributes={"Content-Type": content_type},
            chunk_size=_PART_BYTES,
            max_concurrency=_PARTS_AT_ONCE,
        )
        return len(source) if isinstance(source, bytes) else self.size(key)

    def read(self, key: str) -> bytes:
        return bytes(self._get(key).bytes())

    def stream(self, key: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        # S3 answers an empty range by an error, and one past the end too.
        stop = self.size(key) if end is None else end
        if stop <= start:
            return iter(())
        return map(bytes, self._get(key, (start, stop)).stream(min_chunk_size=CHUNK_BYTES))

    def size(self, key: str) -> int:
        try:
            return obstore.head(self._store, checked_key(key))["size"]
        except FileNotFoundError as error:
            raise BlobNotFound from error

    def download(self, key: str, target: Path) -> None:
        chunks = self._get(key).stream(min_chunk_size=CHUNK_BYTES)
        with target.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)

    def delete(self, keys: Iterable[str]) -> None:
        remaining = map(checked_key, keys)
        while batch := list(islice(remaining, _KEYS_PER_DELETE)):
            obstore.delete(self._store, batch)

    def _get(self, key: str, byte_range: tuple[int, int] | None = None) -> GetResult:
        options: GetOptions = {} if byte_range is None else {"range": byte_range}
        try:
            return obstore.get(self._store, checked_key(key), options=options)
        except FileNotFoundError as error:
            raise BlobNotFound from error


def _configuration(settings: StorageSettings) -> S3Config:
    """Without keys of its own, the store takes those of the machine (environment, role)."""
    config: S3Config = {"region": settings.s3_region}
    if settings.s3_endpoint:
        config["endpoint"] = settings.s3_endpoint
    if settings.s3_access_key_id:
        config["access_key_id"] = settings.s3_access_key_id
        config["secret_access_key"] = settings.s3_secret_access_key.get_secret_value()
    return config


def _client_options(settings: StorageSettings) -> ClientConfig:
    return {"allow_http": settings.s3_endpoint.startswith("http://"), "timeout": "120 s"}
