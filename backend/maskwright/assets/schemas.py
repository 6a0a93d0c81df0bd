"""Assets on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from maskwright.assets.domain import AssetState, Rendition, UploadStatus
from maskwright.assets.links import AssetLinks
from maskwright.assets.models import Asset
from maskwright.assets.queries import AssetTask
from maskwright.http.problems import TYPE_PREFIX
from maskwright.queue.domain import TaskState
from maskwright.settings import Settings

AssetName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
ExternalId = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]


class AssetPatch(BaseModel):
    """Only what is named is changed; `external_id: null` takes it away, `metadata` is replaced."""

    model_config = ConfigDict(extra="forbid")

    name: AssetName | None = None
    external_id: ExternalId | None = None
    metadata: dict[str, Any] | None = None


class LevelOut(BaseModel):
    level: int = Field(description="0 is full size; level n is that divided by 2ⁿ, rounded up")
    width: int
    height: int


class TilesOut(BaseModel):
    tile_size: int
    levels: list[LevelOut]
    url_template: str = Field(description="replace {level}, {x} (column) and {y} (row)")

    @classmethod
    def of(
        cls, asset_id: UUID, tiles: Mapping[str, Any] | None, links: AssetLinks
    ) -> "TilesOut | None":
        """`tiles` is what the asset's row holds; None for an image that needs none."""
        if tiles is None:
            return None
        return cls._at(tiles, links.tile_template(asset_id))

    @classmethod
    def of_deep(
        cls, asset_id: UUID, tiles: Mapping[str, Any] | None, links: AssetLinks
    ) -> "TilesOut | None":
        if tiles is None:
            return None
        return cls._at(tiles, links.deep_tile_template(asset_id))

    @classmethod
    def _at(cls, tiles: Mapping[str, Any], url_template: str) -> "TilesOut":
        return cls(
            tile_size=tiles["tile_size"],
            levels=[LevelOut(**level) for level in tiles["levels"]],
            url_template=url_template,
        )


class DeepOut(BaseModel):
    """A 16-bit grey PNG of a deep image, scaled down where there are tiles, which have it at full
    size. A sample stands for `offset + scale * sample` of the original; the display rendition
    shows `low` as black and `high` as white."""

    url: str
    tiles: TilesOut | None = Field(description="16-bit grey PNG, where the image is large")
    low: int
    high: int
    min: int
    max: int
    offset: float
    scale: float

    @classmethod
    def of(
        cls, asset_id: UUID, deep: Mapping[str, Any] | None, links: AssetLinks
    ) -> "DeepOut | None":
        if deep is None:
            return None
        known = {name: deep[name] for name in ("low", "high", "min", "max", "offset", "scale")}
        return cls(
            url=links.rendition_url(asset_id, Rendition.DEEP),
            tiles=TilesOut.of_deep(asset_id, deep.get("tiles"), links),
            **known,
        )


def thumbnail_link(settings: Settings, asset_id: UUID) -> str:
    """For lists of other slices that show an image whose thumbnail is made."""
    return AssetLinks(settings).rendition_url(asset_id, Rendition.THUMBNAIL)


class ImageLinksOut(BaseModel):
    """How the editor gets at a ready image's pixels: whole, and tile by tile where it is large."""

    image_url: str
    tiles: TilesOut | None

    @classmethod
    def of(
        cls, settings: Settings, asset_id: UUID, tiles: Mapping[str, Any] | None
    ) -> "ImageLinksOut":
        """For other slices; `tiles` is what the asset's row holds."""
        links = AssetLinks(settings)
        return cls(
            image_url=links.rendition_url(asset_id, Rendition.DISPLAY),
            tiles=TilesOut.of(asset_id, tiles, links),
        )


class PersonOut(BaseModel):
    id: UUID
    name: str


class AssetTaskOut(BaseModel):
    id: UUID
    state: TaskState
    labeler: PersonOut | None = Field(description="who holds it, else who submitted it")

    @classmethod
    def of(cls, task: AssetTask) -> "AssetTaskOut":
        labeler = None
        if task.labeler_id is not None and task.labeler_name is not None:
            labeler = PersonOut(id=task.labeler_id, name=task.labeler_name)
        return cls(id=task.task_id, state=TaskState(task.state), labeler=labeler)


class AssetOut(BaseModel):
    id: UUID
    name: str
    external_id: str | None
    state: AssetState
    problem: dict[str, Any] | None = Field(description="why processing failed")
    width: int | None = Field(description="pixels, after the EXIF orientation is applied")
    height: int | None
    media_type: str
    byte_size: int
    sha256: str
    metadata: dict[str, Any]
    created_at: datetime
    thumbnail_url: str | None
    image_url: str | None
    tiles: TilesOut | None
    deep: DeepOut | None
    task: AssetTaskOut | None

    @classmethod
    def of(cls, asset: Asset, links: AssetLinks, task: AssetTask | None) -> "AssetOut":
        return cls(
            id=asset.id,
            name=asset.name,
            external_id=asset.external_id,
            state=asset.state,
            problem=_problem(asset.problem),
            width=asset.width,
            height=asset.height,
            media_type=asset.media_type,
            byte_size=asset.byte_size,
            sha256=asset.sha256.hex(),
            metadata=asset.details,
            created_at=asset.created_at,
            thumbnail_url=links.thumbnail_url(asset),
            image_url=links.image_url(asset),
            tiles=TilesOut.of(asset.id, asset.tiles, links),
            deep=DeepOut.of(asset.id, asset.deep, links),
            task=None if task is None else AssetTaskOut.of(task),
        )


class UploadItemOut(BaseModel):
    name: str
    status: UploadStatus
    asset: AssetOut | None = Field(
        default=None, description="the new one, or the one that is there"
    )
    problem: dict[str, Any] | None = None
    fetch_id: UUID | None = Field(
        default=None, description="of an address: see `…/asset-fetches` for what became of it"
    )


class UploadOut(BaseModel):
    """One item per file, in the order in which they came; a zip has one per file inside. Addresses
    are `queued`: a worker fetches them."""

    items: list[UploadItemOut]
    accepted: int
    duplicates: int
    rejected: int
    queued: int


def _problem(kept: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What was kept of a failure, as any other problem looks."""
    if kept is None:
        return None
    return {"type": TYPE_PREFIX + str(kept["code"]), "status": 422, **kept}
