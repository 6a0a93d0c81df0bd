"""The lifecycle of a task and of a lease. No I/O. Every arrow is in docs/lifecycle.md."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from maskwright.projects.domain import Counts

SKIPS_UNTIL_TRIAGE = 3
"""So many people must pass a task over before it waits for a manager."""


class TaskStage(StrEnum):
    LABEL = "label"
    REVIEW = "review"


class TaskState(StrEnum):
    WAITING = "waiting"  # a slot or step whose turn has not come → OPEN
    OPEN = "open"  # → IN_PROGRESS on a grant
    IN_PROGRESS = "in_progress"  # → SUBMITTED or DONE; → OPEN on release or expiry; → SKIPPED
    SUBMITTED = "submitted"  # handed in, and the workflow has more to do → DONE; → OPEN as rework
    DONE = "done"  # nothing more to do; → OPEN where somebody sends it back, or IN_PROGRESS again
    PARKED = "parked"  # a question waits for its answer → OPEN
    SKIPPED = "skipped"  # skipped by as many people as the limit says → OPEN by a manager
    WITHDRAWN = "withdrawn"  # its asset was deleted: never handed out, counted nowhere


class LeaseKind(StrEnum):
    LABEL = "label"  # a task that nobody began
    RESUME = "resume"  # the holder's own unfinished work
    REWORK = "rework"  # sent back to who made it
    REVIEW = "review"  # somebody's label, to be judged


class LeaseOutcome(StrEnum):
    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    PARKED = "parked"  # its holder asked a question
    RELEASED = "released"
    EXPIRED = "expired"
    REVOKED = "revoked"  # its holder left, its task was withdrawn, or a manager took it back


class Revocation(StrEnum):
    """Why a lease was taken back; its holder is told."""

    MANAGER = "manager"  # somebody with the right to took this one back
    PAUSE = "pause"  # the project was paused
    ONTOLOGY = "ontology"  # the classes mean something else now; it is kept for its holder
    DELETED = "deleted"  # the image is gone
    PERSON = "person"  # its holder was paused


class TakeBackHindrance(StrEnum):
    """Why a label can't be taken back by who handed it in."""

    NOT_HANDED_IN = "not-handed-in"
    CORRECTED = "corrected"  # a newer version than his own counts
    REVIEWED = "reviewed"
    IN_REVIEW = "in-review"  # somebody reviews it, or began to
    COMPARED = "compared"  # all opinions are in, and are being made one


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that can be handed out, with what orders it.

    rank       its turn, in seconds: less is earlier. A step of priority counts as much as a day
    is_routed  it is for certain people only, and so no candidate for everybody
    """

    project_id: UUID
    task_id: UUID
    stage: TaskStage
    rank: float
    is_routed: bool


@dataclass(frozen=True, slots=True)
class TaskRef:
    """A task as the steps of a workflow see it.

    is_regional  it asks about a part of the image only
    """

    organization_id: UUID
    project_id: UUID
    task_id: UUID
    asset_id: UUID
    stage: TaskStage
    step: int
    slot: int
    round: int
    is_regional: bool = False


@dataclass(frozen=True, slots=True)
class LabelerProgress:
    """What one person did in a project, and what he holds."""

    user_id: UUID
    name: str
    submitted: int
    in_progress: int
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class SkippedTask:
    """A task that enough people passed over, and what the last of them said."""

    task_id: UUID
    asset_id: UUID
    asset_name: str
    skips: int
    user_id: UUID
    user_name: str
    reason: str
    skipped_at: datetime


@dataclass(frozen=True, slots=True)
class LiveLease:
    """A lease as a manager sees it.

    is_held_ready  fetched ahead: its holder has an older one of this stage, which is the open one
    """

    id: UUID
    task_id: UUID
    asset_id: UUID
    asset_name: str
    holder_id: UUID
    holder_name: str
    stage: str
    kind: str
    granted_at: datetime
    expires_at: datetime
    is_held_ready: bool


class Block(StrEnum):
    """What keeps a person from new work."""

    PAUSED = "paused"  # the whole project
    PERSON = "person"  # he himself was
    CAP = "cap"  # he has as much as one person may have
    TEAM_CAP = "team-cap"


@dataclass(frozen=True, slots=True)
class MyWork:
    """One person's day in a project. The day is that of UTC. Where he was paused himself,
    `paused_for` says why."""

    submitted_today: int
    active_ms_today: int
    unfinished: int
    available: bool
    blocked_by: Block | None
    paused_for: str | None = None
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class GoldTasks:
    """A project's golds as tasks: how many people have in hand, park and handed in.

    share  of golds in all that is handed out
    """

    has_workflow: bool
    in_progress: int
    parked: int
    handed_in: int
    share: float

    def hidden_in(self, real: Counts) -> Counts:
        """The project's counts as who gets golds sees them: with each, they move as they do with
        any task. What is left is more from the start, by as many as are to be expected, so that it
        comes to nothing when the images do."""
        images = real.to_label + real.in_progress + real.questions + real.submitted
        expected = round(images * self.share / max(0.01, 1 - self.share))
        left = real.to_label + expected - self.in_progress - self.parked - self.handed_in
        return replace(
            real,
            to_label=max(min(1, real.to_label), left),
            in_progress=real.in_progress + self.in_progress,
            questions=real.questions + self.parked,
            in_review=real.in_review + (self.handed_in if self.has_workflow else 0),
            done=real.done + (0 if self.has_workflow else self.handed_in),
        )
