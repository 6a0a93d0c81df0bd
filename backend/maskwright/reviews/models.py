"""Workflows and verdicts."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
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
from maskwright.reviews.domain import Decision


class ProjectWorkflow(Tenant, Base):
    """What follows a label that is handed in. `version` rises with every change."""

    __tablename__ = "project_workflow"
    __table_args__ = (tenant_reference("project", "project_id"),)

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int]
    steps: Mapped[list[Any]]
    changed_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    changed_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())


class ReviewVerdict(Identified, Timestamped, Tenant, Base):
    """What a reviewer decided about a version. Append-only."""

    __tablename__ = "review_verdict"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("task", "review_task_id"),
        tenant_reference("task", "label_task_id"),
        tenant_reference("label_version", "subject_version_id"),
        tenant_reference("label_version", "result_version_id"),
        sa.UniqueConstraint("lease_id"),
        sa.Index("ix_review_verdict_label_task_id_id", "label_task_id", "id"),
        sa.Index("ix_review_verdict_asset_id_id", "asset_id", "id"),
        sa.Index("ix_review_verdict_project_id_id", "project_id", "id"),
    )

    project_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    review_task_id: Mapped[UUID]
    label_task_id: Mapped[UUID]
    lease_id: Mapped[UUID | None] = mapped_column(doc="none where many were approved at once")
    step: Mapped[int]
    round: Mapped[int]
    reviewer_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    author_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    decision: Mapped[Decision] = mapped_column(text_enum(Decision))
    comment: Mapped[str] = mapped_column(server_default="")
    subject_version_id: Mapped[UUID]
    result_version_id: Mapped[UUID | None]
