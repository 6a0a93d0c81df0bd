"""What people and other slices do with tasks and leases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.annotations import service as annotations
from maskwright.annotations.domain import DraftSaved
from maskwright.annotations.schemas import DraftIn
from maskwright.events.service import project_changed
from maskwright.kernel.clock import start_of_day, utc_now
from maskwright.kernel.ids import first_id_at, new_id
from maskwright.projects.domain import Counts
from maskwright.projects.errors import ProjectArchived, ProjectNotFound
from maskwright.projects.models import Project
from maskwright.projects.service import is_seen, require_active_project, require_project
from maskwright.queue import flow_queries, progress_queries, queries, settling_queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import (
    LabelerProgress,
    LeaseOutcome,
    LiveLease,
    MyWork,
    OpenTask,
    SkippedTask,
    TaskStage,
    TaskState,
)
from maskwright.queue.errors import (
    ProjectPaused,
)
from maskwright.queue.flow import offer
from maskwright.queue.handing_out import Claim, claim_of, share_of
from maskwright.queue.keeper import QueueKeeper
from maskwright.queue.lease_gate import (
    PERMISSION_FOR,
    accept_repetition,
    lost,
    place_of,
    require_lease,
    require_worker,
)
from maskwright.queue.models import Task
from maskwright.queue.pace import Share
from maskwright.queue.rates import Rates
from maskwright.queue.tallies import counts_of, with_golds_hidden
from maskwright.queue.watching import OnlyTasks, Watching, look_at_work
from maskwright.work import Resources, Work
from maskwright.workforce.service.sight import sight_in, sight_of

_LEASES_SHOWN = 200
_SKIPPED_SHOWN = 200

# What other slices do


def keep_queue(resources: Resources) -> None:
    """Start this process's thread that ends expired leases and fills candidates again."""
    resources.part(QueueKeeper).start()


class ReadyAsset(Protocol):
    """What a task needs to know of its asset."""

    @property
    def id(self) -> UUID: ...
    @property
    def organization_id(self) -> UUID: ...
    @property
    def project_id(self) -> UUID: ...


def add_task(work: Work, asset: ReadyAsset, *, priority: int = 0) -> Task:
    """Put an asset into its project's queue, to be labelled by one person; see `add_label_slot` for
    more."""
    task = Task(
        id=new_id(),
        organization_id=asset.organization_id,
        project_id=asset.project_id,
        asset_id=asset.id,
        stage=TaskStage.LABEL,
        state=TaskState.OPEN,
        priority=priority,
        fence=0,
    )
    work.session.add(task)
    work.session.flush()
    offer(work, [OpenTask(task.project_id, task.id, task.stage, task.rank, task.is_routed)])
    return task


def take_in(work: Work, asset: ReadyAsset) -> None:
    """An asset became ready: it is to be labelled, unless its label came with it."""
    if not settling_queries.settle_awaited(work.session, asset.organization_id, asset.id):
        add_task(work, asset)


def withdraw_tasks(work: Work, asset_ids: Sequence[UUID]) -> None:
    """Take the tasks of deleted assets out of the queue. Leases end, drafts and labels stay."""
    work.session.flush()
    candidates = work.resources.part(Candidates)
    for task in flow_queries.withdraw_tasks(work.session, asset_ids):
        work.after_commit(partial(candidates.withdraw, task.project_id, [task.task_id], task.stage))
        project_changed(work, task.project_id)


def counts(session: Session, project_ids: Sequence[UUID]) -> dict[UUID, Counts]:
    """How many assets of each project stand where; every project asked for has an entry."""
    return counts_of(session, list(project_ids))


def counts_seen(work: Work, project_ids: Sequence[UUID]) -> dict[UUID, Counts]:
    """The same as the caller may see it, who is another one in each project."""
    real = counts(work.session, project_ids)
    blind = {each: real[each] for each in real if work.actor_in(each).labels_blindly}
    return real | counts_with_golds_hidden(work.session, blind) if blind else real


def counts_with_golds_hidden(session: Session, real: Mapping[UUID, Counts]) -> dict[UUID, Counts]:
    """Counts as who gets gold tasks sees them."""
    return with_golds_hidden(session, real)


def progress_per_labeler(session: Session, project_id: UUID) -> list[LabelerProgress]:
    """Everybody who submitted or holds something in this project."""
    return progress_queries.progress_per_labeler(session, project_id)


# Claiming


def claim_next_task(
    work: Work,
    project_id: UUID,
    *,
    prefetch: bool,
    exclude: Sequence[UUID],
    stage: TaskStage = TaskStage.LABEL,
) -> Claim | None:
    """The caller's own work to go on with, else a task that nobody holds; None where there is
    none for him, or he holds as many as he may.

    Writes with one statement, and with another one where work was sent back: it needs no
    transaction around them. See `Work.on_lane`.
    """
    actor = work.enter(project_id)
    if actor.in_projects and not is_seen(actor):
        raise ProjectNotFound
    work.require(PERMISSION_FOR[stage])
    onlooker = work.resources.part(Watching).of(work, project_id)
    only = None if onlooker is None else onlooker.before_claim(work, project_id, stage)
    share = share_of(work, project_id, stage)
    if only is not None:
        return _claim_among(work, project_id, only, share, prefetch=prefetch, exclude=exclude)
    candidates = work.resources.part(Candidates)
    proposed = candidates.take(project_id, stage) if share.from_pool else None
    asked = queries.ClaimRequest(
        project_id=project_id,
        organization_id=actor.organization_id,
        labeler_id=actor.person_id,
        lease_id=new_id(),
        stage=stage,
        prefetch=prefetch,
        exclude=exclude,
        candidate=proposed[0] if proposed else None,
        depth=share.leases,
        from_pool=share.from_pool,
    )
    found = queries.claim_task(work.lane, asked)
    grant = None if isinstance(found, str) else found
    if proposed is not None and found != "no-project":
        _settle_candidates(work, project_id, stage, proposed, grant)
    if grant is None:
        _raise_refusal(found)
        return None
    if grant.found_by != "live":
        if onlooker is not None:
            onlooker.after_claim(work, project_id, stage)
        project_changed(work, project_id)
    return claim_of(work, project_id, stage, grant, share, prefetch=prefetch)


def _claim_among(
    work: Work,
    project_id: UUID,
    only: OnlyTasks,
    share: Share,
    *,
    prefetch: bool,
    exclude: Sequence[UUID],
) -> Claim | None:
    """One of the tasks that the caller gets instead of all others."""
    actor = work.actor
    asked = queries.ClaimRequest(
        project_id=project_id,
        organization_id=actor.organization_id,
        labeler_id=actor.person_id,
        lease_id=new_id(),
        stage=TaskStage.LABEL,
        prefetch=prefetch,
        exclude=exclude,
        candidate=None,
        depth=share.leases,
        from_pool=False,
    )
    found = queries.claim_among(work.lane, asked, only.tasks)
    if isinstance(found, str):
        _raise_refusal(found)
        return None
    claim = claim_of(work, project_id, TaskStage.LABEL, found, share, prefetch=prefetch)
    place = only.places[found.task_id]
    return replace(claim, position=place, total=len(only.places), course=only.name)


def _raise_refusal(found: object) -> None:
    """Raises what a claim was refused for, other than that there is nothing."""
    if found == "no-project":
        raise ProjectNotFound
    if found == "archived":
        raise ProjectArchived
    if found == "paused":
        raise ProjectPaused


def _settle_candidates(
    work: Work,
    project_id: UUID,
    stage: TaskStage,
    proposed: list[UUID],
    grant: queries.GrantRow | None,
) -> None:
    """Make Redis agree with what Postgres decided.

    A proposed task that this labeler did not get goes back if it is still open: he may have
    skipped it, or had work of his own. Where Postgres found another one by itself, that one is
    proposed no longer; and where it did so with nothing proposed, Redis has lost its candidates.
    """
    candidates = work.resources.part(Candidates)
    granted_id = grant and grant.task_id
    refused = [task_id for task_id in proposed if task_id != granted_id]
    if refused:
        still_open = queries.still_open(work.lane, project_id, refused)
        work.after_commit(lambda: candidates.offer(still_open))
    if grant is None:
        return
    if grant.found_by in ("scan", "draft"):
        work.after_commit(partial(candidates.withdraw, project_id, [grant.task_id], stage))
    if grant.found_by == "scan" and not proposed:
        keeper = work.resources.part(QueueKeeper)
        work.after_commit(lambda: keeper.want_refill(project_id))


# Working under a lease


def heartbeat(work: Work, lease_id: UUID, *, fence: int, active_ms: int) -> datetime:
    """Extend the lease; returns its new end. Raises LeaseNotFound, LeaseLost."""
    actor = require_worker(work)
    expires_at = queries.extend_lease(
        work.lane,
        lease_id=lease_id,
        organization_id=actor.organization_id,
        holder_id=actor.person_id,
        fence=fence,
        active_ms=active_ms,
    )
    if expires_at is None:
        raise lost(require_lease(work, lease_id), fence)
    return expires_at


def save_draft(work: Work, lease_id: UUID, patch: DraftIn) -> tuple[DraftSaved, datetime]:
    """Take changes into the draft, which extends the lease; returns that and the lease's end."""
    expires_at = heartbeat(work, lease_id, fence=patch.fence, active_ms=patch.active_ms)
    lease = require_lease(work, lease_id)
    subject_id = lease.subject_version_id
    if lease.task.stage is TaskStage.REVIEW and subject_id is not None:
        # A reviewer saves what he changed; the rest is as it was handed in.
        author_id = work.actor.person_id
        annotations.begin_with_version(work.session, lease.task_id, author_id, subject_id)
    return annotations.save_draft(work, place_of(work, lease), patch), expires_at


def release(work: Work, lease_id: UUID, *, fence: int) -> None:
    """Put the task back; the draft is kept. Releasing again changes nothing."""
    lease = require_lease(work, lease_id)
    freed = queries.give_back(work.session, lease_id, fence, LeaseOutcome.RELEASED)
    if freed is None:
        accept_repetition(work, lease, fence, LeaseOutcome.RELEASED)
        return
    offer(work, [freed])


def skip(work: Work, lease_id: UUID, *, fence: int, reason: str) -> None:
    """Pass the task over: it is never offered to this person again, and once enough people
    passed it over, to nobody. Skipping again changes nothing."""
    actor = require_worker(work)
    lease = require_lease(work, lease_id)
    skipped = queries.skip_task(
        work.session, lease_id=lease_id, holder_id=actor.person_id, fence=fence, reason=reason
    )
    if skipped is None:
        accept_repetition(work, lease, fence, LeaseOutcome.SKIPPED)
        return
    task, state = skipped
    look_at_work(work, task.project_id, task.task_id, actor.person_id)
    if state is TaskState.OPEN:
        offer(work, [task])
    else:
        project_changed(work, task.project_id)


def note_fetch(work: Work, project_id: UUID, fetch_ms: int) -> None:
    """The caller's browser waited so long for its last image."""
    if fetch_ms > 0:
        rates = work.resources.part(Rates)
        rates.note_fetch(project_id, work.actor.person_id, fetch_ms / 1000)


# Looking at the queue


@dataclass(frozen=True, slots=True)
class QueueStatus:
    project: Project
    counts: Counts
    per_labeler: list[LabelerProgress]
    leases: list[LiveLease]


def read_queue(work: Work, project_id: UUID) -> QueueStatus:
    """How a project's queue stands, and who holds what."""
    project = require_project(work, project_id)
    session, sight = work.session, sight_in(work, project)
    leases = progress_queries.live_leases(session, project_id, _LEASES_SHOWN)
    progress = progress_queries.progress_per_labeler(session, project_id)
    # Who has an image that one knows to be done, has a gold.
    hides_others = project.is_watched and work.actor.labels_blindly
    return QueueStatus(
        project=project,
        counts=counts_seen(work, [project_id])[project_id],
        per_labeler=sight.only_seen(progress, "user_id"),
        leases=[
            lease
            for lease in sight.only_seen(leases, "holder_id")
            if not hides_others or lease.holder_id == work.actor.user_id
        ],
    )


def read_my_work(work: Work, project_id: UUID) -> MyWork:
    """The caller's own day in a project."""
    project = require_project(work, project_id)
    return progress_queries.my_work(
        work.session, project.id, work.actor.person_id, first_id_at(start_of_day(utc_now()))
    )


# Tasks that nobody wants


def list_skipped(work: Work, project_id: UUID) -> list[SkippedTask]:
    """The tasks that enough people passed over, the last skipped first; at most the 200 newest."""
    require_project(work, project_id, Permission.MANAGE_QUEUE)
    found = progress_queries.skipped_tasks(work.session, project_id, _SKIPPED_SHOWN)
    return sight_of(work, project_id).cover_all(found, ("user_id", "user_name"))


def return_skipped(work: Work, project_id: UUID, task_ids: Sequence[UUID]) -> int:
    """Hand skipped tasks out again, to those too who skipped them; returns how many there were."""
    require_active_project(work, project_id, Permission.MANAGE_QUEUE)
    returned = flow_queries.return_skipped_tasks(work.session, project_id, task_ids)
    if returned:
        offer(work, returned)
        ids = [str(task.task_id) for task in returned]
        record_audit(work, "queue.skipped_returned", "project", project_id, {"tasks": ids})
    return len(returned)
