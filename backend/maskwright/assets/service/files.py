"""Which bytes stand behind an asset's links, and who may have them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maskwright.assets import queries
from maskwright.assets.domain import Rendition
from maskwright.assets.errors import AssetNotFound, LinkInvalid, RenditionNotFound
from maskwright.assets.imaging.pyramid import (
    DEEP_TILE_MEDIA_TYPE,
    TILE_MEDIA_TYPE,
    Level,
    offsets_range,
    tile_index,
    tile_range,
)
from maskwright.assets.links import deep_tiles_resource, rendition_resource, tiles_resource
from maskwright.assets.queries import AssetFiles
from maskwright.assets.service.catalog import require_asset
from maskwright.storage.signing import signer_of
from maskwright.work import Work


@dataclass(frozen=True, slots=True)
class Signature:
    """What a signed link carries."""

    expires: int
    signature: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A blob as it is handed out."""

    key: str
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class TileAddress:
    level: int
    column: int
    row: int


def file_of(
    work: Work, asset_id: UUID, rendition: Rendition, signature: Signature | None
) -> StoredFile:
    """A rendition for the bearer of a signed link, else for who is signed in.

    Raises LinkInvalid, AssetNotFound or RenditionNotFound.
    """
    files = _files(work, asset_id, rendition_resource(asset_id, rendition), signature)
    key, media_type = {
        Rendition.ORIGINAL: (files.original_key, files.media_type),
        Rendition.DISPLAY: (files.display_key, files.display_media_type),
        Rendition.DEEP: (None if files.deep is None else files.deep["key"], "image/png"),
        Rendition.THUMBNAIL: (files.thumbnail_key, "image/webp"),
    }[rendition]
    if key is None or media_type is None:
        raise RenditionNotFound
    return StoredFile(key, media_type, files.name)


def tile_of(
    work: Work, asset_id: UUID, address: TileAddress, signature: Signature | None
) -> tuple[bytes, str]:
    """One tile and its media type; raises the same."""
    files = _files(work, asset_id, tiles_resource(asset_id), signature)
    return _tile(work, files.tiles, address), TILE_MEDIA_TYPE


def deep_tile_of(
    work: Work, asset_id: UUID, address: TileAddress, signature: Signature | None
) -> tuple[bytes, str]:
    """The same of a deep image, in 16 bits."""
    files = _files(work, asset_id, deep_tiles_resource(asset_id), signature)
    tiles = None if files.deep is None else files.deep.get("tiles")
    return _tile(work, tiles, address), DEEP_TILE_MEDIA_TYPE


def _tile(work: Work, tiles: Mapping[str, Any] | None, address: TileAddress) -> bytes:
    if tiles is None:
        raise RenditionNotFound
    levels = [Level(**level) for level in tiles["levels"]]
    index = tile_index(levels, address.level, address.column, address.row)
    if index is None:
        raise RenditionNotFound("The image has no such tile.")
    blobs, key = work.resources.blobs, tiles["key"]
    start, end = offsets_range(index)
    start, end = tile_range(b"".join(blobs.stream(key, start=start, end=end)))
    return b"".join(blobs.stream(key, start=start, end=end))


def _files(work: Work, asset_id: UUID, resource: str, signature: Signature | None) -> AssetFiles:
    if signature is None:
        asset = require_asset(work, asset_id)
        files = queries.find_files_of(work.session, asset.organization_id, asset_id)
    else:
        signer = signer_of(work.settings)
        if not signer.is_valid(resource, signature.expires, signature.signature):
            raise LinkInvalid
        files = queries.find_files(work.session, asset_id)
    if files is None:
        raise AssetNotFound
    return files
