"""Addresses of images on the wire."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from maskwright.assets.domain import FetchState
from maskwright.assets.models import AssetFetch

MAX_URLS = 1000
Url = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=8, max_length=4000, pattern=r"^[^\x00]+$"),
]


class NamedUrl(BaseModel):
    """An address with what is known of its image. Without a name it is the address's last part."""

    model_config = ConfigDict(extra="forbid")

    url: Url
    name: Annotated[str, StringConstraints(min_length=1, max_length=1000)] | None = None
    external_id: str | None = None
    metadata: dict[str, JsonValue] = Field(default_factory=dict)


class UrlsIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    urls: Annotated[list[Url | NamedUrl], Field(min_length=1, max_length=MAX_URLS)]


class AssetFetchOut(BaseModel):
    """What became of an address. `asset_id` is the new image, or the one with the same bytes that
    was there before (`duplicate`)."""

    id: UUID
    url: str
    name: str | None
    external_id: str | None
    metadata: dict[str, Any]
    state: FetchState
    asset_id: UUID | None
    problem: dict[str, Any] | None
    created_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, row: AssetFetch) -> Self:
        return cls(
            id=row.id,
            url=row.url,
            name=row.name,
            external_id=row.external_id,
            metadata=row.details,
            state=row.state,
            asset_id=row.asset_id,
            problem=row.problem,
            created_at=row.created_at,
            finished_at=row.finished_at,
        )


class FetchCountsOut(BaseModel):
    """How many addresses stand where."""

    waiting: int
    running: int
    done: int
    duplicate: int
    failed: int

    @classmethod
    def of(cls, counts: dict[FetchState, int]) -> Self:
        return cls(**{state.value: counts.get(state, 0) for state in FetchState})
