"""Somebody says that a gold is wrong, and a manager decides."""

from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.gold import result_queries as results
from maskwright.gold.domain import Resolution
from maskwright.gold.errors import DisputeGiven, DisputeNotFound, DisputeResolved
from maskwright.gold.result_queries import DisputeRow
from maskwright.gold.service import golds, scores
from maskwright.projects.service import require_project
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

_PERSON = ("user_id", "user_name")


def object_to_gold(work: Work, attempt_id: UUID, text: str) -> DisputeRow:
    """The caller, whose attempt it is, says what is wrong with the expected answer."""
    attempt = scores.require_attempt(work, attempt_id)
    if attempt.user_id != work.actor.user_id:
        raise DisputeNotFound
    dispute_id = results.write_dispute(work.session, attempt_id, text)
    if dispute_id is None:
        raise DisputeGiven
    return _read(work, dispute_id)


def list_disputes(work: Work, project_id: UUID) -> list[DisputeRow]:
    require_project(work, project_id, Permission.VIEW_QUALITY)
    rows = results.disputes(work.session, work.actor.organization_id, project_id=project_id)
    return sight_of(work, project_id).cover_all(rows, _PERSON)


def resolve(
    work: Work,
    dispute_id: UUID,
    resolution: Resolution,
    *,
    answer: str,
    version_id: UUID | None,
) -> DisputeRow:
    """Keep the gold as it is; or replace its answer, and everybody is scored anew; or retire it,
    and what everybody reached by it counts no longer."""
    dispute = _read(work, dispute_id)
    require_project(work, dispute.project_id, Permission.MANAGE_PROJECTS)
    resolved = results.resolve(
        work.session,
        dispute_id,
        resolution=resolution.value,
        answer=answer,
        person_id=work.actor.person_id,
    )
    if not resolved:
        raise DisputeResolved(resolution=_read(work, dispute_id).resolution)
    if resolution is Resolution.REPLACED:
        golds.replace_answer(work, dispute.gold_id, version_id)
    elif resolution is Resolution.RETIRED:
        golds.retire_gold(work, dispute.gold_id, reason=answer or dispute.text, sets_aside=True)
    details = {"resolution": resolution.value}
    record_audit(work, "gold.dispute_resolved", "gold", dispute.gold_id, details)
    return sight_of(work, dispute.project_id).cover(_read(work, dispute_id), _PERSON)


def _read(work: Work, dispute_id: UUID) -> DisputeRow:
    found = results.disputes(work.session, work.actor.organization_id, dispute_id=dispute_id)
    if not found:
        raise DisputeNotFound
    return found[0]
