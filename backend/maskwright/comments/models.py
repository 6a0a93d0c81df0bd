"""Conversations pinned to images, and what was said in them."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.comments.domain import ThreadState
from maskwright.db.base import (
    Base,
    Identified,
    Tenant,
    Timestamped,
    tenant_key,
    tenant_reference,
    text_enum,
)


class CommentThread(Identified, Timestamped, Tenant, Base):
    __tablename__ = "comment_thread"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        tenant_reference("asset", "asset_id"),
        tenant_reference("task", "task_id"),
        sa.Index("ix_comment_thread_asset_id_id", "asset_id", "id"),
        sa.Index("ix_comment_thread_project_id_id", "project_id", "id"),
    )

    project_id: Mapped[UUID]
    asset_id: Mapped[UUID]
    task_id: Mapped[UUID | None]
    x: Mapped[float | None]
    y: Mapped[float | None]
    object_key: Mapped[UUID | None]
    state: Mapped[ThreadState] = mapped_column(text_enum(ThreadState))
    author_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    resolved_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    resolved_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())


class Comment(Identified, Tenant, Base):
    """Never changed: what was said stays said."""

    __tablename__ = "comment"
    __table_args__ = (
        tenant_reference("comment_thread", "thread_id"),
        sa.Index("ix_comment_thread_id_id", "thread_id", "id"),
    )

    thread_id: Mapped[UUID]
    author_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=sa.func.clock_timestamp())
