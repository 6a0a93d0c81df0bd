"""Answers that go out in one piece.

uvicorn writes an answer's head, then its body, and uvloop sends each at once: two system calls,
two packets, and a client that wakes up for a head without a body. For a short answer that is a
good part of its price. Here what is written in one turn of the event loop is sent together.
"""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_AT_MOST_BYTES = 64 * 1024
"""More is not kept back: what streams large files has to be slowed down in time."""


class JoinedWrites:
    """A transport that sends what was written when the event loop comes round, or there is much of
    it. All else is the transport's own affair."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._parts: list[bytes] = []
        self._bytes = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._parts:
            self._loop.call_soon(self._send)
        self._parts.append(data)
        self._bytes += len(data)
        if self._bytes > _AT_MOST_BYTES:
            self._send()

    def close(self) -> None:
        self._send()
        self._transport.close()

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._send()
        self._transport.set_protocol(protocol)

    def _send(self) -> None:
        if not self._parts:
            return
        together = b"".join(self._parts)
        self._parts.clear()
        self._bytes = 0
        if not self._transport.is_closing():
            self._transport.write(together)


class JoiningProtocol(HttpToolsProtocol):
    """uvicorn's own, on such a transport."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.transport = cast(asyncio.Transport, JoinedWrites(transport, self.loop))
