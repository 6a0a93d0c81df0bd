"""Whose lease it is, and what is said where it is lost."""

from uuid import UUID

from maskwright.accounts.domain import Actor, Permission
from maskwright.annotations.domain import WorkPlace
from maskwright.kernel.errors import Forbidden
from maskwright.masks.regions import boxes_of
from maskwright.projects.domain import Coverage
from maskwright.projects.service import is_seen
from maskwright.queue import queries
from maskwright.queue.domain import LeaseOutcome, TaskStage
from maskwright.queue.errors import LeaseLost, LeaseNotFound
from maskwright.work import Work

PERMISSION_FOR = {TaskStage.LABEL: Permission.LABEL, TaskStage.REVIEW: Permission.REVIEW}


def is_worker(actor: Actor) -> bool:
    """Whether he may hold leases at all."""
    return actor.may_somewhere(Permission.LABEL) or actor.may_somewhere(Permission.REVIEW)


def require_worker(work: Work) -> Actor:
    """The actor, if he may hold leases at all."""
    if is_worker(work.actor):
        return work.actor
    raise Forbidden(permission=Permission.LABEL.value)


def require_lease(work: Work, lease_id: UUID) -> queries.LeaseRow:
    """The caller's own lease, live or ended. Anybody else's is not found."""
    actor = require_worker(work)
    lease = queries.lease_of_holder(work.lane, lease_id, actor.organization_id, actor.person_id)
    if lease is None or not is_seen(work.enter(lease.project_id)):
        raise LeaseNotFound
    return lease


def accept_repetition(
    work: Work, lease: queries.LeaseRow, fence: int, outcome: LeaseOutcome
) -> None:
    """A request whose answer was lost is sent again: it is done already. Anything else is lost."""
    if lease.is_live:
        lease = require_lease(work, lease.lease_id)
    if lease.fence != fence or lease.outcome != outcome.value:
        raise lost(lease, fence)


def lost(lease: queries.LeaseRow, fence: int) -> LeaseLost:
    return LeaseLost(**loss_of(lease, fence))


def loss_of(lease: queries.LeaseRow, fence: int) -> dict[str, str]:
    """How the lease ended, and where it was taken back, why."""
    reason = reason_of_loss(lease, fence)
    if reason != LeaseOutcome.REVOKED.value or lease.revoked_for is None:
        return {"reason": reason}
    return {"reason": reason, "revoked_for": lease.revoked_for}


def reason_of_loss(lease: queries.LeaseRow, fence: int) -> str:
    if lease.fence != fence:
        return "other-fence"
    return lease.outcome or "taken"


def place_of(work: Work, lease: queries.LeaseRow) -> WorkPlace:
    """Where the actor's work under this lease goes."""
    return WorkPlace(
        organization_id=lease.organization_id,
        project_id=lease.project_id,
        task_id=lease.task_id,
        asset_id=lease.asset_id,
        author_id=work.actor.person_id,
        lease_id=lease.lease_id,
        size=(lease.height, lease.width),
        ontology_version=lease.ontology_version,
        is_whole=lease.coverage == Coverage.COMPLETE,
        is_gold=lease.gold_id is not None,
        region=boxes_of(lease.region),
    )
