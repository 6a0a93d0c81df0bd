"""How much a team may do of a project or a batch, and one person of a batch."""

from collections.abc import Sequence
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.events.service import project_changed
from maskwright.kernel.errors import InvalidInput
from maskwright.projects.service import require_active_project, require_project
from maskwright.queue import cap_queries, desk_queries
from maskwright.queue.cap_queries import CapRow, WantedCap
from maskwright.work import Work


def list_caps(work: Work, project_id: UUID) -> list[CapRow]:
    """A project's caps, each with how much of it is used."""
    require_project(work, project_id, Permission.MANAGE_QUEUE)
    return cap_queries.caps_of(work.session, project_id)


def set_caps(work: Work, project_id: UUID, caps: Sequence[WantedCap]) -> list[CapRow]:
    """Let these caps hold, and no others, from the next claim on. What people hold is theirs to
    finish. Raises InvalidInput where a batch or team is not of here, or named twice."""
    require_active_project(work, project_id, Permission.MANAGE_QUEUE)
    organization_id = work.actor.organization_id
    places = {(cap.batch_id, cap.team_id) for cap in caps}
    if len(places) < len(caps):
        raise InvalidInput(field="caps")
    batches = {
        batch.id
        for batch in desk_queries.batches(work.session, organization_id, project_id=project_id)
    }
    for batch_id, team_id in places:
        if batch_id is not None and batch_id not in batches:
            raise InvalidInput(field="batch_id")
        if team_id is not None and not desk_queries.is_team(work.session, organization_id, team_id):
            raise InvalidInput(field="team_id")
    cap_queries.replace_caps(work.session, project_id, caps)
    written = [
        {
            "batch": None if cap.batch_id is None else str(cap.batch_id),
            "team": None if cap.team_id is None else str(cap.team_id),
            "total": cap.total,
            "daily": cap.daily,
        }
        for cap in caps
    ]
    record_audit(work, "queue.caps_set", "project", project_id, {"caps": written})
    project_changed(work, project_id)
    return cap_queries.caps_of(work.session, project_id)
