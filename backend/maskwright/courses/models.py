"""Courses, people's tries, and the tasks of each."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from maskwright.courses.domain import CourseKind, TryState
from maskwright.db.base import (
    Base,
    Identified,
    Tenant,
    Timestamped,
    tenant_key,
    tenant_reference,
    text_enum,
)


class ProjectCourse(Tenant, Base):
    """What a project asks before it hands out its tasks, or those that need a skill."""

    __tablename__ = "course"
    __table_args__ = (
        tenant_reference("project", "project_id"),
        sa.Index(
            "uq_course_skill",
            "project_id",
            "for_skill",
            unique=True,
            postgresql_where=sa.text("for_skill <> ''"),
        ),
    )

    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    for_skill: Mapped[str] = mapped_column(
        primary_key=True, server_default="", doc="empty: it stands before the whole project"
    )
    kind: Mapped[CourseKind] = mapped_column(text_enum(CourseKind), primary_key=True)
    is_on: Mapped[bool]
    tasks: Mapped[int]
    needed: Mapped[int]
    tries: Mapped[int | None]
    wait_hours: Mapped[int] = mapped_column(server_default="0")
    skill: Mapped[str | None]


class CourseTry(Identified, Timestamped, Tenant, Base):
    """One time that somebody takes a course; or that a manager lets him pass (`granted_by`)."""

    __tablename__ = "course_try"
    __table_args__ = (
        tenant_key(),
        tenant_reference("project", "project_id"),
        sa.UniqueConstraint(
            "project_id", "user_id", "kind", "for_skill", "number", name="uq_course_try_number"
        ),
    )

    project_id: Mapped[UUID]
    kind: Mapped[CourseKind] = mapped_column(text_enum(CourseKind))
    for_skill: Mapped[str] = mapped_column(server_default="")
    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"))
    number: Mapped[int]
    state: Mapped[TryState] = mapped_column(text_enum(TryState))
    tasks: Mapped[int]
    needed: Mapped[int]
    passed: Mapped[int | None]
    granted_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("user_account.id"))
    is_forgiven: Mapped[bool] = mapped_column(
        server_default=sa.false(), doc="a manager gave another try: it does not count as failed"
    )
    finished_at: Mapped[datetime | None]


class CourseTask(Tenant, Base):
    """A gold task that belongs to a try."""

    __tablename__ = "course_task"
    __table_args__ = (
        tenant_reference("task", "task_id"),
        tenant_reference("course_try", "try_id"),
        sa.Index("ix_course_task_try_id", "try_id"),
    )

    task_id: Mapped[UUID] = mapped_column(primary_key=True)
    try_id: Mapped[UUID]
    position: Mapped[int]
