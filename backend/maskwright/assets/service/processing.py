"""What a worker does with an uploaded image: renditions, then ready and in the queue at once.

It may be asked twice (a worker died, a message came again): a lock keeps two workers apart, the
state says whether there is still something to do, and blobs are written under fixed keys.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from redis import Redis, RedisError

from maskwright.accounts.domain import Permission
from maskwright.assets import queries
from maskwright.assets.domain import RENDITION_SET, AssetKeys, AssetState
from maskwright.assets.errors import FileRefused, ProcessingGaveUp, kept_problem
from maskwright.assets.imaging.probe import probe_image
from maskwright.assets.imaging.pyramid import (
    DEEP_TILE_MEDIA_TYPE,
    TILE_MEDIA_TYPE,
    TILE_PX,
    Level,
)
from maskwright.assets.imaging.renditions import DeepRendition, Renditions, make_renditions
from maskwright.assets.models import Asset
from maskwright.assets.receiving import incoming_folder
from maskwright.events.service import project_changed
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify_all
from maskwright.queue.service import take_in
from maskwright.storage import BlobStore
from maskwright.work import Work

log = structlog.get_logger(__name__)

#: An image that ends its worker this often is not tried again by itself.
MAX_DEATHS = 3
_DEATHS_KEPT_SECONDS = 24 * 3600
_TILES_MEDIA_TYPE = "application/octet-stream"


class ProcessingResult(StrEnum):
    READY = "ready"
    FAILED = "failed"
    NOTHING_TO_DO = "nothing to do"
    BUSY = "busy"


def process_asset(work: Work, asset_id: UUID) -> ProcessingResult:
    """Make the renditions and put the asset's task into the queue, in this work's transaction.

    A bad image ends as FAILED with its problem. What is no fault of the image (the store is away)
    is raised, so that the job is tried again.
    """
    if not queries.try_lock_processing(work.session, asset_id):
        return ProcessingResult.BUSY
    asset = queries.find_asset(work.session, work.actor.organization_id, asset_id)
    if asset is None or asset.state is not AssetState.PROCESSING:
        return ProcessingResult.NOTHING_TO_DO
    try:
        with death_counted(work.resources.redis, asset_id):
            values = _render(work, asset)
    except FileRefused as error:
        log.info("asset_failed", asset_id=str(asset_id), code=error.code)
        return _finish(work, asset, {"state": AssetState.FAILED, "problem": kept_problem(error)})
    return _finish(work, asset, {"state": AssetState.READY, "problem": None} | values)


def _finish(work: Work, asset: Asset, values: dict[str, Any]) -> ProcessingResult:
    if not queries.finish_processing(work.session, asset.id, values):
        return ProcessingResult.NOTHING_TO_DO
    project_changed(work, asset.project_id)
    if values["state"] is AssetState.FAILED:
        # One file of a thousand or all of them: what failed stands on the page.
        notify_all(
            work,
            Permission.IMPORT_DATA,
            NotificationKind.IMPORT_FAILED,
            project_id=asset.project_id,
            text=asset.name,
            once=True,
        )
        return ProcessingResult.FAILED
    take_in(work, asset)
    return ProcessingResult.READY


def _render(work: Work, asset: Asset) -> dict[str, Any]:
    """Fetch the original, make its renditions, store them; returns the row's new values."""
    max_pixels = work.settings.limits.image_pixels
    with incoming_folder(work.settings) as name:
        folder = Path(name)
        original = folder / "original"
        work.resources.blobs.download(asset.original_key, original)
        probe = probe_image(original, max_pixels=max_pixels)
        made = make_renditions(original, probe, folder, max_pixels=max_pixels)
        return _stored(work.resources.blobs, asset, made)


def _stored(blobs: BlobStore, asset: Asset, made: Renditions) -> dict[str, Any]:
    keys = AssetKeys(asset.project_id, asset.id)
    display_key, display_media_type = asset.original_key, asset.media_type
    if made.display is not None:
        display_key, display_media_type = keys.display, made.display.media_type
        blobs.put(display_key, made.display.path, content_type=display_media_type)
    blobs.put(keys.thumbnail, made.thumbnail.path, content_type=made.thumbnail.media_type)
    tiles = None
    if made.pyramid is not None:
        blobs.put(keys.tiles, made.pyramid.path, content_type=_TILES_MEDIA_TYPE)
        tiles = _tiles(keys.tiles, TILE_MEDIA_TYPE, made.levels)
    return {
        "width": made.width,
        "height": made.height,
        "display_key": display_key,
        "display_media_type": display_media_type,
        "thumbnail_key": keys.thumbnail,
        "tiles": tiles,
        "deep": None if made.deep is None else stored_deep(blobs, keys, made.deep),
        "rendition_set": RENDITION_SET,
    }


def stored_deep(blobs: BlobStore, keys: AssetKeys, made: DeepRendition) -> dict[str, Any]:
    """What the asset's row holds of it."""
    blobs.put(keys.deep, made.file.path, content_type=made.file.media_type)
    deep = {"key": keys.deep, **asdict(made.scale)}
    if made.tiles is not None:
        blobs.put(keys.deep_tiles, made.tiles.path, content_type=_TILES_MEDIA_TYPE)
        deep["tiles"] = _tiles(keys.deep_tiles, DEEP_TILE_MEDIA_TYPE, made.levels)
    return deep


def _tiles(key: str, media_type: str, levels: Sequence[Level]) -> dict[str, Any]:
    return {
        "key": key,
        "tile_size": TILE_PX,
        "media_type": media_type,
        "levels": [
            {"level": level.level, "width": level.width, "height": level.height} for level in levels
        ],
    }


@contextmanager
def death_counted(redis: Redis, asset_id: UUID) -> Iterator[None]:
    """Count this attempt until it ends by itself: what stays counted are the workers that died at
    it. Without Redis nothing is counted, and nothing is delivered either."""
    key = f"assets:deaths:{asset_id}"
    try:
        deaths = int(redis.incr(key)) - 1
        redis.expire(key, _DEATHS_KEPT_SECONDS)
    except RedisError:
        log.info("deaths_not_counted", asset_id=str(asset_id))
        yield
        return
    try:
        if deaths >= MAX_DEATHS:
            raise ProcessingGaveUp(deaths=deaths)
        yield
    finally:
        try:
            redis.delete(key)
        except RedisError:
            log.info("deaths_not_forgotten", asset_id=str(asset_id))
