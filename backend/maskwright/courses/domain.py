"""Training and exams: when somebody has passed, may try, or has to wait. No I/O."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID


class CourseKind(StrEnum):
    """In the order in which they come."""

    TRAINING = "training"  # told after each image how it went
    EXAM = "exam"  # told at the end


class TryState(StrEnum):
    RUNNING = "running"  # → PASSED, FAILED, CANCELLED
    PASSED = "passed"
    FAILED = "failed"
    CANCELLED = "cancelled"  # the course was switched off


class Standing(StrEnum):
    """Where somebody stands in a course."""

    PASSED = "passed"
    RUNNING = "running"
    MAY_TRY = "may_try"
    WAITING = "waiting"  # the next try is not yet
    NO_TRIES = "no_tries"  # all of them failed


@dataclass(frozen=True, slots=True)
class Course:
    """What a course asks.

    for_skill   it stands before the tasks that need this skill, and no others; whoever wants them
                begins it himself. None: it stands before all of the project's tasks
    tasks       so many golds
    needed      of them have to be passed
    tries       None: as many as he likes
    wait_hours  after a try that failed
    skill       whoever has it has passed; passing gives it
    """

    kind: CourseKind
    is_on: bool = False
    tasks: int = 5
    needed: int = 4
    tries: int | None = None
    wait_hours: int = 0
    skill: str | None = None
    for_skill: str | None = None

    def needed_of(self, tasks: int) -> int:
        """How many have to be passed where there are only so many golds."""
        return ceil(self.needed * tasks / self.tasks)


@dataclass(frozen=True, slots=True)
class History:
    """What a person did in a course so far. Tries that a manager forgave are not in it."""

    has_passed: bool
    running_id: UUID | None
    failed: int
    failed_at: datetime | None

    def standing(self, course: Course, now: datetime) -> Standing:
        if self.has_passed:
            return Standing.PASSED
        if self.running_id is not None:
            return Standing.RUNNING
        if course.tries is not None and self.failed >= course.tries:
            return Standing.NO_TRIES
        retry_at = self.retry_at(course)
        return Standing.MAY_TRY if retry_at is None or retry_at <= now else Standing.WAITING

    def retry_at(self, course: Course) -> datetime | None:
        """When the next try is allowed; None where nothing was failed."""
        if self.failed_at is None:
            return None
        return self.failed_at + timedelta(hours=course.wait_hours)
