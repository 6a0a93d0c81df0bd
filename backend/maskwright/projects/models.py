"""Projects."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.db.base import Base, Identified, Tenant, Timestamped, tenant_key, text_enum
from maskwright.projects.domain import Coverage, ProjectState


class Project(Identified, Timestamped, Tenant, Base):
    __tablename__ = "project"
    __table_args__ = (
        tenant_key(),
        sa.Index("ix_project_organization_id_id", "organization_id", "id"),
    )

    name: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    instructions: Mapped[str] = mapped_column(server_default="")
    state: Mapped[ProjectState] = mapped_column(text_enum(ProjectState))
    lease_seconds: Mapped[int]
    coverage: Mapped[Coverage] = mapped_column(
        text_enum(Coverage), server_default=Coverage.NONE.value
    )
    ontology_version: Mapped[int | None] = mapped_column(doc="the current one; none before a save")
    next_class_index: Mapped[int] = mapped_column(server_default="1")
    created_by: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    updated_at: Mapped[datetime] = mapped_column(server_default=sa.func.now())
    deleted_at: Mapped[datetime | None]
    is_anonymous: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="who works on it is told to those only who manage people"
    )
    # What a claim has to look at; it reads the project anyway.
    paused_at: Mapped[datetime | None]
    labeler_cap: Mapped[int | None] = mapped_column(doc="labels of one person, at most")
    labeler_daily_cap: Mapped[int | None] = mapped_column(doc="the same within a day of UTC")
    has_caps: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="caps of teams or batches are set: see `QueueCap`"
    )
    may_take_back: Mapped[bool] = mapped_column(
        server_default=sa.true(), doc="labelers may take back what nobody went on with"
    )
    has_routes: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="some tasks are, or were, for certain people only"
    )
    has_workflow: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="something may follow when a label is handed in"
    )
    prelabel_model_id: Mapped[UUID | None] = mapped_column(
        doc="with whose predictions labelers begin"
    )
    prelabel_confidence: Mapped[float] = mapped_column(
        server_default="0", doc="less certain objects are left out there"
    )
    is_watched: Mapped[bool] = mapped_column(
        server_default=sa.false(),
        doc="golds are used here: labelers see nothing of others",
    )
    is_gated: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="people are, or were, paused, examined or ruled here"
    )
