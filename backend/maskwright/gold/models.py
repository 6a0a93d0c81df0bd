"""Golds, their settings, and people's attempts at them."""

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
from maskwright.gold.domain import AttemptState, GoldState, Resolution


class Gold(Identified, Timestamped, Tenant, Base):
    """An image and the version of its label that is the expected answer."""

    __tablename__ = "gold"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("label_version", "version_id"),
        sa.Index(
            "uq_gold_active_asset",
            "asset_id",
            unique=True,
            postgresql_where=sa.text("state = 'active'"),
        ),
        sa.Index("ix_gold_project_id_id", "project_id", "id"),
    )

    project_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    version_id: Mapped[UUID]
    state: Mapped[GoldState] = mapped_column(text_enum(GoldState))
    is_mixed: Mapped[bool] = mapped_column(
        server_default=sa.true(), doc="into everyday work; else it is for courses only"
    )
    for_skill: Mapped[str] = mapped_column(
        server_default="", doc="the course that it is for; empty: training and exam of the project"
    )
    created_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    retired_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(server_default="", doc="why it was retired")


class GoldSettings(Tenant, Base):
    """How one project uses its golds. Without a row it has none."""

    __tablename__ = "gold_settings"
    __table_args__ = (tenant_reference("project", "project_id"),)

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    first_tasks: Mapped[int] = mapped_column(server_default="0")
    percent: Mapped[float] = mapped_column(server_default="0")
    pass_iou: Mapped[float] = mapped_column(server_default="0.8")
    pass_distance_px: Mapped[float | None]
    shows_feedback: Mapped[bool] = mapped_column(server_default=sa.false())
    may_repeat: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="a gold comes again to who had all of them"
    )


class GoldTurn(Tenant, Base):
    """How many label tasks a person was handed since golds are mixed in, and how many golds."""

    __tablename__ = "gold_turn"
    __table_args__ = (tenant_reference("project", "project_id"),)

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    turns: Mapped[int] = mapped_column(server_default="0")
    golds: Mapped[int] = mapped_column(server_default="0")


class GoldAttempt(Identified, Tenant, Base):
    """What somebody handed in for a gold, beside what was expected."""

    __tablename__ = "gold_attempt"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("gold", "gold_id"),
        tenant_reference("task", "task_id"),
        tenant_reference("label_version", "version_id"),
        tenant_reference("label_version", "expected_version_id"),
        sa.UniqueConstraint("version_id"),
        sa.Index(
            "ix_gold_attempt_project_id_user_id_submitted_at",
            "project_id",
            "user_id",
            "submitted_at",
        ),
        sa.Index("ix_gold_attempt_gold_id", "gold_id"),
    )

    project_id: Mapped[UUID]
    gold_id: Mapped[UUID]
    task_id: Mapped[UUID]
    version_id: Mapped[UUID]
    expected_version_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    state: Mapped[AttemptState] = mapped_column(text_enum(AttemptState))
    iou: Mapped[float] = mapped_column(doc="mean over the classes of either label")
    distance_px: Mapped[float | None] = mapped_column(
        doc="mean over the classes that both have; none where they share none"
    )
    panoptic_quality: Mapped[float | None]
    has_passed: Mapped[bool]
    parts: Mapped[list[Any]] = mapped_column(server_default=sa.text("'[]'"), doc="class by class")
    submitted_at: Mapped[datetime]
    scored_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())


class GoldDispute(Identified, Timestamped, Tenant, Base):
    """Somebody says that the gold is wrong, not he."""

    __tablename__ = "gold_dispute"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("gold", "gold_id"),
        tenant_reference("gold_attempt", "attempt_id"),
        sa.UniqueConstraint("attempt_id"),
        sa.Index("ix_gold_dispute_project_id_id", "project_id", "id"),
    )

    project_id: Mapped[UUID]
    gold_id: Mapped[UUID]
    attempt_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    text: Mapped[str]
    resolution: Mapped[Resolution | None] = mapped_column(text_enum(Resolution))
    answer: Mapped[str] = mapped_column(server_default="")
    resolved_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    resolved_at: Mapped[datetime | None]
