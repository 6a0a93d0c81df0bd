"""Clients on a line so thin that every request and every answer takes seconds.

One thread serves all of them: ten times a second each sends a little of its request, or reads a
little of its answer.
"""

import resource
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_TICKS_PER_SECOND = 10
_RECEIVE_BUFFER_BYTES = 2048
_OPEN_FILES = 4096


class _Client:
    def __init__(self, address: tuple[str, int], request: bytes) -> None:
        self._socket = socket.socket()
        # What the kernel would take ahead is as good as read.
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BUFFER_BYTES)
        self._socket.connect(address)
        self._socket.setblocking(False)
        self._unsent = memoryview(request)
        self.received = bytearray()
        self.is_over = False

    @property
    def is_sending(self) -> bool:
        return bool(self._unsent)

    def advance(self, number: int) -> None:
        """So many bytes further."""
        with suppress(BlockingIOError):
            if self._unsent:
                self._unsent = self._unsent[self._socket.send(self._unsent[:number]) :]
                return
            chunk = self._socket.recv(number)
            self.received += chunk
            self.is_over = not chunk

    def close(self) -> None:
        self._socket.close()


class SlowClients:
    """One for each request; each begins at once."""

    def __init__(self, address: str, requests: Sequence[bytes], bytes_per_second: int) -> None:
        parts = urlsplit(address)
        server = (parts.hostname or "127.0.0.1", parts.port or 80)
        let_open_files(_OPEN_FILES)
        self._clients = [_Client(server, request) for request in requests]
        self._step = max(1, bytes_per_second // _TICKS_PER_SECOND)
        self._leaving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="slow-clients", daemon=True)
        self._thread.start()

    @property
    def sending(self) -> int:
        """How many have not sent their whole request yet."""
        return sum(client.is_sending for client in self._clients)

    @property
    def reading(self) -> int:
        """How many have read some of an answer, with a status of 200, and not come to its end."""
        return sum(
            client.received.startswith(b"HTTP/1.1 200") and not client.is_over
            for client in self._clients
        )

    def close(self) -> None:
        self._leaving.set()
        self._thread.join()
        for client in self._clients:
            client.close()

    def _run(self) -> None:
        while not self._leaving.wait(1 / _TICKS_PER_SECOND):
            for client in self._clients:
                client.advance(self._step)


@contextmanager
def slow_clients(
    address: str, requests: Sequence[bytes], *, bytes_per_second: int = 1000
) -> Iterator[SlowClients]:
    clients = SlowClients(address, requests, bytes_per_second)
    try:
        yield clients
    finally:
        clients.close()


def let_open_files(number: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = number if hard == resource.RLIM_INFINITY else min(number, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
