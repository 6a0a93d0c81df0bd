"""Renditions that an image lacks because an older version of this program made the others.

The sweep sends some of these images to the workers whenever those have no uploads to process, so
that an upgrade asks nobody to do anything, and new images never wait for old ones.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from redis import RedisError

from maskwright.assets import queries
from maskwright.assets.domain import (
    PROCESS_QUEUE,
    RENDITION_SET,
    RENEW_JOB,
    AssetKeys,
    AssetState,
)
from maskwright.assets.errors import FileRefused
from maskwright.assets.imaging.probe import probe_image
from maskwright.assets.imaging.renditions import make_deep_rendition
from maskwright.assets.imaging.tone import is_deep
from maskwright.assets.models import Asset
from maskwright.assets.receiving import incoming_folder
from maskwright.assets.service.processing import death_counted, stored_deep
from maskwright.work import Work

log = structlog.get_logger(__name__)

_AT_ONCE = 500


def send_images_that_lack_renditions(work: Work) -> int:
    """Send the jobs of some; returns of how many."""
    try:
        if work.resources.redis.llen(PROCESS_QUEUE):
            return 0
    except RedisError:
        log.info("renewals_not_sent", reason="Redis is away")
        return 0
    lacking = queries.assets_that_lack_renditions(work.session, limit=_AT_ONCE)
    for organization_id, asset_id in lacking:
        arguments: dict[str, object] = {
            "organization_id": str(organization_id),
            "asset_id": str(asset_id),
        }
        work.enqueue(RENEW_JOB, arguments, queue=PROCESS_QUEUE)
    return len(lacking)


def renew_asset(work: Work, asset_id: UUID) -> bool:
    """Make what the image lacks; returns whether there was anything to do.

    An image that can't be read any more stays as it is, and is not looked at again.
    """
    if not queries.try_lock_processing(work.session, asset_id):
        return False
    asset = queries.find_asset(work.session, work.actor.organization_id, asset_id)
    if asset is None or asset.state is not AssetState.READY or asset.rendition_set >= RENDITION_SET:
        return False
    deep = None
    try:
        with death_counted(work.resources.redis, asset_id):
            deep = _deep(work, asset)
    except FileRefused as error:
        log.warning("asset_not_renewed", asset_id=str(asset_id), code=error.code)
    queries.finish_renewal(work.session, asset_id, deep)
    return True


def _deep(work: Work, asset: Asset) -> dict[str, Any] | None:
    """The stored rendition in 16 bits; None where the image has eight."""
    blobs, max_pixels = work.resources.blobs, work.settings.limits.image_pixels
    with incoming_folder(work.settings) as name:
        folder = Path(name)
        original = folder / "original"
        blobs.download(asset.original_key, original)
        # Most are of eight bits, as their headers say; no pixel of those is decoded.
        if not is_deep(probe_image(original, max_pixels=max_pixels).mode):
            return None
        made = make_deep_rendition(original, folder, max_pixels=max_pixels)
        keys = AssetKeys(asset.project_id, asset.id)
        return None if made is None else stored_deep(blobs, keys, made)
