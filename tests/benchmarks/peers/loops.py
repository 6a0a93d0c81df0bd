"""The same loop against us and against a peer: ask for the next task, hand it in, ask again."""

import json
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any, Protocol
from urllib.parse import urlsplit

from maskwright.kernel.ids import new_id
from tests.benchmarks.peers.studio import Peer
from tests.benchmarks.queue_filling import Site, bearer

_TIMEOUT_SECONDS = 120.0

Ask = tuple[str, str, dict[str, str], bytes]
"""Method, path, headers and body."""


class Service(Protocol):
    """How one product is asked for work and given it. `token` is one person's."""

    @property
    def address(self) -> str: ...

    @property
    def tokens(self) -> Sequence[str]: ...

    def next(self, token: str) -> Ask: ...

    def task_of(self, answer: Any) -> str: ...

    def submit(self, token: str, answer: Any) -> Ask: ...


@dataclass(frozen=True)
class Ours:
    address: str
    site: Site
    mask: dict[str, object]

    @property
    def tokens(self) -> Sequence[str]:
        return self.site.tokens

    def next(self, token: str) -> Ask:
        path = f"/api/v1/projects/{self.site.project}/queue/next"
        return "POST", path, bearer(token), b"{}"

    def task_of(self, answer: Any) -> str:
        return str(answer["task"]["id"])

    def submit(self, token: str, answer: Any) -> Ask:
        lease = answer["lease"]
        shape = {"key": str(new_id()), "class_id": str(self.site.class_id), "mask": self.mask}
        body = {"fence": lease["fence"], "objects": [shape], "active_ms": 20_000}
        headers = {**bearer(token), "Idempotency-Key": lease["id"]}
        return "POST", f"/api/v1/leases/{lease['id']}/submit", headers, json.dumps(body).encode()


@dataclass(frozen=True)
class Theirs:
    """Label Studio, as its label stream asks."""

    peer: Peer

    @property
    def address(self) -> str:
        return self.peer.address

    @property
    def tokens(self) -> Sequence[str]:
        return self.peer.tokens

    def next(self, token: str) -> Ask:
        return "GET", f"/api/projects/{self.peer.project}/next/", _token(token), b""

    def task_of(self, answer: Any) -> str:
        return str(answer["id"])

    def submit(self, token: str, answer: Any) -> Ask:
        body = {"result": self.peer.result, "lead_time": 20.0, "project": self.peer.project}
        path = f"/api/tasks/{answer['id']}/annotations/"
        return "POST", path, _token(token), json.dumps(body).encode()


def _token(token: str) -> dict[str, str]:
    return {"Authorization": f"Token {token}"}


@dataclass
class Tally:
    """What a run of the loop gave.

    handed_in      by task, how often
    failed         answers that were neither 200 nor 201
    """

    seconds: float = 0.0
    next_seconds: list[float] = field(default_factory=list)
    submit_seconds: list[float] = field(default_factory=list)
    handed_in: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return sum(self.handed_in.values()) / self.seconds

    @property
    def duplicates(self) -> int:
        """Tasks that were handed in more than once."""
        return sum(number > 1 for number in self.handed_in.values())


def run_loop(service: Service, *, clients: int, seconds: float) -> Tally:
    """So many people, each with a connection of his own, for so long."""
    tally, lock = Tally(), threading.Lock()
    until = time.perf_counter() + seconds

    def work(token: str) -> None:
        line = _Line(service.address)
        while time.perf_counter() < until:
            asked = line.send(service.next(token))
            if asked.answer is None:
                with lock:
                    tally.failed.append(asked.words)
                continue
            handed = line.send(service.submit(token, asked.answer))
            with lock:
                tally.next_seconds.append(asked.seconds)
                tally.submit_seconds.append(handed.seconds)
                if handed.answer is None:
                    tally.failed.append(handed.words)
                else:
                    tally.handed_in[service.task_of(asked.answer)] += 1
        line.close()

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(token,)) for token in service.tokens[:clients]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.seconds = time.perf_counter() - began
    return tally


@dataclass(frozen=True)
class _Answered:
    answer: Any
    words: str
    seconds: float


class _Line:
    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._connection = HTTPConnection(
            parts.hostname or "127.0.0.1", parts.port or 80, timeout=_TIMEOUT_SECONDS
        )

    def send(self, ask: Ask) -> _Answered:
        method, path, headers, body = ask
        began = time.perf_counter()
        sent = {**headers, "Content-Type": "application/json"}
        self._connection.request(method, path, body or None, sent)
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        if response.status in (200, 201):
            return _Answered(json.loads(content), "", seconds)
        words = f"{method} {path}: {response.status} {content[:200]!r}"
        return _Answered(None, words, seconds)

    def close(self) -> None:
        self._connection.close()
