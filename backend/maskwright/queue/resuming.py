"""Going on with a task whose lease ended while its holder could not be heard: an hour without a
network, a closed lid, a page that was loaded again."""

from functools import partial
from uuid import UUID

from maskwright.events.service import project_changed
from maskwright.kernel.errors import NotFound
from maskwright.kernel.ids import new_id
from maskwright.projects.service import require_active_project
from maskwright.queue import resuming_queries as queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import LeaseOutcome, Revocation, TaskStage
from maskwright.queue.errors import LeaseLost, ProjectPaused
from maskwright.queue.handing_out import Claim, claim_of, share_of
from maskwright.queue.lease_gate import PERMISSION_FOR, require_worker
from maskwright.queue.pace import MOST_LEASES
from maskwright.queue.take_back_queries import live_grant
from maskwright.queue.watching import Watching
from maskwright.work import Work

_ENDED_WITHOUT_HIM = (LeaseOutcome.EXPIRED, LeaseOutcome.RELEASED)
_GIVEN_BACK_TO_HIM = (Revocation.ONTOLOGY, Revocation.PAUSE, Revocation.PERSON)


def resume(work: Work, task_id: UUID) -> tuple[TaskStage, Claim]:
    """The task in the caller's hands again, with his draft, where nobody was given it since. A
    lease of his that is live is extended. What he holds besides does not matter, as long as it is
    not more than anybody may hold.

    Raises NotFound, ProjectPaused, LeaseLost, and what keeps him from getting any task.
    """
    actor = require_worker(work)
    session = work.session
    last = queries.lock_last_lease(session, actor.organization_id, task_id, actor.person_id)
    if last is None:
        raise NotFound
    require_active_project(work, last.project_id, PERMISSION_FOR[last.stage])
    share = share_of(work, last.project_id, last.stage)
    if last.is_live:
        grant = live_grant(session, last.lease_id)
        return last.stage, claim_of(work, last.project_id, last.stage, grant, share, prefetch=False)
    if last.is_paused:
        raise ProjectPaused
    onlooker = work.resources.part(Watching).of(work, last.project_id)
    only = onlooker.before_claim(work, last.project_id, last.stage) if onlooker else None
    if not _may_go_on(last) or (only is not None and task_id not in only.tasks):
        raise _loss(last)
    found = queries.grant_once_more(
        session,
        task_id=task_id,
        person_id=actor.person_id,
        fence=last.task_fence,
        lease_id=new_id(),
    )
    if found is None:
        raise _loss(last)
    candidates = work.resources.part(Candidates)
    work.after_commit(partial(candidates.withdraw, last.project_id, [task_id], last.stage))
    project_changed(work, last.project_id)
    claim = claim_of(work, last.project_id, last.stage, found, share, prefetch=False)
    return last.stage, claim


def _may_go_on(last: queries.LastLease) -> bool:
    ended_without_him = last.outcome in _ENDED_WITHOUT_HIM or last.revoked_for in _GIVEN_BACK_TO_HIM
    is_still_his = last.fence == last.task_fence
    return ended_without_him and is_still_his and last.live_leases < MOST_LEASES


def _loss(last: queries.LastLease) -> LeaseLost:
    if last.fence != last.task_fence:
        return LeaseLost(reason="taken")
    if last.revoked_for is not None:
        return LeaseLost(reason=LeaseOutcome.REVOKED.value, revoked_for=last.revoked_for)
    return LeaseLost(reason=last.outcome or "taken")
