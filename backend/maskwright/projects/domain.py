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
    """How many assets of a project stand where. `assets` is the sum of the others."""

    assets: int = 0
    to_label: int = 0
    in_progress: int = 0
    submitted: int = 0
    skipped: int = 0
    processing: int = 0
    failed: int = 0
