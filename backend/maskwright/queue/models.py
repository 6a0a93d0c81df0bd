"""Tasks, leases and skips."""

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
from maskwright.queue.domain import LeaseKind, LeaseOutcome, TaskState


class Task(Identified, Timestamped, Tenant, Base):
    """The work on one asset. `fence` rises by one with every grant, whoever gets it."""

    __tablename__ = "task"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        sa.UniqueConstraint("asset_id"),
        # The order of hand-out; partial, so that its size follows what is left to do.
        sa.Index(
            "ix_task_hand_out",
            "project_id",
            sa.text("priority DESC"),
            "id",
            postgresql_where=sa.text("state = 'to_label'"),
        ),
        sa.Index("ix_task_project_id_state", "project_id", "state"),
    )

    project_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    state: Mapped[TaskState] = mapped_column(text_enum(TaskState))
    priority: Mapped[int] = mapped_column(server_default="0")
    slots: Mapped[int] = mapped_column(server_default="1")
    fence: Mapped[int] = mapped_column(sa.BigInteger, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())


class Lease(Identified, Tenant, Base):
    """One slot of one task in one person's hands. Times are Postgres' own clock."""

    __tablename__ = "lease"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("task", "task_id"),
        sa.UniqueConstraint("task_id", "fence"),
        sa.Index(
            "uq_lease_live_slot",
            "task_id",
            "slot",
            unique=True,
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index(
            "ix_lease_live_holder",
            "project_id",
            "holder_id",
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
        sa.Index(
            "ix_lease_live_expiry", "expires_at", postgresql_where=sa.text("ended_at IS NULL")
        ),
    )

    project_id: Mapped[UUID]
    task_id: Mapped[UUID]
    slot: Mapped[int]
    holder_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    fence: Mapped[int] = mapped_column(sa.BigInteger)
    kind: Mapped[LeaseKind] = mapped_column(text_enum(LeaseKind))
    granted_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[LeaseOutcome | None] = mapped_column(text_enum(LeaseOutcome))


class TaskSkip(Timestamped, Tenant, Base):
    """Who passed a task over, and why: it is never offered to him again."""

    __tablename__ = "task_skip"
    __table_args__ = (tenant_reference("task", "task_id"),)

    task_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    reason: Mapped[str]


class Submission(Timestamped, Tenant, Base):
    """The answer to a submit, kept under its idempotency key."""

    __tablename__ = "submission"
    __table_args__ = (tenant_reference("lease", "lease_id"),)

    lease_id: Mapped[UUID] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(primary_key=True)
    body_sha256: Mapped[bytes]
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
