"""When somebody gets a gold task, and whether he passed it. No I/O."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from math import floor
from uuid import UUID

_UNITS = 1 << 64


class GoldState(StrEnum):
    ACTIVE = "active"  # → RETIRED
    RETIRED = "retired"  # handed out no more; what was scored by it stays, or is set aside


class AttemptState(StrEnum):
    COUNTED = "counted"  # → SET_ASIDE
    SET_ASIDE = "set_aside"  # the gold was wrong: its score counts for nothing


class Resolution(StrEnum):
    """What became of "this gold is wrong"."""

    KEPT = "kept"
    REPLACED = "replaced"  # by another version; everybody's score is computed anew
    RETIRED = "retired"  # everybody's score is set aside


class Refusal(StrEnum):
    """Why an image can't be a gold."""

    NO_IMAGE = "no-image"
    NO_LABEL = "no-label"
    UNFINISHED = "unfinished"  # somebody works on it, or it is in review
    IS_GOLD = "is-gold"


class FeedbackState(StrEnum):
    NONE = "none"  # no gold, or nothing is told of it
    PENDING = "pending"  # a worker is at it
    SCORED = "scored"


@dataclass(frozen=True, slots=True)
class Mixing:
    """How golds come into a person's work: the first tasks, then a share of them."""

    first_tasks: int = 0
    percent: float = 0.0

    def due(self, turns: int, seed: str) -> int:
        """How many of a person's first `turns` tasks are to be golds.

        After the first ones, every stretch of 100 / percent tasks holds one gold, at a place in it
        that `seed` decides: the share is exact in the long run, and nobody can count on which.
        """
        if turns <= self.first_tasks:
            return turns
        share = min(self.percent, 100.0) / 100
        later = turns - self.first_tasks
        if share <= 0:
            return self.first_tasks
        stretch = floor(later * share)
        # Of the stretches that ended, each gave one; of the one that runs, its place decides.
        placed = stretch + (1 if later > (stretch + _chance(seed, stretch)) / share else 0)
        return self.first_tasks + min(placed, later)

    def wants_gold(self, turns: int, golds: int, seed: str) -> bool:
        """Whether the task after `turns` others, of which `golds` were golds, is to be one.

        What could not be given at its turn (no gold was left) is not made up for later, save
        one, and among the first tasks: many golds in a row would show themselves.
        """
        due = self.due(turns + 1, seed)
        if turns < self.first_tasks or golds == due - 1:
            return golds < due
        return golds < due and due > self.due(turns, seed)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a project uses its golds.

    pass_iou          the least mean IoU over classes
    pass_distance_px  the most that edges may lie apart on average, where it matters
    shows_feedback    who handed a gold in is shown how he did, at once
    may_repeat        a gold comes again to who had all of them
    """

    first_tasks: int = 0
    percent: float = 0.0
    pass_iou: float = 0.8
    pass_distance_px: float | None = None
    shows_feedback: bool = False
    may_repeat: bool = False


def seed_of(project_id: UUID, person_id: UUID) -> str:
    return f"{project_id}/{person_id}"


def _chance(seed: str, number: int) -> float:
    """In [0, 1), the same for the same."""
    digest = sha256(f"{seed}/{number}".encode()).digest()
    return int.from_bytes(digest[:8]) / _UNITS
