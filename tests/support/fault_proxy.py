"""A TCP proxy that makes the network worse: slow, narrow, cut, reset, or silent.

It stands between a client and a server and passes bytes on until it is told otherwise. Faults
hold for connections that are open and for those to come, until `heal`.
"""

import selectors
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_CHUNK = 64 * 1024
_TICK_SECONDS = 0.005


@dataclass(slots=True)
class Faults:
    """What is wrong now.

    latency_seconds    each chunk is held so long, each way
    bytes_per_second   what passes of one connection, each way; None: all
    is_half_open       connections stay open and nothing passes, as when a cable is pulled
    """

    latency_seconds: float = 0.0
    bytes_per_second: float | None = None
    is_half_open: bool = False


@dataclass(slots=True)
class _Way:
    """One direction of one connection."""

    source: socket.socket
    sink: socket.socket
    waiting: list[tuple[float, bytes]] = field(default_factory=list)
    free_at: float = 0.0
    is_ended: bool = False


class FaultProxy:
    """Listens on `address`; one thread serves all connections."""

    def __init__(self, server_address: str) -> None:
        parts = urlsplit(server_address)
        self._server = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.address = f"{parts.scheme}://127.0.0.1:{self._listener.getsockname()[1]}"
        self.faults = Faults()
        self._pairs: list[tuple[_Way, _Way]] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="fault-proxy", daemon=True)
        self._thread.start()

    def heal(self) -> None:
        self.faults = Faults()

    def cut(self, *, reset: bool = False) -> None:
        """End every open connection: in order, or with a reset."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for way, _ in pairs:
            for end in (way.source, way.sink):
                if reset:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.close()

    @property
    def connections(self) -> int:
        with self._lock:
            return len(self._pairs)

    def close(self) -> None:
        self._closing.set()
        self._thread.join(timeout=5)
        self.cut()
        self._listener.close()

    def _serve(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._listener, selectors.EVENT_READ)
            while not self._closing.is_set():
                for key, _ in selector.select(timeout=_TICK_SECONDS):
                    if key.fileobj is self._listener:
                        self._accept()
                self._pass_on()

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        server = socket.create_connection(self._server)
        for end in (client, server):
            end.setblocking(False)
        with self._lock:
            self._pairs.append((_Way(client, server), _Way(server, client)))

    def _pass_on(self) -> None:
        with self._lock:
            pairs = list(self._pairs)
        for pair in pairs:
            try:
                for way in pair:
                    self._advance(way)
                is_over = any(way.is_ended and not way.waiting for way in pair)
            except OSError:
                is_over = True
            if is_over and not self.faults.is_half_open:
                self._drop(pair)

    def _advance(self, way: _Way) -> None:
        faults, now = self.faults, time.monotonic()
        if faults.is_half_open:
            return
        try:
            chunk = way.source.recv(_CHUNK)
            if chunk:
                way.waiting.append((now + faults.latency_seconds, chunk))
            else:
                way.is_ended = True
        except BlockingIOError:
            pass
        while way.waiting and way.waiting[0][0] <= now and way.free_at <= now:
            due, chunk = way.waiting.pop(0)
            part = chunk
            if faults.bytes_per_second is not None:
                part = chunk[: max(1, int(faults.bytes_per_second / 20))]
                way.free_at = now + len(part) / faults.bytes_per_second
            try:
                sent = way.sink.send(part)
            except BlockingIOError:
                sent = 0
            if sent < len(chunk):
                way.waiting.insert(0, (due, chunk[sent:]))
                return

    def _drop(self, pair: tuple[_Way, _Way]) -> None:
        with self._lock:
            if pair not in self._pairs:
                return  # cut meanwhile, by whoever closes them
            self._pairs.remove(pair)
        pair[0].source.close()
        pair[0].sink.close()


@contextmanager
def fault_proxy(server_address: str) -> Iterator[FaultProxy]:
    proxy = FaultProxy(server_address)
    try:
        yield proxy
    finally:
        proxy.close()
