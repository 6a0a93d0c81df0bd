"""`/projects/{project}/exports` and `/exports`."""

import re
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from maskwright.exports import service
from maskwright.exports.errors import (
    ExportAlreadyFinished,
    ExportFilterInvalid,
    ExportNotReady,
)
from maskwright.exports.models import Export
from maskwright.exports.schemas import ExportCreate, ExportOut
from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.projects.service import require_project
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

PROBLEMS: dict[ErrorType, Problem] = {
    ExportNotReady: Problem(409, "export-not-ready"),
    ExportAlreadyFinished: Problem(409, "export-already-finished"),
    ExportFilterInvalid: Problem(422, "export-filter-invalid"),
}

_of_project = work_router(prefix="/projects/{project_id}/exports", tags=["exports"])
_by_id = work_router(prefix="/exports", tags=["exports"])

_ZIP_RESPONSE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "the zip",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@_of_project.post("", status_code=202)
def create_export(work: CurrentWork, project_id: UUID, body: ExportCreate) -> ExportOut:
    """Start an export. Ask for it until its `state` is `done`, then fetch `download_url`."""
    return _shape(work, service.create_export(work, project_id, body))


@_of_project.get("")
def list_exports(
    work: CurrentWork, project_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Page[ExportOut]:
    """The project's exports, newest first."""
    exports = service.list_exports(work, project_id, after=decode_cursor(cursor), limit=limit)
    shapes = {shape.id: shape for shape in _shapes(work, exports)}
    return Page[ExportOut].of(
        exports, limit, shape=lambda export: shapes[export.id], id_of=lambda export: export.id
    )


@_by_id.get("/{export_id}")
def get_export(work: CurrentWork, export_id: UUID) -> ExportOut:
    return _shape(work, service.require_export(work, export_id))


@_by_id.post("/{export_id}/cancel")
def cancel_export(work: CurrentWork, export_id: UUID) -> ExportOut:
    """Stop an export that waits or runs."""
    return _shape(work, service.cancel_export(work, export_id))


@_by_id.delete("/{export_id}", status_code=204)
def delete_export(work: CurrentWork, export_id: UUID) -> None:
    """Remove an export and its file; one that runs is stopped."""
    service.delete_export(work, export_id)


@_by_id.get("/{export_id}/download", responses=_ZIP_RESPONSE, response_class=StreamingResponse)
def download_export(work: CurrentWork, export_id: UUID) -> StreamingResponse:
    """The zip of an export that is done."""
    export, blob_key = service.require_file(work, export_id)
    project = require_project(work, export.project_id)
    blobs = work.resources.blobs
    return StreamingResponse(
        blobs.stream(blob_key),
        media_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{_file_name(project.name, export)}"',
            "Content-Length": str(blobs.size(blob_key)),
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )


router = APIRouter()
router.include_router(_of_project)
router.include_router(_by_id)


def _shape(work: Work, export: Export) -> ExportOut:
    return _shapes(work, [export])[0]


def _shapes(work: Work, exports: Sequence[Export]) -> list[ExportOut]:
    names = service.creators(work.session, exports)
    return [
        ExportOut.of(export, *_creator(work, export, names[export.created_by]))
        for export in exports
    ]


def _creator(work: Work, export: Export, name: str) -> tuple[UUID, str]:
    return sight_of(work, export.project_id).person(export.created_by, name)


def _file_name(project_name: str, export: Export) -> str:
    """`street-scenes-coco-instances-2026-01-31.zip`"""
    slug = re.sub(r"[^a-z0-9]+", "-", project_name.lower()).strip("-")[:60] or "project"
    return f"{slug}-{export.format.value}-{export.created_at:%Y-%m-%d}.zip"
