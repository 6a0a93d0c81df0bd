"""What one version changed in another."""

from collections.abc import Sequence
from uuid import UUID

from maskwright.annotations.errors import LabelVersionNotFound
from maskwright.annotations.service import find_version
from maskwright.assets.service.catalog import require_asset
from maskwright.masks.codec import area, unpack
from maskwright.reviews import queries
from maskwright.reviews.differences import Difference, Drawn, difference
from maskwright.reviews.errors import VersionsNotFound, VersionsOfTwoImages
from maskwright.work import Work


def compare_versions(work: Work, before_id: UUID, after_id: UUID) -> Difference:
    """Objects and pixels that differ in two versions that the caller may see. Raises
    VersionsNotFound, VersionsOfTwoImages."""
    try:
        before, after = (find_version(work, id_) for id_ in (before_id, after_id))
    except LabelVersionNotFound as error:
        raise VersionsNotFound from error
    if before.asset_id != after.asset_id:
        raise VersionsOfTwoImages
    return difference_of(work, before.asset_id, before_id, after_id)


def difference_of(work: Work, asset_id: UUID, before_id: UUID, after_id: UUID) -> Difference:
    """What differs in two versions of an image, for a caller who may know both."""
    asset = require_asset(work, asset_id)
    size = (asset.height or 1, asset.width or 1)
    organization_id = work.actor.organization_id
    rows = queries.objects_of_versions(work.session, organization_id, [before_id, after_id])
    return difference(_drawn(rows, before_id), _drawn(rows, after_id), size)


def areas_of(found: Difference) -> dict[str, int]:
    """Pixels of each region."""
    return {
        "added": area(found.added),
        "removed": area(found.removed),
        "relabelled": area(found.relabelled),
    }


def _drawn(rows: Sequence[queries.DrawnObject], version_id: UUID) -> list[Drawn]:
    return [
        Drawn(
            key=row.key,
            class_id=row.class_id,
            layer=row.layer,
            attributes=row.attributes,
            mask=unpack(row.counts, (row.height, row.width)),
        )
        for row in rows
        if row.version_id == version_id
    ]
