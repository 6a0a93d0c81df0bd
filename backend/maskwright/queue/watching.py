"""What looks on while people work: golds that are mixed in, pauses of persons, rules of quality;
and what they do to a person's work.

Whoever looks on says so once per process (`look_on`), and per project (`watch_project`). A claim
in any other project asks a dictionary and nothing else.
"""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from maskwright.queue import flow_queries
from maskwright.queue import watching_queries as queries
from maskwright.queue.domain import Revocation, TaskStage
from maskwright.queue.flow import offer
from maskwright.work import Resources, Work

_KEPT_SECONDS = {True: 30.0, False: 1.0}
"""A project that nobody watches may be watched in a moment; the other way is no hurry."""


@dataclass(frozen=True, slots=True)
class OnlyTasks:
    """What somebody gets instead of all others.

    name    of what they belong to: a training, an exam
    tasks   those that are left to be done, in order
    places  of all of them, from 1
    """

    name: str
    tasks: tuple[UUID, ...]
    places: Mapping[UUID, int]


class Onlooker(Protocol):
    """Who looks on. All of it is called in the transaction, or on the lane, of the work."""

    def before_claim(self, work: Work, project_id: UUID, stage: TaskStage) -> OnlyTasks | None:
        """Somebody asks for a task. May add one for him, say that he gets certain ones and no
        others, or raise why he gets none."""

    def after_claim(self, work: Work, project_id: UUID, stage: TaskStage) -> None:
        """He got one that he did not have."""

    def after_work(self, work: Work, project_id: UUID, task_id: UUID, person_id: UUID) -> None:
        """He handed a label in, or passed a task over; or somebody judged what he had handed in."""


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


def is_watched(work: Work, project_id: UUID) -> bool:
    """Whether somebody looks on in this project."""
    return work.resources.part(Watching).of(work, project_id) is not None


def ask_onlooker(work: Work, project_id: UUID, stage: TaskStage) -> None:
    """Let whoever looks on raise why the caller gets no task."""
    onlooker = work.resources.part(Watching).of(work, project_id)
    if onlooker is not None:
        onlooker.before_claim(work, project_id, stage)


def look_at_work(work: Work, project_id: UUID, task_id: UUID, person_id: UUID | None) -> None:
    """Let whoever looks on in this project see what this person did to a task of labeling, or what
    was said of it."""
    onlooker = work.resources.part(Watching).of(work, project_id)
    if onlooker is not None and person_id is not None:
        onlooker.after_work(work, project_id, task_id, person_id)


def watch_project(work: Work, project_id: UUID) -> None:
    """From the commit on, what people do in this project is looked at."""
    queries.watch_project(work.session, project_id)
    watching = work.resources.part(Watching)
    work.after_commit(lambda: watching.forget(project_id))


def gate_project(work: Work, project_id: UUID) -> None:
    """From the commit on, each claim in this project asks whether its caller may have a task, and
    what people do is looked at. It hides nothing from them, as `watch_project` does."""
    queries.gate_project(work.session, project_id)
    watching = work.resources.part(Watching)
    work.after_commit(lambda: watching.forget(project_id))


# What is done to one person's work


def take_work_from(work: Work, project_id: UUID, person_id: UUID) -> int:
    """Take back all that he holds of a project; his drafts stay. Returns how much it was."""
    freed = flow_queries.revoke_leases(
        work.session,
        work.actor.organization_id,
        project_id,
        Revocation.PERSON,
        holder_id=person_id,
    )
    offer(work, freed)
    return len(freed)


def free_assignments(work: Work, project_id: UUID, person_id: UUID) -> None:
    """What is assigned to him in a project, and nobody began, is for everybody again."""
    queries.free_assignments(work.session, project_id, person_id)


def take_skill(work: Work, person_id: UUID, skill: str) -> bool:
    """Whether he had it; tasks that need it are no longer his."""
    return queries.take_skill(work.session, work.actor.organization_id, person_id, skill)


def give_skill(work: Work, person_id: UUID, skill: str) -> None:
    """Tasks that need it are his from now on."""
    queries.give_skill(work.session, work.actor.organization_id, person_id, skill)
