"""Reviewing one certain label, instead of what the queue would hand out next."""

from functools import partial
from uuid import UUID

from maskwright.accounts.domain import Permission
from maskwright.events.service import project_changed
from maskwright.kernel.errors import NotFound
from maskwright.kernel.ids import new_id
from maskwright.projects.service import require_active_project
from maskwright.queue import choosing_queries as queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import TaskStage, TaskState
from maskwright.queue.errors import (
    OwnLabel,
    ProjectPaused,
    ReviewHeld,
    ReviewKept,
    ReviewOver,
    TooManyHeld,
)
from maskwright.queue.handing_out import Claim, claim_of, share_of
from maskwright.queue.pace import MOST_LEASES
from maskwright.queue.take_back_queries import live_grant
from maskwright.queue.watching import ask_onlooker
from maskwright.work import Work


def choose_review(work: Work, task_id: UUID) -> Claim:
    """A label that waits for review, in the caller's hands. Asking again answers with the same
    lease. One that he passed over once he may have all the same; one that is kept for others only
    those who order the queue may.

    Raises NotFound, ProjectPaused, ReviewOver, ReviewHeld, OwnLabel, ReviewKept, TooManyHeld, and
    what keeps him from getting any task.
    """
    actor = work.require_somewhere(Permission.REVIEW)
    session = work.session
    review = queries.lock_review(session, actor.organization_id, task_id, actor.person_id)
    if review is None:
        raise NotFound
    project_id = review.project_id
    require_active_project(work, project_id, Permission.REVIEW)
    ask_onlooker(work, project_id, TaskStage.REVIEW)
    share = share_of(work, project_id, TaskStage.REVIEW)
    if review.own_lease_id is not None:
        grant = live_grant(session, review.own_lease_id)
        return claim_of(work, project_id, TaskStage.REVIEW, grant, share, prefetch=False)
    if review.is_paused:
        raise ProjectPaused
    _require_free(review, may_order=work.actor_in(project_id).may(Permission.MANAGE_QUEUE))
    found = queries.grant_review(
        session, task_id=task_id, person_id=actor.person_id, lease_id=new_id()
    )
    if found is None:
        raise ReviewOver
    candidates = work.resources.part(Candidates)
    work.after_commit(partial(candidates.withdraw, project_id, [task_id], TaskStage.REVIEW))
    project_changed(work, project_id)
    return claim_of(work, project_id, TaskStage.REVIEW, found, share, prefetch=False)


def _require_free(review: queries.ReviewTask, *, may_order: bool) -> None:
    if review.is_held:
        raise ReviewHeld
    if review.state != TaskState.OPEN.value:
        raise ReviewOver
    if review.is_his_work:
        raise OwnLabel
    if review.is_kept and not may_order:
        raise ReviewKept
    if review.live_leases >= MOST_LEASES:
        raise TooManyHeld(held=review.live_leases)
