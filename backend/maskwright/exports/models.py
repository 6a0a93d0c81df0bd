"""Exports that were asked for."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.db.base import (
    Base,
    Identified,
    Tenant,
    Timestamped,
    tenant_key,
    tenant_reference,
    text_enum,
)
from maskwright.exports.domain import ExportFormat, ExportState


class Export(Identified, Timestamped, Tenant, Base):
    __tablename__ = "export"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        sa.Index("ix_export_project_id_id", "project_id", "id"),
    )

    project_id: Mapped[UUID]
    format: Mapped[ExportFormat] = mapped_column(text_enum(ExportFormat))
    include_images: Mapped[bool] = mapped_column(server_default=sa.false())
    filter: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=sa.text("'{}'"))
    state: Mapped[ExportState] = mapped_column(text_enum(ExportState))
    assets_done: Mapped[int] = mapped_column(server_default="0")
    assets_total: Mapped[int] = mapped_column(server_default="0")
    objects: Mapped[int] = mapped_column(server_default="0")
    blob_key: Mapped[str | None]
    byte_size: Mapped[int | None] = mapped_column(sa.BigInteger)
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    created_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    started_at: Mapped[datetime | None]
    heartbeat_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
