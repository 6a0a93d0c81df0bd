"""Conversations about a place on an image. No I/O."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ThreadState(StrEnum):
    OPEN = "open"  # → RESOLVED by its author or a reviewer
    RESOLVED = "resolved"  # → OPEN by the same people


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One thing that somebody said."""

    id: UUID
    author_id: UUID
    author_name: str
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A conversation with all that was said, the first comment first.

    x, y        image pixels; None where it is about an object, or about the image as a whole
    object_key  the object it is about, in whichever version of the label has it
    task_id     the labeling task it belongs to; None where it concerns whoever sees the image
    """

    id: UUID
    project_id: UUID
    asset_id: UUID
    asset_name: str
    task_id: UUID | None
    x: float | None
    y: float | None
    object_key: UUID | None
    state: ThreadState
    author_id: UUID
    resolved_by: UUID | None
    resolved_at: datetime | None
    comments: tuple[CommentRow, ...]


@dataclass(frozen=True, slots=True)
class CommentTally:
    """How a project's conversations stand. `changed_at` moves with everything that is said."""

    open: int = 0
    changed_at: datetime | None = None
