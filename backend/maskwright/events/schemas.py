"""Events on the wire."""

from datetime import datetime

from pydantic import BaseModel, Field

from maskwright.projects.schemas import CountsOut
from maskwright.queue.schemas import LabelerProgressOut


class CommentsOut(BaseModel):
    """How the project's conversations stand; `changed_at` moves with everything that is said."""

    open: int
    changed_at: datetime | None


class CountsEvent(BaseModel):
    """The data of an event `counts`."""

    counts: CountsOut
    labelers_counts: CountsOut = Field(exclude=True)
    per_labeler: list[LabelerProgressOut]
    comments: CommentsOut
