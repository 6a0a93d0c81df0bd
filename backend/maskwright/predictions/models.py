"""Models that predicted something in a project, and what each said of which image."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.db.base import (
    Base,
    Identified,
    Tenant,
    TenantByParent,
    Timestamped,
    tenant_key,
    tenant_reference,
)


class PredictionModel(Identified, Timestamped, Tenant, Base):
    """A model in one version, as the scripts that send its predictions name it."""

    __tablename__ = "prediction_model"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        sa.UniqueConstraint("project_id", "name", "version"),
    )

    project_id: Mapped[UUID]
    name: Mapped[str]
    version: Mapped[str] = mapped_column(server_default="")
    created_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    deleted_at: Mapped[datetime | None]


class Prediction(TenantByParent, Base):
    """What a model says of an image now. The objects are those of `version_id`, a label version
    like any other; what it said before are earlier versions of the same label."""

    __tablename__ = "prediction"
    __table_args__ = (
        sa.PrimaryKeyConstraint("model_id", "asset_id"),
        tenant_reference("project", "project_id"),
        tenant_reference("prediction_model", "model_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("label", "label_id"),
        tenant_reference("label_version", "version_id"),
        sa.Index("ix_prediction_asset_id", "asset_id"),
        sa.Index("ix_prediction_model_id_confidence", "model_id", "confidence"),
    )

    model_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    project_id: Mapped[UUID]
    label_id: Mapped[UUID]
    version_id: Mapped[UUID]
    content_sha256: Mapped[bytes] = mapped_column(doc="of what was sent, to know it again")
    objects: Mapped[int]
    confidence: Mapped[float | None] = mapped_column(doc="that of the least certain object")
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
