"""What people do with exports. Making one is `run`'s work, in a worker."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.exports import queries
from maskwright.exports.domain import ExportFilter, ExportState
from maskwright.exports.errors import (
    ExportAlreadyFinished,
    ExportFilterInvalid,
    ExportNotFound,
    ExportNotReady,
)
from maskwright.exports.models import Export
from maskwright.exports.schemas import ExportCreate
from maskwright.kernel.clock import utc_now
from maskwright.kernel.ids import new_id
from maskwright.ontologies.service import class_rows
from maskwright.projects.service import require_project
from maskwright.work import Work

RUN_JOB = "exports.run"
QUEUE = "exports"

#: A running export whose worker was not heard of for so long is taken over by another one.
LOST_AFTER = timedelta(seconds=60)


def create_export(work: Work, project_id: UUID, wanted: ExportCreate) -> Export:
    """Ask for an export; a worker makes it."""
    project = require_project(work, project_id, Permission.EXPORT)
    _check_filter(work.session, project_id, wanted.filter)
    export = Export(
        id=new_id(),
        organization_id=project.organization_id,
        project_id=project_id,
        format=wanted.format,
        include_images=wanted.include_images,
        filter=wanted.filter.model_dump(mode="json", exclude_unset=True),
        state=ExportState.QUEUED,
        assets_done=0,
        assets_total=0,
        objects=0,
        created_by=work.actor.person_id,
        created_at=utc_now(),
    )
    work.session.add(export)
    work.session.flush()
    record_audit(work, "export.created", "export", export.id, {"format": wanted.format.value})
    work.enqueue(RUN_JOB, {"export_id": str(export.id)}, queue=QUEUE)
    return export


def list_exports(
    work: Work, project_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Export]:
    """Up to `limit + 1` exports of the project, newest first."""
    require_project(work, project_id, Permission.EXPORT)
    return queries.page_of_exports(work.session, project_id, after=after, limit=limit)


def require_export(work: Work, export_id: UUID) -> Export:
    """The export, if the actor may export the project that it is of."""
    export = queries.find_export(work.session, work.actor.organization_id, export_id)
    if export is None:
        raise ExportNotFound
    require_project(work, export.project_id, Permission.EXPORT)
    return export


def require_file(work: Work, export_id: UUID) -> tuple[Export, str]:
    """The export with the key of its file; raises ExportNotReady where it has none."""
    export = require_export(work, export_id)
    if export.state is not ExportState.DONE or export.blob_key is None:
        raise ExportNotReady(state=export.state.value)
    return export, export.blob_key


def cancel_export(work: Work, export_id: UUID) -> Export:
    """Stop an export that waits or runs. A worker that is at it notices within seconds."""
    export = require_export(work, export_id)
    work.session.refresh(export, with_for_update=True)
    if export.state.is_finished:
        raise ExportAlreadyFinished(state=export.state.value)
    export.state = ExportState.CANCELLED
    export.finished_at = utc_now()
    record_audit(work, "export.cancelled", "export", export.id, {})
    return export


def delete_export(work: Work, export_id: UUID) -> None:
    """Remove an export and its file; one that runs is stopped."""
    export = require_export(work, export_id)
    work.session.refresh(export, with_for_update=True)
    blob_key = export.blob_key
    record_audit(work, "export.deleted", "export", export.id, {"format": export.format.value})
    work.session.delete(export)
    work.session.flush()
    if blob_key is not None:
        blobs = work.resources.blobs
        work.after_commit(lambda: blobs.delete([blob_key]))


def creators(session: Session, exports: Sequence[Export]) -> dict[UUID, str]:
    """The names of those who asked for these exports, by user id."""
    return queries.names_of_people(session, [export.created_by for export in exports])


def send_waiting_exports(work: Work) -> int:
    """Hand exports to the workers again whose message or worker may have been lost.

    A message too many does no harm: the run begins with a compare-and-set.
    """
    waiting = queries.exports_to_send_again(work.session, lost_after=LOST_AFTER)
    for export_id in waiting:
        work.enqueue(RUN_JOB, {"export_id": str(export_id)}, queue=QUEUE)
    return len(waiting)


def _check_filter(session: Session, project_id: UUID, wanted: ExportFilter) -> None:
    errors: list[dict[str, str]] = []
    if wanted.classes is not None:
        known = {row.id for row in class_rows(session, project_id)}
        errors += [
            {"field": f"filter.classes[{index}]", "message": "This project has no such class."}
            for index, class_id in enumerate(wanted.classes)
            if class_id not in known
        ]
    if wanted.model is not None and not queries.has_model(session, project_id, wanted.model):
        errors.append({"field": "filter.model", "message": "This project has no such model."})
    if errors:
        raise ExportFilterInvalid(errors=errors)
