"""`/assets/{asset}/labels` and `/label-versions/{version}`."""

from uuid import UUID

from maskwright.annotations import errors, service
from maskwright.annotations.domain import Origin, VersionKind
from maskwright.annotations.schemas import (
    AuthorOut,
    LabelVersionDetail,
    LabelVersionOut,
    ObjectOut,
)
from maskwright.annotations.version_queries import VersionRow
from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor

router = work_router(tags=["labels"])

PROBLEMS: dict[ErrorType, Problem] = {
    errors.LabelVersionNotFound: Problem(404, "label-version-not-found"),
    errors.MaskInvalid: Problem(422, "mask-invalid"),
    errors.MaskMissing: Problem(422, "mask-missing"),
    errors.ObjectsOverlap: Problem(422, "objects-overlap"),
    errors.ClassUnknown: Problem(422, "class-unknown"),
    errors.AttributeInvalid: Problem(422, "attribute-invalid"),
    errors.LayerMismatch: Problem(422, "layer-mismatch"),
    errors.RelationshipInvalid: Problem(422, "relationship-invalid"),
    errors.CoverageIncomplete: Problem(422, "coverage-incomplete"),
    errors.OutsideRegion: Problem(422, "outside-region"),
    errors.ObjectKeyRepeated: Problem(422, "object-key-repeated"),
    errors.TooManyObjects: Problem(422, "too-many-objects"),
}


@router.get("/assets/{asset_id}/labels")
def list_label_versions(
    work: CurrentWork, asset_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Page[LabelVersionOut]:
    """The versions of all labels of an asset, newest first."""
    rows = service.list_versions(work, asset_id, after=decode_cursor(cursor), limit=limit)
    return Page[LabelVersionOut].of(rows, limit, shape=_shape, id_of=lambda row: row.id)


@router.get("/label-versions/{version_id}")
def get_label_version(work: CurrentWork, version_id: UUID) -> LabelVersionDetail:
    """One version with all its objects."""
    row, objects = service.read_version(work, version_id)
    head = _shape(row).model_dump(exclude={"objects"})
    return LabelVersionDetail(
        **head,
        asset_id=row.asset_id,
        image_attributes=row.image_attributes,
        objects=[ObjectOut.of(stored) for stored in objects],
    )


def _shape(row: VersionRow) -> LabelVersionOut:
    author = None
    if row.author_id is not None and row.author_name is not None:
        author = AuthorOut(id=row.author_id, name=row.author_name)
    return LabelVersionOut(
        id=row.id,
        number=row.number,
        kind=VersionKind(row.kind),
        origin=Origin(row.origin),
        author=author,
        created_at=row.created_at,
        active_ms=row.active_ms,
        ontology_version=row.ontology_version,
        is_current=row.is_current,
        objects=row.object_count,
    )
