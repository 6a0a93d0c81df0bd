"""Blobs as HTTP answers: whole or in part, cached, and harmless whatever they hold."""

import re
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import quote

from fastapi import Request
from starlette.responses import Response, StreamingResponse

from maskwright.storage import BlobStore

#: Smaller ones are read at once: an answer in one piece costs one thread hop less per chunk.
_READ_AT_ONCE_BYTES = 512 * 1024
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")

#: What lies behind a signed link never changes; the link itself does.
FOR_EVER = "private, max-age=31536000, immutable"
#: The same address without a signature may show a newer rendition later.
A_WHILE = "private, max-age=300"

#: An image that a browser would take for a page could still run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def etag_of(key: str, suffix: str = "") -> str:
    """Bytes under a key never change, so the key is as good as a hash of them."""
    return f'"{sha256(f"{key}{suffix}".encode()).hexdigest()[:24]}"'


def has_current(request: Request, etag: str) -> bool:
    """Whether the browser says that it has exactly this."""
    known = request.headers.get("if-none-match", "")
    return etag in (part.strip().removeprefix("W/") for part in known.split(",")) or known == "*"


def file_headers(etag: str, cache_control: str) -> dict[str, str]:
    return {
        "ETag": etag,
        "Cache-Control": cache_control,
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
    }


def disposition(kind: str, name: str) -> str:
    """`attachment` or `inline`, with the file's name in any script (RFC 6266)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def blob_response(
    request: Request,
    blobs: BlobStore,
    key: str,
    media_type: str,
    headers: Mapping[str, str],
) -> Response:
    """The blob, or the range of it that the request asks for; raises BlobNotFound."""
    etag = headers["ETag"]
    if has_current(request, etag):
        return Response(status_code=304, headers=dict(headers))
    size = blobs.size(key)
    completed = {**headers, "Accept-Ranges": "bytes"}
    wanted = _range_of(request, etag, size)
    if wanted is None:
        return _body(blobs, key, (0, size), media_type, 200, completed)
    start, end = wanted
    if start >= end:
        completed["Content-Range"] = f"bytes */{size}"
        return Response(status_code=416, headers=completed)
    completed["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return _body(blobs, key, wanted, media_type, 206, completed)


def _body(
    blobs: BlobStore,
    key: str,
    place: tuple[int, int],
    media_type: str,
    status: int,
    headers: dict[str, str],
) -> Response:
    start, end = place
    chunks = blobs.stream(key, start=start, end=end)
    if end - start <= _READ_AT_ONCE_BYTES:
        return Response(b"".join(chunks), status, headers, media_type=media_type)
    headers["Content-Length"] = str(end - start)
    return StreamingResponse(chunks, status, headers, media_type=media_type)


def _range_of(request: Request, etag: str, size: int) -> tuple[int, int] | None:
    """[start, end) of the one range that is asked for; empty where it lies outside. None for the
    whole, also for several ranges and what makes no sense (RFC 9110 allows to ignore a range)."""
    asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
    if asked is None or request.headers.get("if-range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first and not last:
        return None
    if not first:
        return max(0, size - int(last)), size
    start = int(first)
    end = min(size, int(last) + 1) if last else size
    if last and int(last) < start:
        return None
    return start, end
