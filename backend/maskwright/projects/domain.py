"""What a project is, and the states it goes through. No I/O."""

from dataclasses import dataclass
from enum import StrEnum


class ProjectState(StrEnum):
    ACTIVE = "active"  # → ARCHIVED
    ARCHIVED = "archived"  # → ACTIVE, or deleted for good


class Coverage(StrEnum):
    """How much of an image its label must cover before it can be handed in."""

    NONE = "none"
    COMPLETE = "complete"  # the panoptic rule: every pixel of layer 0 belongs to one object


@dataclass(frozen=True, slots=True)
class Counts:
    """How many assets of a project stand where.

    questions  parked until a question is answered
    in_review  handed in, and the workflow has more to do
    done       handed in, and nothing more to do
    """

    to_label: int = 0
    in_progress: int = 0
    questions: int = 0
    in_review: int = 0
    done: int = 0
    skipped: int = 0
    processing: int = 0
    failed: int = 0

    @property
    def submitted(self) -> int:
        """What was handed in, reviewed or not."""
        return self.in_review + self.done

    @property
    def assets(self) -> int:
        return (
            self.to_label
            + self.in_progress
            + self.questions
            + self.submitted
            + self.skipped
            + self.processing
            + self.failed
        )
