"""Counts of projects, kept for a moment: a claim says "task 14 of 200" without counting."""

import threading
import time
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.projects.domain import Counts
from maskwright.queue import progress_queries
from maskwright.work import Resources, Work

_KEPT_SECONDS = 1.0
_SHARE_OF_TIME = 50
"""Counting a project of a million tasks takes a while: it is done in a fiftieth of the time."""


@dataclass(slots=True)
class _Kept:
    counts: Counts
    until: float


class Tallies:
    """One per process. While one thread counts a project again, others take the last result."""

    def __init__(self, resources: Resources) -> None:
        self._kept: dict[UUID, _Kept] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        self._kept.clear()

    def of(self, work: Work, project_id: UUID) -> Counts:
        kept = self._kept.get(project_id)
        now = time.monotonic()
        if kept is not None:
            with self._lock:
                if now < kept.until:
                    return kept.counts
                kept.until = now + _KEPT_SECONDS
        counts = counts_of(work.session, [project_id])[project_id]
        took = time.monotonic() - now
        until = now + max(_KEPT_SECONDS, took * _SHARE_OF_TIME)
        with self._lock:
            self._kept[project_id] = _Kept(counts, until)
        return counts


def counts_of(session: Session, project_ids: list[UUID]) -> dict[UUID, Counts]:
    """How many assets of each project stand where; every project asked for has an entry."""
    by_project: dict[UUID, dict[str, int]] = {project_id: {} for project_id in project_ids}
    for project_id, state, number in progress_queries.count_by_state(session, project_ids):
        states = by_project[project_id]
        states[state] = states.get(state, 0) + number
    return {project_id: Counts(**states) for project_id, states in by_project.items()}
