"""Taking back what one handed in oneself, while nobody began with what follows it."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.annotations import service as annotations
from maskwright.events.service import project_changed
from maskwright.kernel.clock import start_of_day, utc_now
from maskwright.kernel.errors import NotFound
from maskwright.kernel.ids import first_id_at, new_id
from maskwright.projects.service import require_active_project, require_project
from maskwright.queue import take_back_queries as queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import TakeBackHindrance, TaskStage
from maskwright.queue.errors import (
    ProjectPaused,
    TakeBackOff,
    TaskNotMovable,
    WorkGoesOn,
)
from maskwright.queue.flow import RESERVED_HOURS
from maskwright.queue.handing_out import Claim, claim_of, share_of
from maskwright.queue.watching import ask_onlooker
from maskwright.work import Work

_SHOWN = 100


def list_handed_in(work: Work, project_id: UUID) -> Sequence[queries.HandedInLabel]:
    """What the caller handed in on this day (UTC), the last first; at most 100."""
    require_project(work, project_id)
    since = first_id_at(start_of_day(utc_now()))
    return queries.handed_in_since(work.session, project_id, work.actor.person_id, since, _SHOWN)


def take_back(work: Work, task_id: UUID) -> Claim:
    """The caller's own label in his hands again, as he handed it in. What was to follow waits until
    he hands it in once more. Doing it again answers with the same lease.

    Raises NotFound, ProjectPaused, TakeBackOff, WorkGoesOn, TaskNotMovable.
    """
    actor = work.require_somewhere(Permission.LABEL)
    session = work.session
    own = queries.lock_own_label(session, actor.organization_id, task_id, actor.person_id)
    if own is None:
        raise NotFound
    project = require_active_project(work, own.project_id, Permission.LABEL)
    ask_onlooker(work, own.project_id, TaskStage.LABEL)
    share = share_of(work, own.project_id, TaskStage.LABEL)
    if own.live_lease_id is not None:
        grant = queries.live_grant(session, own.live_lease_id)
        return claim_of(work, own.project_id, TaskStage.LABEL, grant, share, prefetch=False)
    if project.paused_at is not None:
        raise ProjectPaused
    if not project.may_take_back:
        raise TakeBackOff
    if own.hindrance is not None or own.version_id is None:
        raise _refusal(own)
    held_back = queries.hold_back_reviews(session, own.asset_id, own.slot)
    if held_back is None:
        raise WorkGoesOn(by=TakeBackHindrance.IN_REVIEW)
    annotations.replace_draft_with_version(session, task_id, actor.person_id, own.version_id)
    found = queries.grant_again(
        session,
        task_id=task_id,
        person_id=actor.person_id,
        version_id=own.version_id,
        lease_id=new_id(),
        hours=RESERVED_HOURS,
    )
    if found is None:
        raise TaskNotMovable(state=own.state)
    if held_back:
        candidates = work.resources.part(Candidates)
        work.after_commit(partial(candidates.withdraw, own.project_id, held_back, TaskStage.REVIEW))
    project_changed(work, own.project_id)
    record_audit(work, "queue.label_taken_back", "task", task_id)
    return claim_of(work, own.project_id, TaskStage.LABEL, found, share, prefetch=False)


def _refusal(own: queries.OwnLabel) -> WorkGoesOn | TaskNotMovable:
    hindrance = TakeBackHindrance(own.hindrance or TakeBackHindrance.IN_REVIEW)
    if hindrance is TakeBackHindrance.NOT_HANDED_IN:
        return TaskNotMovable(state=own.state)
    return WorkGoesOn(by=hindrance)
