"""A task as it is handed to somebody, with all that he needs to work on it."""

from dataclasses import dataclass
from uuid import UUID

from maskwright.annotations import service as annotations
from maskwright.annotations.domain import DraftState
from maskwright.masks.codec import Box
from maskwright.masks.regions import boxes_of
from maskwright.queue import queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import LeaseKind, TaskStage
from maskwright.queue.pace import Share
from maskwright.queue.rates import Rates
from maskwright.queue.tallies import Tallies
from maskwright.work import Work


@dataclass(frozen=True, slots=True)
class Claim:
    """A task in somebody's hands, with all that he needs to work on it.

    position  of `total` tasks of the project this is which: the finished ones come before it, and
              the open one comes before a prefetched one
    leases    so many the caller may hold at once
    course    what the task belongs to where the caller gets no others: a training, an exam
    region    what the task asks about; empty where it asks about the whole image
    """

    grant: queries.GrantRow
    kind: LeaseKind
    position: int
    total: int
    leases: int
    draft: DraftState
    course: str | None = None
    region: tuple[Box, ...] = ()


def share_of(work: Work, project_id: UUID, stage: TaskStage) -> Share:
    """How many leases the caller may hold, by his pace and that of the others."""
    if stage is not TaskStage.LABEL:
        return Share()
    candidates, tallies = work.resources.part(Candidates), work.resources.part(Tallies)

    def open_tasks() -> int:
        return tallies.of(work, project_id).to_label

    def open_tasks_now() -> int:
        proposed = candidates.count(project_id)
        return open_tasks() if proposed is None else proposed

    return work.resources.part(Rates).share_of(
        project_id,
        work.actor.person_id,
        open_tasks=open_tasks,
        open_tasks_now=open_tasks_now,
    )


_RESUMED = {"live": LeaseKind.RESUME, "draft": LeaseKind.RESUME, "rework": LeaseKind.REWORK}


def claim_of(
    work: Work,
    project_id: UUID,
    stage: TaskStage,
    grant: queries.GrantRow,
    share: Share,
    *,
    prefetch: bool,
) -> Claim:
    draft = DraftState()
    region: tuple[Box, ...] = ()
    subject_id = grant.subject_version_id
    if stage is TaskStage.REVIEW and subject_id is not None:
        draft = _begun_review(work, grant.task_id, subject_id)
    elif grant.found_by in _RESUMED or subject_id is not None:
        if subject_id is not None:
            annotations.begin_with_version(
                work.session, grant.task_id, work.actor.person_id, subject_id
            )
            # Whoever is asked about a region begins with what is around it.
            region = boxes_of(queries.region_of_task(work.lane, grant.task_id))
        draft = annotations.resume_draft(work.session, grant.task_id, work.actor.person_id)
    kind = _RESUMED.get(grant.found_by, LeaseKind(stage.value))
    tally = work.resources.part(Tallies).seen_by_actor(work, project_id)
    total = max(1, tally.assets - tally.processing - tally.failed)
    position = min(total, tally.submitted + tally.skipped + 1 + prefetch)
    return Claim(grant, kind, position, total, share.leases, draft, region=region)


def _begun_review(work: Work, task_id: UUID, subject_id: UUID) -> DraftState:
    """What the reviewer changed already in place, else the version that he is to judge."""
    begun = annotations.resume_draft(work.session, task_id, work.actor.person_id)
    if begun.version:
        return begun
    return annotations.state_of_version(work.session, subject_id)
