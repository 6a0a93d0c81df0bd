"""Counts of projects, kept for a moment: a claim says "task 14 of 200" without counting."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.projects.domain import Counts
from maskwright.queue import progress_queries, watching_queries
from maskwright.work import Resources, Work

_KEPT_SECONDS = 1.0
_SHARE_OF_TIME = 50
"""Counting a project of a million tasks takes a while: it is done in a fiftieth of the time."""


@dataclass(slots=True)
class _Kept:
    counts: Counts
    hidden: Counts
    until: float


class Tallies:
    """One per process. While one thread counts a project again, others take the last result."""

    def __init__(self, resources: Resources) -> None:
        self._kept: dict[UUID, _Kept] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        self._kept.clear()

    def of(self, work: Work, project_id: UUID) -> Counts:
        """How the project stands."""
        return self._of(work, project_id).counts

    def seen_by_actor(self, work: Work, project_id: UUID) -> Counts:
        """The same, with golds hidden in it for who may not know of them."""
        kept = self._of(work, project_id)
        return kept.hidden if work.actor.labels_blindly else kept.counts

    def _of(self, work: Work, project_id: UUID) -> _Kept:
        kept = self._kept.get(project_id)
        now = time.monotonic()
        if kept is not None:
            with self._lock:
                if now < kept.until:
                    return kept
                kept.until = now + _KEPT_SECONDS
        counts = counts_of(work.session, [project_id])[project_id]
        hidden = with_golds_hidden(work.session, {project_id: counts})[project_id]
        took = time.monotonic() - now
        until = now + max(_KEPT_SECONDS, took * _SHARE_OF_TIME)
        with self._lock:
            self._kept[project_id] = kept = _Kept(counts, hidden, until)
        return kept


def with_golds_hidden(session: Session, counts: Mapping[UUID, Counts]) -> dict[UUID, Counts]:
    """The counts of projects as who gets golds sees them."""
    golds = watching_queries.gold_tasks(session, list(counts))
    return {
        project_id: golds[project_id].hidden_in(real) if project_id in golds else real
        for project_id, real in counts.items()
    }


def counts_of(session: Session, project_ids: list[UUID]) -> dict[UUID, Counts]:
    """How many assets of each project stand where; every project asked for has an entry."""
    by_project: dict[UUID, dict[str, int]] = {project_id: {} for project_id in project_ids}
    for project_id, state, number in progress_queries.count_by_state(session, project_ids):
        states = by_project[project_id]
        states[state] = states.get(state, 0) + number
    return {project_id: Counts(**states) for project_id, states in by_project.items()}
