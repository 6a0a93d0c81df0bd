"""Bodies that come packed (`Content-Encoding: gzip`) are unpacked before anybody reads them.

The browser's autosave packs what it sends: a mask's run lengths are text that halves. Behind this
layer a request looks as if it had never been packed, so that no route and no bound knows of it.

Source: RFC 9110, 8.4 (Content-Encoding); RFC 7694 (which packings a server takes).
"""

import zlib
from collections.abc import Callable

import anyio.to_thread
from fastapi import Request
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maskwright.http.problems import Problem, answer_to_error
from maskwright.kernel.errors import MaskwrightError

#: Unpacking this much takes a millisecond or two; for more, a thread is worth its price.
_AT_ONCE_BYTES = 512 * 1024
#: To zlib: with gzip's header and checksum.
_GZIP = 31


class UnknownPacking(MaskwrightError):
    """The body is packed in a way that this server does not know, or is not allowed here."""


class DamagedPacking(MaskwrightError):
    """The body says that it is packed with gzip, and is not, or not to its end."""


class TooLargeUnpacked(MaskwrightError):
    """The body unpacks to more than a body may hold."""


PROBLEMS = {
    UnknownPacking: Problem(415, "unknown-packing", {"Accept-Encoding": "gzip"}),
    DamagedPacking: Problem(400, "damaged-packing"),
    TooLargeUnpacked: Problem(413, "too-large"),
}


class PackedBodies:
    """Unpacks what is packed, up to the bound that holds for bodies of this sender."""

    def __init__(
        self, app: ASGIApp, application: Starlette, limit_of: Callable[[Headers], int | None]
    ) -> None:
        self.app = app
        self.application = application
        self._limit_of = limit_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _packing_of(scope):
            await self.app(scope, receive, send)
            return
        try:
            packed, limit = await self._read(scope, receive)
            if packed is None:  # the client left
                return
            unpacked = await _unpacked(packed, limit)
        except MaskwrightError as error:
            scope["app"] = self.application
            response = answer_to_error(self.application, Request(scope), error)
            await response(scope, receive, send)
            return
        await self.app(_scope_unpacked(scope, len(unpacked)), _whole(unpacked, receive), send)

    async def _read(self, scope: Scope, receive: Receive) -> tuple[bytes | None, int]:
        """The packed bytes, and how many there may be unpacked."""
        limit = self._limit_of(Headers(scope=scope))
        if _packing_of(scope) not in ("gzip", "x-gzip"):
            raise UnknownPacking("Send the body as it is, or packed with gzip.")
        if limit is None:
            raise UnknownPacking("Send files as they are: a form that holds files can't be packed.")
        parts: list[bytes] = []
        received = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None, limit
            parts.append(message.get("body", b""))
            received += len(parts[-1])
            if received > limit:
                raise _too_large(limit)
            if not message.get("more_body", False):
                return b"".join(parts), limit


async def _unpacked(packed: bytes, limit: int) -> bytes:
    """The body; never more than one byte beyond the bound is made of it."""
    unpacker = zlib.decompressobj(_GZIP)
    head = _inflate(unpacker, packed, min(_AT_ONCE_BYTES, limit) + 1)
    rest = b""
    if not unpacker.eof and len(head) <= limit and unpacker.unconsumed_tail:
        room = limit + 1 - len(head)
        rest = await anyio.to_thread.run_sync(_inflate, unpacker, unpacker.unconsumed_tail, room)
    if len(head) + len(rest) > limit:
        raise _too_large(limit)
    if not unpacker.eof or unpacker.unused_data:
        raise DamagedPacking("The body's gzip is damaged. Send it again.")
    return head + rest if rest else head


def _inflate(unpacker: "zlib._Decompress", packed: bytes, most_bytes: int) -> bytes:
    try:
        return unpacker.decompress(packed, most_bytes)
    except zlib.error as error:
        raise DamagedPacking("The body is not packed with gzip, or it is damaged.") from error


def _too_large(limit: int) -> TooLargeUnpacked:
    return TooLargeUnpacked(
        f"What was sent is larger than this server takes: the bound is {limit} bytes, unpacked.",
        bound_bytes=limit,
    )


def _packing_of(scope: Scope) -> str:
    """As the header says; empty where the body is as it is."""
    for name, value in scope["headers"]:
        if name == b"content-encoding":
            packing: str = value.decode("latin-1").strip().lower()
            return "" if packing == "identity" else packing
    return ""


def _scope_unpacked(scope: Scope, length: int) -> Scope:
    dropped = (b"content-encoding", b"content-length", b"transfer-encoding")
    headers = [header for header in scope["headers"] if header[0] not in dropped]
    scope["headers"] = [*headers, (b"content-length", str(length).encode())]
    return scope


def _whole(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_unpacked() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_unpacked
