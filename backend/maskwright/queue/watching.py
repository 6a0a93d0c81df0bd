"""What looks on while people work: golds that are mixed in, pauses of persons, rules of quality.

Whoever looks on says so once per process (`look_on`), and per project (`watch_project`). A claim
in any other project asks a dictionary and nothing else.
"""

import threading
import time
from typing import Protocol
from uuid import UUID

from maskwright.queue import watching_queries as queries
from maskwright.work import Resources, Work

_KEPT_SECONDS = {True: 30.0, False: 1.0}
"""A project that nobody watches may be watched in a moment; the other way is no hurry."""


class Onlooker(Protocol):
    """Who looks on. All of it is called in the transaction, or on the lane, of the work."""

    def before_claim(self, work: Work, project_id: UUID) -> None:
        """Somebody asks for a task to label. May add one for him, or raise why he gets none."""

    def after_claim(self, work: Work, project_id: UUID) -> None:
        """He got one that he did not have."""

    def after_work(self, work: Work, project_id: UUID, task_id: UUID) -> None:
        """He handed a label in, or passed a task over."""


class Watching:
    """One per process: who looks on, and which projects are looked at."""

    def __init__(self, resources: Resources) -> None:
        self.onlooker: Onlooker | None = None
        self._known: dict[UUID, tuple[bool, float]] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        self.onlooker = None

    def of(self, work: Work, project_id: UUID) -> Onlooker | None:
        """Who looks on in this project; None in most."""
        if self.onlooker is None:
            return None
        known = self._known.get(project_id)
        now = time.monotonic()
        if known is None or known[1] < now:
            is_watched = queries.is_watched(work.lane, project_id)
            with self._lock:
                self._known[project_id] = (is_watched, now + _KEPT_SECONDS[is_watched])
            known = (is_watched, now)
        return self.onlooker if known[0] else None

    def forget(self, project_id: UUID) -> None:
        with self._lock:
            self._known.pop(project_id, None)


def look_on(resources: Resources, onlooker: Onlooker) -> None:
    """Let `onlooker` be asked in watched projects from now on."""
    resources.part(Watching).onlooker = onlooker


def look_at_work(work: Work, project_id: UUID, task_id: UUID) -> None:
    """Let whoever looks on in this project see what the caller just did to a task of labeling."""
    onlooker = work.resources.part(Watching).of(work, project_id)
    if onlooker is not None:
        onlooker.after_work(work, project_id, task_id)


def watch_project(work: Work, project_id: UUID) -> None:
    """From the commit on, what people do in this project is looked at."""
    queries.watch_project(work.session, project_id)
    watching = work.resources.part(Watching)
    work.after_commit(lambda: watching.forget(project_id))
