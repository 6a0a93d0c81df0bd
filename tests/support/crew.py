"""Labelers as scripts that go on whatever breaks, and note every answer that they were given.

Each is a thread with a connection of its own: he asks for an image, looks at it for a while, hands
it in under a key, and asks again. Where no answer comes, or one that says "later", he sends the
same again, as the browser does. What he was told with a 200 stands in the ledger, to be compared
with the database.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

_TIMEOUT_SECONDS = 20.0
_PAUSE_SECONDS = 0.05
_LATER = frozenset({500, 502, 503, 504})

Objects = Callable[[dict[str, Any]], list[dict[str, Any]]]
Verdict = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Granted:
    """A lease that a 200 named."""

    lease_id: UUID
    task_id: UUID
    holder_id: UUID
    fence: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A label that a 200 says was taken."""

    person_id: UUID
    asset_id: UUID
    version_id: UUID
    objects: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict that a 200 says was taken."""

    person_id: UUID
    version_id: UUID
    decision: str


@dataclass
class Ledger:
    """What was answered.

    claims      every lease that was named, by its id
    versions    the label version that each submit was answered with, by its task
    handed_in   of every submit, in the order of their answers
    verdicts    of every review, in the order of their answers
    refusals    answers that should never have come
    outages     how often no answer came, or one that says "later"
    """

    claims: dict[UUID, Granted] = field(default_factory=dict)
    versions: dict[UUID, UUID] = field(default_factory=dict)
    handed_in: list[HandedIn] = field(default_factory=list)
    verdicts: list[Decided] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    outages: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Hand:
    """One labeler of a crew, or a reviewer.

    headers  what his requests carry
    seconds  how long he looks at an image
    decide   what a reviewer says of a label that he was given; None: he is a labeler
    """

    person_id: UUID
    headers: Mapping[str, str]
    seconds: float = 0.0
    decide: Verdict | None = None


class Crew:
    """So many labelers at work on one project.

    objects   what is drawn, from the answer of a claim
    """

    def __init__(
        self,
        address: str,
        project_id: UUID,
        hands: Sequence[Hand],
        *,
        objects: Objects = lambda claimed: [],
    ) -> None:
        self.ledger = Ledger()
        self._address = urlsplit(address)
        self._project_id = project_id
        self._objects = objects
        self._leaving = threading.Event()
        self._threads = [threading.Thread(target=self._work, args=(hand,)) for hand in hands]

    @property
    def submitted(self) -> int:
        return len(self.ledger.versions)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._leaving.set()
            for thread in self._threads:
                thread.join()

    def _work(self, hand: Hand) -> None:
        line = _Line(self._address.hostname or "", self._address.port or 80)
        try:
            while not self._leaving.is_set():
                claimed = self._claim(line, hand)
                if claimed is None:
                    self._leaving.wait(_PAUSE_SECONDS)
                    continue
                self._leaving.wait(hand.seconds)
                if hand.decide is None:
                    self._submit(line, hand, claimed)
                else:
                    self._review(line, hand, claimed, hand.decide(claimed))
        finally:
            line.close()

    def _claim(self, line: "_Line", hand: Hand) -> dict[str, Any] | None:
        path = f"/api/v1/projects/{self._project_id}/queue/next"
        asked = {"stage": "label" if hand.decide is None else "review"}
        answer = self._insist(line, path, dict(hand.headers), asked)
        if answer is None:
            return None
        lease, task_id = answer["lease"], UUID(answer["task"]["id"])
        granted = Granted(UUID(lease["id"]), task_id, hand.person_id, lease["fence"])
        with self.ledger.lock:
            self.ledger.claims[granted.lease_id] = granted
        return answer

    def _submit(self, line: "_Line", hand: Hand, claimed: dict[str, Any]) -> None:
        lease = claimed["lease"]
        objects = self._objects(claimed)
        body = {
            "fence": lease["fence"],
            "objects": objects,
            "active_ms": max(1, round(1000 * hand.seconds)),
        }
        headers = {**hand.headers, "Idempotency-Key": str(uuid4())}
        answer = self._insist(line, f"/api/v1/leases/{lease['id']}/submit", headers, body)
        if answer is not None:
            with self.ledger.lock:
                task_id = UUID(answer["task"]["id"])
                version_id = UUID(answer["label_version"]["id"])
                self.ledger.versions[task_id] = version_id
                asset_id = UUID(claimed["asset"]["id"])
                self.ledger.handed_in.append(
                    HandedIn(hand.person_id, asset_id, version_id, objects)
                )

    def _review(
        self, line: "_Line", hand: Hand, claimed: dict[str, Any], verdict: dict[str, Any]
    ) -> None:
        lease = claimed["lease"]
        body = {"fence": lease["fence"], **verdict}
        path = f"/api/v1/leases/{lease['id']}/verdict"
        answer = self._insist(line, path, dict(hand.headers), body)
        if answer is not None:
            version_id = UUID(answer["subject_version_id"])
            with self.ledger.lock:
                self.ledger.verdicts.append(
                    Decided(hand.person_id, version_id, verdict["decision"])
                )

    def _insist(
        self, line: "_Line", path: str, headers: dict[str, str], body: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Send the same until it is answered; None for a 204 or a refusal, or when we leave."""
        while True:
            status, content = line.post(path, headers, body)
            if status == 200:
                answer: dict[str, Any] = json.loads(content)
                return answer
            if status == 204:
                return None
            with self.ledger.lock:
                if status is not None and status not in _LATER:
                    self.ledger.refusals.append(f"{path}: {status} {content.decode()}")
                    return None
                self.ledger.outages += 1
            if self._leaving.wait(_PAUSE_SECONDS):
                return None


class _Line:
    """One connection, opened again where it broke."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)

    def post(
        self, path: str, headers: dict[str, str], body: dict[str, Any]
    ) -> tuple[int | None, bytes]:
        """Status and body; no status where no answer came."""
        sent = {**headers, "Content-Type": "application/json"}
        try:
            self._connection.request("POST", path, json.dumps(body), sent)
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (OSError, HTTPException):
            self._connection.close()
            return None, b""

    def close(self) -> None:
        self._connection.close()
