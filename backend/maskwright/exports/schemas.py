"""Exports on the wire."""

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from maskwright.exports.domain import ExportFilter, ExportFormat, ExportState
from maskwright.exports.models import Export
from maskwright.http.problems import TYPE_PREFIX


class ExportCreate(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: ExportFormat
    include_images: bool = False
    filter: ExportFilter = Field(default_factory=ExportFilter)


class PersonOut(BaseModel):
    id: UUID
    name: str


class ExportOut(BaseModel):
    id: UUID
    project_id: UUID
    format: ExportFormat
    include_images: bool
    filter: ExportFilter
    state: ExportState
    progress: float = Field(ge=0, le=1)
    assets_done: int
    assets_total: int
    objects: int
    byte_size: int | None
    download_url: str | None
    problem: dict[str, Any] | None
    created_at: datetime
    finished_at: datetime | None
    created_by: PersonOut

    @classmethod
    def of(cls, export: Export, creator_id: UUID, creator: str) -> "ExportOut":
        return cls(
            id=export.id,
            project_id=export.project_id,
            format=export.format,
            include_images=export.include_images,
            filter=ExportFilter.model_validate(export.filter),
            state=export.state,
            progress=_progress(export),
            assets_done=export.assets_done,
            assets_total=export.assets_total,
            objects=export.objects,
            byte_size=export.byte_size,
            download_url=(
                f"/api/v1/exports/{export.id}/download"
                if export.state is ExportState.DONE
                else None
            ),
            problem=_problem(export),
            created_at=export.created_at,
            finished_at=export.finished_at,
            created_by=PersonOut(id=creator_id, name=creator),
        )


def _progress(export: Export) -> float:
    """The part that is made. Only a finished export is complete: the file is stored last."""
    if export.state is ExportState.DONE:
        return 1.0
    if not export.assets_total:
        return 0.0
    return min(0.99, export.assets_done / export.assets_total)


def _problem(export: Export) -> dict[str, Any] | None:
    if export.problem is None:
        return None
    return {"type": TYPE_PREFIX + export.problem["code"], "status": 500, **export.problem}
