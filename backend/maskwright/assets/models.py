"""Images, and where their bytes lie."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.assets.domain import (
    RENDITION_SET,
    AssetState,
    AttachmentKind,
    AttachmentRole,
    FetchState,
)
from maskwright.db.base import (
    Base,
    Identified,
    Tenant,
    Timestamped,
    tenant_key,
    tenant_reference,
    text_enum,
)


class Asset(Identified, Timestamped, Tenant, Base):
    """One image. Width and height are those after its EXIF orientation is applied: masks, display
    rendition and exports all use that frame; the original bytes are kept untouched."""

    __tablename__ = "asset"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        sa.Index(
            "uq_asset_project_id_sha256",
            "project_id",
            "sha256",
            unique=True,
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
        sa.Index(
            "uq_asset_project_id_external_id",
            "project_id",
            "external_id",
            unique=True,
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
        sa.Index("ix_asset_project_id_id", "project_id", "id"),
        sa.Index("ix_asset_rendition_set", "id", postgresql_where=sa.text("rendition_set < 2")),
    )

    project_id: Mapped[UUID]
    name: Mapped[str]
    external_id: Mapped[str | None]
    state: Mapped[AssetState] = mapped_column(text_enum(AssetState))
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    sha256: Mapped[bytes]
    media_type: Mapped[str]
    byte_size: Mapped[int] = mapped_column(sa.BigInteger)
    width: Mapped[int]
    height: Mapped[int]
    original_key: Mapped[str]
    display_key: Mapped[str | None]
    display_media_type: Mapped[str | None]
    thumbnail_key: Mapped[str | None]
    tiles: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, doc="{tile_size, media_type, levels: [{level, width, height}]}"
    )
    deep: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB, doc="{key, low, high, min, max, offset, scale}: a 16-bit rendition"
    )
    rendition_set: Mapped[int] = mapped_column(
        sa.SmallInteger, server_default=sa.text(str(RENDITION_SET)), doc="see domain.RENDITION_SET"
    )
    details: Mapped[dict[str, Any]] = mapped_column(
        "metadata", JSONB, server_default=sa.text("'{}'")
    )
    created_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    deleted_at: Mapped[datetime | None]


class Attachment(Identified, Timestamped, Tenant, Base):
    """A file that is shown beside (or over) an image, for a class, or in a project's instructions.
    Its kind was decided from its bytes, and it is handed out as just that."""

    __tablename__ = "attachment"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("ontology_class", "class_id"),
        sa.CheckConstraint("num_nonnulls(asset_id, class_id) <= 1", name="one_subject"),
        sa.Index(
            "ix_attachment_asset_id",
            "asset_id",
            postgresql_where=sa.text("deleted_at IS NULL AND asset_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_attachment_project_id",
            "project_id",
            postgresql_where=sa.text("deleted_at IS NULL AND asset_id IS NULL"),
        ),
    )

    project_id: Mapped[UUID]
    asset_id: Mapped[UUID | None]
    class_id: Mapped[UUID | None]
    kind: Mapped[AttachmentKind] = mapped_column(text_enum(AttachmentKind))
    role: Mapped[AttachmentRole] = mapped_column(text_enum(AttachmentRole))
    name: Mapped[str]
    media_type: Mapped[str]
    byte_size: Mapped[int] = mapped_column(sa.BigInteger)
    sha256: Mapped[bytes]
    blob_key: Mapped[str]
    created_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    deleted_at: Mapped[datetime | None]


class AssetFetch(Identified, Timestamped, Tenant, Base):
    """An image that somebody named by its address, and what became of it."""

    __tablename__ = "asset_fetch"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        sa.Index("ix_asset_fetch_project_id_id", "project_id", "id"),
        sa.Index(
            "ix_asset_fetch_unfinished",
            "created_at",
            postgresql_where=sa.text("state IN ('waiting', 'running')"),
        ),
    )

    project_id: Mapped[UUID]
    url: Mapped[str]
    name: Mapped[str | None]
    external_id: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column(
        "metadata", JSONB, server_default=sa.text("'{}'")
    )
    state: Mapped[FetchState] = mapped_column(text_enum(FetchState))
    asset_id: Mapped[UUID | None]
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
