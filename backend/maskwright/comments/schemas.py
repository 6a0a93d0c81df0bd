"""Comments on the wire."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from maskwright.comments.domain import CommentRow, ThreadRow, ThreadState

Text = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=10_000, pattern=r"^[^\x00]+$"
    ),
]
Coordinate = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ThreadIn(_Body):
    """A new conversation. Pinned to a pixel (`x` and `y`), to an object, or to neither: then it is
    about the image as a whole. `task_id` is the labeling task it belongs to: labelers of other
    tasks of the image don't see it."""

    text: Text
    x: Coordinate | None = None
    y: Coordinate | None = None
    object_key: UUID | None = None
    task_id: UUID | None = None


class ReplyIn(_Body):
    text: Text


class ThreadPatch(_Body):
    state: ThreadState


class CommentAuthorOut(BaseModel):
    id: UUID
    name: str


class CommentOut(BaseModel):
    id: UUID
    author: CommentAuthorOut
    text: str
    created_at: datetime

    @classmethod
    def of(cls, row: CommentRow) -> "CommentOut":
        author = CommentAuthorOut(id=row.author_id, name=row.author_name)
        return cls(id=row.id, author=author, text=row.text, created_at=row.created_at)


class CommentedAsset(BaseModel):
    id: UUID
    name: str


class ThreadOut(BaseModel):
    """A conversation; `comments` has all of it, the first one first. `can_resolve`: by you."""

    id: UUID
    project_id: UUID
    asset: CommentedAsset
    task_id: UUID | None
    x: float | None
    y: float | None
    object_key: UUID | None
    state: ThreadState
    resolved_at: datetime | None
    can_resolve: bool
    comments: list[CommentOut]

    @classmethod
    def of(cls, row: ThreadRow, *, can_resolve: bool) -> "ThreadOut":
        return cls(
            id=row.id,
            project_id=row.project_id,
            asset=CommentedAsset(id=row.asset_id, name=row.asset_name),
            task_id=row.task_id,
            x=row.x,
            y=row.y,
            object_key=row.object_key,
            state=row.state,
            resolved_at=row.resolved_at,
            can_resolve=can_resolve,
            comments=[CommentOut.of(comment) for comment in row.comments],
        )
