"""What one version changed in another."""

from collections.abc import Sequence
from uuid import UUID

from maskwright.accounts.domain import Permission
from maskwright.assets.service.catalog import require_asset
from maskwright.masks.codec import area, unpack
from maskwright.reviews import queries
from maskwright.reviews.differences import Difference, Drawn, difference
from maskwright.reviews.errors import VersionsNotFound, VersionsOfTwoImages
from maskwright.work import Work


def compare_versions(work: Work, before_id: UUID, after_id: UUID) -> Difference:
    """Objects and pixels that differ. Raises VersionsNotFound, VersionsOfTwoImages."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    found = queries.assets_of_versions(work.session, actor.organization_id, [before_id, after_id])
    if before_id not in found or after_id not in found:
        raise VersionsNotFound
    if found[before_id] != found[after_id]:
        raise VersionsOfTwoImages
    asset = require_asset(work, found[before_id])
    size = (asset.height or 1, asset.width or 1)
    rows = queries.objects_of_versions(work.session, actor.organization_id, [before_id, after_id])
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
