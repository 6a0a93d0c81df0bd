"""Keeping one person from the work of a project, and letting him go on."""

from datetime import datetime
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.kernel.errors import NotFound
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify
from maskwright.projects.service import require_active_project, require_project
from maskwright.quality import pause_queries as queries
from maskwright.quality.errors import NotAWorker, OwnPause, PersonPaused
from maskwright.quality.pause_queries import PauseRow
from maskwright.queue.watching import gate_project, take_work_from
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of
from maskwright.workforce.service.teams import team_in_sight, team_of


def list_pauses(work: Work, project_id: UUID) -> list[PauseRow]:
    """Who gets no tasks of the project now; a team's lead sees his own people."""
    require_project(work, project_id)
    team_id = team_in_sight(work, Permission.VIEW_QUALITY)
    rows = queries.pauses_of(work.session, project_id)
    if team_id is not None:
        rows = [row for row in rows if _is_of(work, row.user_id, team_id)]
    return sight_of(work, project_id).cover_all(
        rows, ("user_id", "user_name"), ("by_id", "by_name")
    )


def pause_person(
    work: Work, project_id: UUID, user_id: UUID, *, reason: str, until: datetime | None
) -> None:
    """From the commit on he gets no tasks here. What he holds goes back, what he drew is kept as
    his draft, and he reads why. Pausing again changes the reason and the end.

    For managers of the queue, and for the lead of his team; a lead's own pause is the managers'.
    """
    _require_his_manager(work, project_id, user_id)
    if not queries.is_worker(work.session, work.actor.organization_id, user_id):
        raise NotAWorker(user_id=str(user_id))
    put_pause(work, project_id, user_id, reason=reason, until=until)
    details = {"user_id": str(user_id), "reason": reason, "until": until and until.isoformat()}
    record_audit(work, "person.paused", "project", project_id, details)


def put_pause(
    work: Work,
    project_id: UUID,
    user_id: UUID,
    *,
    reason: str,
    until: datetime | None,
    firing_id: UUID | None = None,
) -> None:
    """What pausing does, whoever decided it."""
    by = work.actor.user_id
    queries.pause(
        work.session, project_id, user_id, reason=reason, until=until, by=by, firing_id=firing_id
    )
    gate_project(work, project_id)
    take_work_from(work, project_id, user_id)
    notify(work, user_id, NotificationKind.PERSON_PAUSED, project_id=project_id, text=reason)


def resume_person(work: Work, project_id: UUID, user_id: UUID) -> None:
    """Let him work again. Who is not paused stays as he is."""
    _require_his_manager(work, project_id, user_id)
    if end_pause(work, project_id, user_id):
        record_audit(work, "person.resumed", "project", project_id, {"user_id": str(user_id)})


def end_pause(work: Work, project_id: UUID, user_id: UUID) -> bool:
    """What resuming does; whether he was paused."""
    is_ended = queries.resume(work.session, project_id, user_id, work.actor.user_id)
    if is_ended:
        notify(work, user_id, NotificationKind.PERSON_RESUMED, project_id=project_id)
    return is_ended


def refuse_if_paused(work: Work, project_id: UUID) -> None:
    """Raises PersonPaused where the caller gets no tasks."""
    standing = queries.standing_pause(work.lane, project_id, work.actor.person_id)
    if standing is None:
        return
    reason, until = standing
    raise PersonPaused(reason=reason, until=None if until is None else until.isoformat())


def _require_his_manager(work: Work, project_id: UUID, user_id: UUID) -> None:
    require_active_project(work, project_id, Permission.VIEW_PROJECT)
    team_id = team_in_sight(work, Permission.MANAGE_QUEUE)
    if team_id is None:
        return
    if not _is_of(work, user_id, team_id):
        raise NotFound
    if user_id == work.actor.person_id:
        raise OwnPause


def _is_of(work: Work, user_id: UUID, team_id: UUID) -> bool:
    team = team_of(work, user_id)
    return team is not None and team.id == team_id
