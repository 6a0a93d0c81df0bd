"""Rules, what they did, and pauses."""

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
from maskwright.quality.domain import Action, Metric


class QualityRule(Identified, Timestamped, Tenant, Base):
    """When something is to follow from how somebody works, and what."""

    __tablename__ = "quality_rule"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        sa.CheckConstraint("(last IS NULL) <> (days IS NULL)", name="window"),
        sa.Index(
            "ix_quality_rule_project_id",
            "project_id",
            postgresql_where=sa.text("deleted_at IS NULL"),
        ),
    )

    project_id: Mapped[UUID]
    name: Mapped[str]
    is_active: Mapped[bool] = mapped_column(server_default=sa.true())
    metric: Mapped[Metric] = mapped_column(text_enum(Metric))
    threshold: Mapped[float]
    last: Mapped[int | None] = mapped_column(doc="so many of the newest observations")
    days: Mapped[int | None] = mapped_column(doc="or those of so many days")
    at_least: Mapped[int]
    action: Mapped[Action] = mapped_column(text_enum(Action))
    pause_days: Mapped[int | None]
    review_percent: Mapped[int | None]
    skill: Mapped[str | None]
    tells_managers: Mapped[bool] = mapped_column(server_default=sa.true())
    tells_lead: Mapped[bool] = mapped_column(server_default=sa.false())
    tells_labeler: Mapped[bool] = mapped_column(server_default=sa.false())
    message: Mapped[str] = mapped_column(server_default="")
    created_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    deleted_at: Mapped[datetime | None]


class RuleFiring(Identified, Timestamped, Tenant, Base):
    """A rule was met by a person: by which numbers, and what followed."""

    __tablename__ = "rule_firing"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("quality_rule", "rule_id"),
        sa.Index("ix_rule_firing_project_id_id", "project_id", "id"),
        sa.Index("ix_rule_firing_rule_id_user_id", "rule_id", "user_id"),
    )

    project_id: Mapped[UUID]
    rule_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    rule: Mapped[dict[str, Any]] = mapped_column(doc="as it was then")
    value: Mapped[float]
    observations: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime] = mapped_column(doc="what is not newer does not count again")
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))


class WorkPause(Identified, Timestamped, Tenant, Base):
    """Somebody gets no tasks of a project."""

    __tablename__ = "work_pause"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("rule_firing", "firing_id"),
        sa.Index(
            "uq_work_pause_standing",
            "project_id",
            "user_id",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    project_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    reason: Mapped[str]
    until: Mapped[datetime | None]
    created_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    firing_id: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))


class ReviewRaise(Identified, Timestamped, Tenant, Base):
    """More of somebody's labels are reviewed than the workflow says."""

    __tablename__ = "review_raise"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("rule_firing", "firing_id"),
        sa.Index(
            "ix_review_raise_project_id_user_id",
            "project_id",
            "user_id",
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    project_id: Mapped[UUID]
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    percent: Mapped[int]
    firing_id: Mapped[UUID]
    ended_at: Mapped[datetime | None]
