"""Telling that a batch is done. Looked for once a minute: a submit has no time for it."""

from maskwright.accounts.domain import Actor, Permission, Role
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify_all
from maskwright.queue import desk_queries
from maskwright.work import Work


def tell_finished_batches(work: Work) -> int:
    """Tell those who run the queue of each batch whose last image was done; how many there were."""
    finished = desk_queries.finish_batches(work.session)
    for organization_id, project_id, batch_id, name in finished:
        notify_all(
            work.acting_as(Actor(organization_id, Role.OWNER)),
            Permission.MANAGE_QUEUE,
            NotificationKind.BATCH_DONE,
            project_id=project_id,
            object_id=batch_id,
            text=name,
        )
    return len(finished)
