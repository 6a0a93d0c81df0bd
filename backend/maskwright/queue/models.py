"""Tasks, batches, leases, skips, questions and skills."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.db.base import (
    Base,
    Identified,
    Tenant,
    TenantByParent,
    Timestamped,
    tenant_key,
    tenant_reference,
    text_enum,
)
from maskwright.queue.domain import LeaseKind, LeaseOutcome, Revocation, TaskStage, TaskState

_TURN = """
extract(epoch FROM least(
    (queued_at AT TIME ZONE 'UTC') - priority * interval '1 day',
    (due_at AT TIME ZONE 'UTC') - interval '7 days'))::double precision
"""
_ROUTED = """
assignee_id IS NOT NULL OR assignee_team_id IS NOT NULL OR skill IS NOT NULL
OR reserved_for IS NOT NULL
"""


def _index_of_open(name: str, *columns: str, where: str) -> sa.Index:
    """A partial index: its size follows what is left to do."""
    return sa.Index(name, *columns, postgresql_where=sa.text(f"state = 'open' AND {where}"))


class TaskBatch(Identified, Timestamped, Tenant, Base):
    """Tasks that are wanted together. Its priority and deadline are copied to its tasks."""

    __tablename__ = "task_batch"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        sa.UniqueConstraint("project_id", "name"),
    )

    project_id: Mapped[UUID]
    name: Mapped[str]
    priority: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(doc="when its people were told")
    warned_at: Mapped[datetime | None] = mapped_column(doc="the same, of its deadline")


class QueueCap(Identified, Timestamped, Tenant, Base):
    """How many labels a team may make of a project; of a batch, a team or each person. What all
    labelers of a project may do stands in the project, where the claim reads it anyway."""

    __tablename__ = "queue_cap"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        tenant_reference("task_batch", "batch_id"),
        tenant_reference("team", "team_id"),
        sa.UniqueConstraint(
            "project_id", "batch_id", "team_id", postgresql_nulls_not_distinct=True
        ),
        sa.CheckConstraint("batch_id IS NOT NULL OR team_id IS NOT NULL", name="of_something"),
        sa.CheckConstraint("total IS NOT NULL OR daily IS NOT NULL", name="caps_something"),
    )

    project_id: Mapped[UUID]
    batch_id: Mapped[UUID | None] = mapped_column(doc="none: of the whole project")
    team_id: Mapped[UUID | None] = mapped_column(doc="none: each person")
    total: Mapped[int | None]
    daily: Mapped[int | None] = mapped_column(doc="within a day of UTC")


class Task(Identified, Timestamped, Tenant, Base):
    """One unit of one person's work on one asset: a label, or a review of one. `fence` rises by
    one with every grant, whoever gets it."""

    __tablename__ = "task"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("task_batch", "batch_id"),
        tenant_reference("team", "assignee_team_id"),
        sa.CheckConstraint("gold_id IS NULL OR assignee_id IS NOT NULL", name="gold_is_assigned"),
        sa.UniqueConstraint("asset_id", "stage", "step", "slot"),
        sa.CheckConstraint("(reserved_for IS NULL) = (reserved_until IS NULL)", name="reservation"),
        sa.CheckConstraint(
            "region IS NULL OR cardinality(region) > 0 AND cardinality(region) % 4 = 0",
            name="region_is_boxes",
        ),
        # The order of hand-out to everybody.
        _index_of_open(
            "ix_task_hand_out", "project_id", "stage", "rank", "id", where="NOT is_routed"
        ),
        _index_of_open(
            "ix_task_reserved", "reserved_for", "project_id", where="reserved_for IS NOT NULL"
        ),
        _index_of_open(
            "ix_task_reserved_until", "reserved_until", where="reserved_for IS NOT NULL"
        ),
        _index_of_open(
            "ix_task_assigned",
            "assignee_id",
            "project_id",
            "stage",
            "rank",
            where="assignee_id IS NOT NULL",
        ),
        _index_of_open(
            "ix_task_team",
            "assignee_team_id",
            "project_id",
            "stage",
            "rank",
            where="assignee_team_id IS NOT NULL",
        ),
        _index_of_open(
            "ix_task_skilled", "project_id", "stage", "skill", "rank", where="skill IS NOT NULL"
        ),
        sa.Index("ix_task_batch_id", "batch_id", postgresql_where=sa.text("batch_id IS NOT NULL")),
        sa.Index(
            "ix_task_gold",
            "gold_id",
            "assignee_id",
            postgresql_where=sa.text("gold_id IS NOT NULL"),
        ),
        sa.Index("ix_task_project_id_state", "project_id", "state"),
    )

    project_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    stage: Mapped[TaskStage] = mapped_column(
        text_enum(TaskStage, is_checked=False), server_default="label"
    )
    step: Mapped[int] = mapped_column(server_default="0", doc="n for the nth step of review")
    slot: Mapped[int] = mapped_column(server_default="1", doc="which of `slots` opinions")
    slots: Mapped[int] = mapped_column(
        server_default="1", doc="how many people are to label the asset"
    )
    round: Mapped[int] = mapped_column(server_default="1", doc="rises when it is sent back")
    state: Mapped[TaskState] = mapped_column(text_enum(TaskState, is_checked=False))
    subject_version_id: Mapped[UUID | None] = mapped_column(
        doc="what is to be reviewed, what was sent back, or what a model drew beforehand"
    )
    was_taken_back: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="its author took the subject back; nobody sent it back"
    )
    reserved_for: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    reserved_until: Mapped[datetime | None]
    assignee_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    assignee_team_id: Mapped[UUID | None]
    batch_id: Mapped[UUID | None]
    skill: Mapped[str | None] = mapped_column(doc="who has it not is not offered the task")
    priority: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime | None]
    queued_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    rank: Mapped[float] = mapped_column(sa.Double, sa.Computed(_TURN, persisted=True))
    is_routed: Mapped[bool] = mapped_column(sa.Computed(_ROUTED, persisted=True))
    fence: Mapped[int] = mapped_column(sa.BigInteger, server_default="0")
    gold_id: Mapped[UUID | None] = mapped_column(doc="one person's, and invisible to him")
    region: Mapped[list[int] | None] = mapped_column(
        ARRAY(sa.Integer), doc="boxes (x, y, width, height each) to which the question is confined"
    )
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())


class Lease(Identified, TenantByParent, Base):
    """One slot of one task in one person's hands. Times are Postgres' own clock.

    Its task and its holder are checked by a trigger, once for each statement: see decision 24."""

    __tablename__ = "lease"
    __table_args__ = (
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
    holder_id: Mapped[UUID]
    fence: Mapped[int] = mapped_column(sa.BigInteger)
    kind: Mapped[LeaseKind] = mapped_column(text_enum(LeaseKind, is_checked=False))
    granted_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[LeaseOutcome | None] = mapped_column(text_enum(LeaseOutcome, is_checked=False))
    revoked_for: Mapped[Revocation | None] = mapped_column(text_enum(Revocation, is_checked=False))


class TaskSkip(Timestamped, Tenant, Base):
    """Who passed a task over, and why: it is never offered to him again."""

    __tablename__ = "task_skip"
    __table_args__ = (
        tenant_reference("task", "task_id"),
        sa.Index("ix_task_skip_asset_id_user_id", "asset_id", "user_id"),
        sa.Index("ix_task_skip_user_id_created_at", "user_id", "created_at"),
    )

    task_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), primary_key=True)
    asset_id: Mapped[UUID] = mapped_column(doc="none of its tasks is offered to him again")
    reason: Mapped[str]


class TaskQuestion(Identified, Timestamped, Tenant, Base):
    """What somebody asked about a task, which is parked until it is answered."""

    __tablename__ = "task_question"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("task", "task_id"),
        sa.UniqueConstraint("lease_id"),
        sa.Index("ix_task_question_task_id", "task_id"),
        sa.Index(
            "ix_task_question_unanswered",
            "project_id",
            "id",
            postgresql_where=sa.text("answered_at IS NULL"),
        ),
    )

    project_id: Mapped[UUID]
    task_id: Mapped[UUID]
    lease_id: Mapped[UUID]
    asker_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    text: Mapped[str]
    answer: Mapped[str | None]
    answerer_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None]


class MemberSkill(Timestamped, Tenant, Base):
    """What a member can do; tasks that ask for it are offered to him."""

    __tablename__ = "member_skill"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["membership.organization_id", "membership.user_id"],
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("organization_id", "user_id", "skill"),
    )

    user_id: Mapped[UUID]
    skill: Mapped[str]


class Submission(Timestamped, TenantByParent, Base):
    """The answer to a submit, kept under its idempotency key.

    Its lease is checked by a trigger, as that of a question is: see decision 24."""

    __tablename__ = "submission"

    lease_id: Mapped[UUID] = mapped_column(primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(primary_key=True)
    body_sha256: Mapped[bytes]
    answer: Mapped[dict[str, Any]] = mapped_column(JSONB)
