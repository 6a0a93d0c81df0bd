"""Every statement about comments."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.accounts.models import User
from maskwright.assets.models import Asset
from maskwright.comments.domain import CommentRow, CommentTally, ThreadRow, ThreadState
from maskwright.comments.models import Comment, CommentThread
from maskwright.projects.models import Project
from maskwright.queue.domain import TaskStage
from maskwright.queue.models import Lease, Task


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose eyes these are. Who labels sees what is said of his own tasks, and to everybody; who
    judges the work of others sees all of it."""

    organization_id: UUID
    user_id: UUID | None
    sees_all: bool


def _visible_to(reader: Reader) -> sa.ColumnElement[bool]:
    own = CommentThread.organization_id == reader.organization_id
    if reader.sees_all:
        return own
    worked_on = sa.exists().where(
        Lease.task_id == CommentThread.task_id, Lease.holder_id == reader.user_id
    )
    mine = CommentThread.author_id == reader.user_id
    # What was said of an image before somebody had it would tell him that others had it before.
    is_watched = sa.exists().where(Project.id == CommentThread.project_id, Project.is_watched)
    to_everybody = sa.and_(CommentThread.task_id.is_(None), ~is_watched)
    return sa.and_(own, sa.or_(to_everybody, mine, worked_on))


def project_of_thread(session: Session, organization_id: UUID, thread_id: UUID) -> UUID | None:
    return session.scalar(
        sa.select(CommentThread.project_id).where(
            CommentThread.organization_id == organization_id, CommentThread.id == thread_id
        )
    )


def find_thread(session: Session, reader: Reader, thread_id: UUID) -> CommentThread | None:
    """A conversation that this reader may know of; nobody else changes it until this work ends."""
    return session.scalar(
        sa.select(CommentThread)
        .join(Asset, Asset.id == CommentThread.asset_id)
        .where(CommentThread.id == thread_id, _visible_to(reader), Asset.deleted_at.is_(None))
        .with_for_update(of=CommentThread)
    )


def labeling_task(session: Session, asset_id: UUID, task_id: UUID) -> UUID | None:
    """The task where it is one of labeling this asset."""
    return session.scalar(
        sa.select(Task.id).where(
            Task.id == task_id, Task.asset_id == asset_id, Task.stage == TaskStage.LABEL
        )
    )


def threads(
    session: Session,
    reader: Reader,
    *,
    asset_id: UUID | None = None,
    project_id: UUID | None = None,
    thread_id: UUID | None = None,
    state: ThreadState | None = None,
    after: UUID | None = None,
    limit: int,
) -> list[ThreadRow]:
    """Conversations of an asset or of a project, newest first, with all that was said in them."""
    statement = (
        sa.select(CommentThread, Asset.name)
        .join(Asset, Asset.id == CommentThread.asset_id)
        .where(_visible_to(reader), Asset.deleted_at.is_(None))
        .order_by(CommentThread.id.desc())
        .limit(limit)
    )
    wanted = (
        (CommentThread.asset_id, asset_id),
        (CommentThread.project_id, project_id),
        (CommentThread.id, thread_id),
        (CommentThread.state, state),
    )
    for column, value in wanted:
        if value is not None:
            statement = statement.where(column == value)
    if after is not None:
        statement = statement.where(CommentThread.id < after)
    rows = session.execute(statement).all()
    said = _comments_of(session, [thread.id for thread, _ in rows])
    return [_thread_row(thread, name, said.get(thread.id, ())) for thread, name in rows]


def _comments_of(
    session: Session, thread_ids: Sequence[UUID]
) -> dict[UUID, tuple[CommentRow, ...]]:
    found: dict[UUID, list[CommentRow]] = {}
    rows = session.execute(
        sa.select(Comment, User.name)
        .join(User, User.id == Comment.author_id)
        .where(Comment.thread_id.in_(thread_ids))
        .order_by(Comment.id)
    )
    for comment, name in rows:
        row = CommentRow(comment.id, comment.author_id, name, comment.text, comment.created_at)
        found.setdefault(comment.thread_id, []).append(row)
    return {thread_id: tuple(comments) for thread_id, comments in found.items()}


def tally(session: Session, project_id: UUID) -> CommentTally:
    """How many conversations of a project are open, and when something was said last."""
    is_open = CommentThread.state == ThreadState.OPEN
    row: Any = session.execute(
        sa.select(sa.func.count().filter(is_open), sa.func.max(CommentThread.changed_at)).where(
            CommentThread.project_id == project_id
        )
    ).one()
    return CommentTally(*row)


def _thread_row(
    thread: CommentThread, asset_name: str, comments: tuple[CommentRow, ...]
) -> ThreadRow:
    return ThreadRow(
        id=thread.id,
        project_id=thread.project_id,
        asset_id=thread.asset_id,
        asset_name=asset_name,
        task_id=thread.task_id,
        x=thread.x,
        y=thread.y,
        object_key=thread.object_key,
        state=thread.state,
        author_id=thread.author_id,
        resolved_by=thread.resolved_by,
        resolved_at=thread.resolved_at,
        comments=comments,
    )


def speakers(session: Session, thread_id: UUID) -> Sequence[UUID]:
    """Everybody who said something in a conversation."""
    statement = sa.select(Comment.author_id).where(Comment.thread_id == thread_id).distinct()
    return session.scalars(statement).all()
