"""A thousand labelers in one thread: each claims, works for a while, saves, and hands in.

Every labeler has a connection of its own, as a browser has. A request's time runs from when it was
due, not from when it was sent: where the server, or we, fall behind, that counts. It speaks only
as much HTTP as uvicorn answers with.
"""

import heapq
import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlsplit

from tests.benchmarks.http_load import request
from tests.benchmarks.queue_filling import bearer

_LEASE = re.compile(rb'"lease":\{"id":"([0-9a-f-]{36})","fence":(\d+)')
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_STEPS = ("next", "draft", "submit")


@dataclass
class Measured:
    """Seconds of each kind of request, and what was answered otherwise than with 200."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {step: [] for step in _STEPS})
    errors: list[str] = field(default_factory=list)

    def percentile_ms(self, step: str, percent: int) -> float:
        ordered = sorted(self.seconds[step])
        return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]

    @property
    def worst_p99_ms(self) -> float:
        return max(self.percentile_ms(step, 99) for step in ("next", "submit"))


class _Labeler:
    """One connection, and what is to be sent next on it."""

    def __init__(self, address: tuple[str, int], token: str, offset: float) -> None:
        self._address = address
        self.connect()
        self.headers = bearer(token)
        self.step = "next"
        self.due = offset
        self.lease, self.fence = "", 0
        self.is_waiting = False

    def connect(self) -> None:
        self.socket = socket.create_connection(self._address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = bytearray()

    def answer(self) -> tuple[int, bytes] | None:
        """(status, body) once it is all there."""
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionResetError
        self.received += chunk
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return None
        declared = _LENGTH.search(self.received, 0, end)
        whole = end + 4 + (int(declared[1]) if declared else 0)
        if len(self.received) < whole:
            return None
        status, body = int(self.received[9:12]), bytes(self.received[end + 4 : whole])
        del self.received[:whole]
        return status, body


class CrowdLoad:
    """A crowd at work on one project, for as long as `run` is called.

    objects  of a label, as JSON
    saved    those of a draft
    """

    def __init__(
        self, address: str, project: object, tokens: Sequence[str], *, objects: bytes, saved: bytes
    ) -> None:
        parts = urlsplit(address)
        server = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._next_path = f"/api/v1/projects/{project}/queue/next"
        self._objects, self._saved = objects, saved
        self._task_seconds = 20.0
        self._selector = selectors.DefaultSelector()
        self._numbers = count()
        self._timers: list[tuple[float, int, _Labeler]] = []
        self.measured = Measured()
        now = time.perf_counter()
        for at, token in enumerate(tokens):
            # They begin one after the other, evenly over the time of one task.
            labeler = _Labeler(server, token, now + self._task_seconds * at / len(tokens))
            self._selector.register(labeler.socket, selectors.EVENT_READ, labeler)
            self._put(labeler)

    def work_at(self, task_seconds: float) -> None:
        """From now on a task takes so long; who is in the middle of one is done sooner."""
        now, factor = time.perf_counter(), task_seconds / self._task_seconds
        self._task_seconds = task_seconds
        waiting, self._timers = self._timers, []
        for _, _, labeler in waiting:
            labeler.due = now + (labeler.due - now) * factor
            self._put(labeler)

    def run(self, seconds: float) -> Measured:
        """Go on for so long; what was measured meanwhile."""
        self.measured = Measured()
        until = time.perf_counter() + seconds
        while (now := time.perf_counter()) < until:
            while self._timers and self._timers[0][0] <= now:
                self._send(heapq.heappop(self._timers)[2])
            rest = min(until, self._timers[0][0] if self._timers else until) - now
            for key, _ in self._selector.select(max(0.0, rest)):
                self._take(key.data)
        return self.measured

    def close(self) -> None:
        for key in list(self._selector.get_map().values()):
            key.data.socket.close()
        self._selector.close()

    def _put(self, labeler: _Labeler) -> None:
        heapq.heappush(self._timers, (labeler.due, next(self._numbers), labeler))

    def _send(self, labeler: _Labeler) -> None:
        path, headers, fence = f"/api/v1/leases/{labeler.lease}", labeler.headers, labeler.fence
        if labeler.step == "next":
            raw = request("POST", self._next_path, headers, b"{}")
        elif labeler.step == "draft":
            body = b'{"fence":%d,"client_id":"tab","seq":1,"upserts":%b}' % (fence, self._saved)
            raw = request("PATCH", f"{path}/draft", headers, body)
        else:
            body = b'{"fence":%d,"objects":%b,"active_ms":20000}' % (fence, self._objects)
            keyed = {**headers, "Idempotency-Key": labeler.lease}
            raw = request("POST", f"{path}/submit", keyed, body)
        labeler.is_waiting = True
        try:
            labeler.socket.sendall(raw)
        except OSError:
            self._reconnect(labeler)

    def _reconnect(self, labeler: _Labeler) -> None:
        """The server ends connections on which nothing was said for long. What was not answered
        is sent again, as browsers do."""
        self._selector.unregister(labeler.socket)
        labeler.socket.close()
        labeler.connect()
        self._selector.register(labeler.socket, selectors.EVENT_READ, labeler)
        if labeler.is_waiting:
            self._put(labeler)

    def _take(self, labeler: _Labeler) -> None:
        try:
            answer = labeler.answer()
        except OSError:
            self._reconnect(labeler)
            return
        if answer is None:
            return
        labeler.is_waiting = False
        status, body = answer
        now = time.perf_counter()
        self.measured.seconds[labeler.step].append(now - labeler.due)
        if status != 200:
            self.measured.errors.append(f"{labeler.step}: {status} {body[:200].decode()}")
        self._go_on(labeler, now, body)

    def _go_on(self, labeler: _Labeler, now: float, body: bytes) -> None:
        """He claims at once after he handed in, and saves in the middle of his work."""
        if labeler.step == "next":
            lease = _LEASE.search(body)
            if lease is None:
                raise RuntimeError(f"Nothing was handed out: {body[:200].decode()}")
            labeler.lease, labeler.fence = lease[1].decode(), int(lease[2])
        labeler.step = _STEPS[(_STEPS.index(labeler.step) + 1) % len(_STEPS)]
        labeler.due = now if labeler.step == "next" else now + self._task_seconds / 2
        self._put(labeler)
