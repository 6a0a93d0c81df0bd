"""Telling people what concerns them, and what they were told."""

from collections.abc import Sequence
from uuid import UUID

from maskwright.accounts.domain import Permission
from maskwright.notifications import queries
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.queries import NotificationRow
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

_SHOWN = 50
_TEXT_SHOWN = 300


def notify(
    work: Work,
    user_id: UUID | None,
    kind: NotificationKind,
    *,
    project_id: UUID,
    asset_id: UUID,
    text: str,
) -> None:
    """Tell somebody, in the transaction of what he is told of: the one is not kept without the
    other. Nobody is told of what he did himself."""
    actor = work.actor
    if user_id is None or user_id == actor.person_id:
        return
    queries.write(
        work.session,
        organization=actor.organization_id,
        user=user_id,
        project=project_id,
        asset=asset_id,
        kind=kind.value,
        sender=actor.person_id,
        text=text[:_TEXT_SHOWN],
    )


def list_notifications(work: Work) -> Sequence[NotificationRow]:
    """The caller's newest ones, the newest first."""
    actor = work.require(Permission.VIEW_PROJECT)
    rows = queries.newest(work.session, actor.organization_id, actor.person_id, _SHOWN)
    sights = {
        project_id: sight_of(work, project_id) for project_id in {row.project_id for row in rows}
    }
    return [sights[row.project_id].cover(row, ("sender_id", "sender_name")) for row in rows]


def mark_read(work: Work, up_to: UUID) -> None:
    """The caller has seen this one and all before it."""
    actor = work.require(Permission.VIEW_PROJECT)
    queries.mark_read(work.session, actor.organization_id, actor.person_id, up_to)
