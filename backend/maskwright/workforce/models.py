"""Teams, their rates, and the ledger of time."""

from datetime import datetime
from decimal import Decimal
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
from maskwright.workforce.domain import TeamKind, TimeState


class Team(Identified, Timestamped, Tenant, Base):
    __tablename__ = "team"
    __table_args__ = (
        tenant_key(),
        sa.Index(
            "uq_team_name",
            "organization_id",
            sa.text("lower(name)"),
            unique=True,
            postgresql_where=sa.text("archived_at IS NULL"),
        ),
    )

    name: Mapped[str]
    kind: Mapped[TeamKind] = mapped_column(text_enum(TeamKind))
    archived_at: Mapped[datetime | None]


class TeamMembership(Tenant, Base):
    """Who belongs to which team: to one at most, so that every hour has one rate."""

    __tablename__ = "team_member"
    __table_args__ = (
        tenant_reference("team", "team_id"),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["membership.organization_id", "membership.user_id"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "user_id"),
        sa.Index("ix_team_member_team_id", "team_id"),
    )

    user_id: Mapped[UUID]
    team_id: Mapped[UUID]
    is_lead: Mapped[bool] = mapped_column(server_default=sa.false())
    joined_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())


class TeamRate(Tenant, Base):
    """What an hour costs from a moment on, until the next rate begins."""

    __tablename__ = "team_rate"
    __table_args__ = (
        tenant_reference("team", "team_id"),
        sa.PrimaryKeyConstraint("team_id", "starts_at"),
    )

    team_id: Mapped[UUID]
    starts_at: Mapped[datetime]
    hourly: Mapped[Decimal] = mapped_column(sa.Numeric(12, 4))
    currency: Mapped[str] = mapped_column(sa.String(3))


class TimeClient(Tenant, Base):
    """One tab that reports time: what it sent last, so that a repeated report counts once."""

    __tablename__ = "time_client"

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    client_id: Mapped[UUID] = mapped_column(primary_key=True)
    last_seq: Mapped[int] = mapped_column(sa.BigInteger)
    reported_at: Mapped[datetime]


class TimeClock(Tenant, Base):
    """Up to when a person's time is counted: no moment is counted twice, whoever reports it."""

    __tablename__ = "time_clock"

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    counted_until: Mapped[datetime]


class TimeEntry(Identified, Tenant, Base):
    """A stretch of one person's time. Append-only; `id` tells when it was reported."""

    __tablename__ = "time_entry"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("task", "task_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("team", "team_id"),
        sa.Index("ix_time_entry_project_id_id", "project_id", "id"),
        sa.Index("ix_time_entry_user_id_id", "user_id", "id"),
        sa.Index("ix_time_entry_asset_id", "asset_id"),
    )

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    team_id: Mapped[UUID | None] = mapped_column(doc="his team when the time was spent")
    project_id: Mapped[UUID]
    task_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    lease_id: Mapped[UUID]
    stage: Mapped[str] = mapped_column(sa.String(32))
    tool: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[TimeState] = mapped_column(text_enum(TimeState))
    ms: Mapped[int] = mapped_column(sa.BigInteger)
    reported_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
