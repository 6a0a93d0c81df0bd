"""What listeners of a project are told."""

from dataclasses import asdict, dataclass
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
        counts = queue.counts(session, [project_id])
        hidden = queue.counts_with_golds_hidden(session, counts)
        return CountsEvent(
            comments=CommentsOut(**asdict(comments.tally(session, project_id))),
            counts=CountsOut.of(counts[project_id]),
            labelers_counts=CountsOut.of(hidden[project_id]),
            per_labeler=[
                LabelerProgressOut.of(progress)
                for progress in queue.progress_per_labeler(session, project_id)
            ],
        )


@dataclass(frozen=True, slots=True)
class View:
    """Who listens. `visible`: he sees these people only; None: everybody. `is_blind`: he may not
    know which tasks are golds."""

    visible: frozenset[UUID] | None
    is_blind: bool


def as_seen(event: CountsEvent, view: View) -> CountsEvent:
    """For this listener."""
    changes: dict[str, object] = {}
    visible = view.visible
    if visible is not None:
        changes["per_labeler"] = [one for one in event.per_labeler if one.user.id in visible]
    if view.is_blind:
        changes["counts"] = event.labelers_counts
    return event.model_copy(update=changes) if changes else event
