"""What is done with labels."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.annotations import queries
from maskwright.work import Work


def count_objects_by_class(
    session: Session, project_id: UUID, class_ids: Sequence[UUID]
) -> dict[UUID, int]:
    """How many objects a project has of these classes, in current labels and in drafts."""
    return queries.count_objects_by_class(session, project_id, class_ids)


def reassign_class(work: Work, project_id: UUID, from_id: UUID, to_id: UUID) -> int:
    """Give all objects of a class another one, in new versions; history stays as it was."""
    return _migrate(work, project_id, from_id, to_id)


def delete_objects_of_class(work: Work, project_id: UUID, class_id: UUID) -> int:
    """Leave the objects of a class out of new versions; history stays as it was."""
    return _migrate(work, project_id, class_id, None)


def _migrate(work: Work, project_id: UUID, class_id: UUID, to_class_id: UUID | None) -> int:
    work.session.flush()
    return queries.migrate_class(
        work.session,
        project_id=project_id,
        class_id=class_id,
        to_class_id=to_class_id,
        actor_id=work.actor.user_id,
    )
