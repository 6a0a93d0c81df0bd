"""Addresses of an asset's files, signed."""

from typing import Protocol
from uuid import UUID

from maskwright.assets.domain import RENDITION_VERSION, Rendition
from maskwright.settings import Settings
from maskwright.storage.signing import UrlSigner, signer_of

_PREFIX = "/api/v1/assets"


class HasDisplay(Protocol):
    """What of an asset its links depend on."""

    @property
    def id(self) -> UUID: ...
    @property
    def display_key(self) -> str | None: ...
    @property
    def thumbnail_key(self) -> str | None: ...


def rendition_resource(asset_id: UUID, rendition: Rendition) -> str:
    return f"assets/{asset_id}/{rendition.value}"


def tiles_resource(asset_id: UUID) -> str:
    """One signature holds for all tiles of an image."""
    return f"assets/{asset_id}/tiles"


def deep_tiles_resource(asset_id: UUID) -> str:
    return f"assets/{asset_id}/deep-tiles"


class AssetLinks:
    """Makes links; the browser finds the same ones in its cache for a day."""

    def __init__(self, settings: Settings) -> None:
        self._signer: UrlSigner = signer_of(settings)

    def image_url(self, asset: HasDisplay) -> str | None:
        """The display rendition; None before it is made."""
        return self.rendition_url(asset.id, Rendition.DISPLAY) if asset.display_key else None

    def thumbnail_url(self, asset: HasDisplay) -> str | None:
        return self.rendition_url(asset.id, Rendition.THUMBNAIL) if asset.thumbnail_key else None

    def tile_template(self, asset_id: UUID) -> str:
        """With {level}, {x} and {y} for the browser to fill in."""
        return self._template(tiles_resource(asset_id))

    def deep_tile_template(self, asset_id: UUID) -> str:
        return self._template(deep_tiles_resource(asset_id))

    def _template(self, resource: str) -> str:
        query = self._signer.query(resource)
        path = f"/api/v1/{resource}/{{level}}/{{x}}/{{y}}"
        return f"{path}?v={RENDITION_VERSION}&{query}"

    def rendition_url(self, asset_id: UUID, rendition: Rendition) -> str:
        query = self._signer.query(rendition_resource(asset_id, rendition))
        return f"{_PREFIX}/{asset_id}/file/{rendition.value}?v={RENDITION_VERSION}&{query}"
