"""What listeners of a project are told."""

from dataclasses import asdict
from uuid import UUID

from maskwright.comments import service as comments
from maskwright.events.schemas import CommentsOut, CountsEvent
from maskwright.projects.schemas import CountsOut
from maskwright.queue import service as queue
from maskwright.queue.schemas import LabelerProgressOut
from maskwright.work import Resources


def count_project(resources: Resources, project_id: UUID) -> CountsEvent:
    """How a project stands now. It is not asked who wants to know: see `routes`."""
    with resources.database.open_session() as session:
        return CountsEvent(
            comments=CommentsOut(**asdict(comments.tally(session, project_id))),
            counts=CountsOut.of(queue.counts(session, [project_id])[project_id]),
            per_labeler=[
                LabelerProgressOut.of(progress)
                for progress in queue.progress_per_labeler(session, project_id)
            ],
        )


def as_seen(event: CountsEvent, visible: frozenset[UUID] | None) -> CountsEvent:
    """For somebody who sees these people only; None: everybody."""
    if visible is None:
        return event
    seen = [one for one in event.per_labeler if one.user.id in visible]
    return event.model_copy(update={"per_labeler": seen})
