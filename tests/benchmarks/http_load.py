"""A small HTTP load generator: some keep-alive connections in one thread, raw sockets.

An HTTP library would take more of the processor than the server that is measured; this costs some
ten microseconds a request. It speaks only as much HTTP as uvicorn answers with: a Content-Length,
or a 204 without one.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of requests gave: the answers in the order of the requests."""

    answers: list[Answer]
    seconds: float

    @property
    def per_second(self) -> float:
        return len(self.answers) / self.seconds

    def percentile_ms(self, share: float) -> float:
        ordered = sorted(answer.seconds for answer in self.answers)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request's bytes, ready to be sent."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Content-Length: {len(body)}"]
    if body:
        lines.append("Content-Type: application/json")
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class _Connection:
    def __init__(self, host: str, port: int) -> None:
        self.socket = socket.create_connection((host, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()
        self.index = -1
        self.sent_at = 0.0

    def send(self, index: int, raw: bytes) -> None:
        self.index, self.sent_at = index, time.perf_counter()
        self.socket.sendall(raw)

    def read(self) -> tuple[int, bytes] | None:
        """(status, body) once the answer is complete."""
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("The server closed the connection.")
        self.received += chunk
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return None
        head = bytes(self.received[:end]).lower()
        status = int(head[9:12])
        length = 0
        position = head.find(b"content-length:")
        if position >= 0:
            length = int(head[position + 15 :].split(b"\r\n", 1)[0])
        if len(self.received) < end + 4 + length:
            return None
        body = bytes(self.received[end + 4 : end + 4 + length])
        del self.received[: end + 4 + length]
        return status, body


def send_all(address: str, requests: Sequence[bytes], *, connections: int = 16) -> Load:
    """Send every request once, so many at a time, and wait for all answers."""
    parts = urlsplit(address)
    selector = selectors.DefaultSelector()
    waiting: Iterator[tuple[int, bytes]] = iter(enumerate(requests))
    answers: list[Answer | None] = [None] * len(requests)
    opened = [
        _Connection(parts.hostname or "127.0.0.1", parts.port or 80) for _ in range(connections)
    ]
    began = time.perf_counter()
    left = 0
    for connection in opened:
        following = next(waiting, None)
        if following is not None:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send(*following)
            left += 1
    while left:
        for key, _ in selector.select():
            connection = key.data
            complete = connection.read()
            if complete is None:
                continue
            took = time.perf_counter() - connection.sent_at
            answers[connection.index] = Answer(*complete, took)
            following = next(waiting, None)
            if following is None:
                left -= 1
            else:
                connection.send(*following)
    seconds = time.perf_counter() - began
    for connection in opened:
        connection.socket.close()
    selector.close()
    return Load([answer for answer in answers if answer is not None], seconds)
