"""The queue on the wire."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from maskwright.annotations.schemas import MAX_MILLISECONDS, Milliseconds, ObjectOut
from maskwright.assets.schemas import TilesOut
from maskwright.masks.codec import Box
from maskwright.projects.models import Project
from maskwright.projects.schemas import CountsOut
from maskwright.queue.domain import (
    Block,
    LabelerProgress,
    LeaseKind,
    LiveLease,
    SkippedTask,
    TakeBackHindrance,
    TaskStage,
    TaskState,
)
from maskwright.queue.take_back_queries import HandedInLabel

Reason = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00]+$"),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NextIn(_Body):
    """Which task is wanted.

    stage     a label to draw, or one to review
    prefetch  one more besides the open one
    exclude   tasks that the caller holds already
    fetch_ms  how long the caller waited for his last image to be ready; the queue hands out so
              many tasks ahead that he need not wait
    """

    stage: TaskStage = TaskStage.LABEL
    prefetch: bool = False
    exclude: Annotated[list[UUID], Field(max_length=100)] = Field(default_factory=list)
    fetch_ms: Annotated[int, Field(ge=0, le=600_000)] = 0


class HeartbeatIn(_Body):
    fence: int
    active_ms: Annotated[int, Field(ge=0, le=MAX_MILLISECONDS)] = 0


class ReleaseIn(_Body):
    fence: int


class SkipIn(_Body):
    fence: int
    reason: Reason


class LeaseOut(BaseModel):
    """`kind` is `resume` for the caller's own earlier work, `rework` for what was sent back to
    him."""

    id: UUID
    fence: int
    expires_at: datetime
    kind: LeaseKind
    lease_seconds: int


class TaskOut(BaseModel):
    id: UUID
    state: TaskState


class RegionBoxOut(BaseModel):
    """A rectangle of whole pixels; `x` and `y` are those of its left and upper edge."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def of(cls, box: Box) -> Self:
        return cls(x=box.x, y=box.y, width=box.width, height=box.height)


class NextTaskTask(TaskOut):
    """`position` of `total`: the project's finished tasks come before it.

    round               rises each time that the label is sent back
    subject_version_id  what is to be reviewed, what was sent back, or what a model drew beforehand
    region              the parts of the image that the task asks about, because people disagree
                        there; null: the whole image. Of other pixels nothing may change: the draft
                        begins with what people agreed on around them
    """

    position: int
    total: int
    stage: TaskStage
    round: int
    subject_version_id: UUID | None
    region: list[RegionBoxOut] | None


class DraftOut(BaseModel):
    """The caller's draft on this task; version 0 and no objects where there is none."""

    version: int
    objects: list[ObjectOut]
    image_attributes: dict[str, Any]
    active_ms: Milliseconds


class NextTaskAsset(BaseModel):
    id: UUID
    name: str
    width: int
    height: int
    image_url: str
    tiles: TilesOut | None


class NextTaskOut(BaseModel):
    """A task in the caller's hands. `last_seq` tells per client what the draft has taken in;
    `leases_at_once` is how many leases he may hold, this one included; `course` is `training` or
    `exam` where the task is one of those, and `position` of `total` is then in it."""

    lease: LeaseOut
    task: NextTaskTask
    asset: NextTaskAsset
    ontology_version: int
    label: DraftOut
    last_seq: dict[str, int]
    leases_at_once: int
    course: str | None


class HeartbeatOut(BaseModel):
    expires_at: datetime


class DraftSavedOut(BaseModel):
    """Everything of this client up to `seq` is kept."""

    version: int
    saved_at: datetime
    seq: int
    expires_at: datetime


class VersionRefOut(BaseModel):
    id: UUID
    number: int


class SubmittedOut(BaseModel):
    label_version: VersionRefOut
    task: TaskOut


class PersonOut(BaseModel):
    id: UUID
    name: str


class LabelerProgressOut(BaseModel):
    user: PersonOut
    submitted: int
    in_progress: int
    last_seen_at: datetime | None

    @classmethod
    def of(cls, progress: LabelerProgress) -> "LabelerProgressOut":
        return cls(
            user=PersonOut(id=progress.user_id, name=progress.name),
            submitted=progress.submitted,
            in_progress=progress.in_progress,
            last_seen_at=progress.last_seen_at,
        )


class LeasedAsset(BaseModel):
    id: UUID
    name: str


class LiveLeaseOut(BaseModel):
    id: UUID
    task_id: UUID
    asset: LeasedAsset
    holder: PersonOut
    stage: TaskStage
    kind: LeaseKind
    granted_at: datetime
    expires_at: datetime
    is_held_ready: bool = Field(description="Fetched ahead; the holder works on an older one.")

    @classmethod
    def of(cls, lease: LiveLease) -> "LiveLeaseOut":
        return cls(
            id=lease.id,
            task_id=lease.task_id,
            asset=LeasedAsset(id=lease.asset_id, name=lease.asset_name),
            holder=PersonOut(id=lease.holder_id, name=lease.holder_name),
            stage=TaskStage(lease.stage),
            kind=LeaseKind(lease.kind),
            granted_at=lease.granted_at,
            expires_at=lease.expires_at,
            is_held_ready=lease.is_held_ready,
        )


class SkippedTaskOut(BaseModel):
    """A task that waits for a manager. `skips` is how many people passed it over; the reason and
    the person are those of the last one."""

    task_id: UUID
    asset: LeasedAsset
    skips: int
    user: PersonOut
    reason: str
    skipped_at: datetime

    @classmethod
    def of(cls, task: SkippedTask) -> "SkippedTaskOut":
        return cls(
            task_id=task.task_id,
            asset=LeasedAsset(id=task.asset_id, name=task.asset_name),
            skips=task.skips,
            user=PersonOut(id=task.user_id, name=task.user_name),
            reason=task.reason,
            skipped_at=task.skipped_at,
        )


class HandedInOut(BaseModel):
    """A label of the caller's in its newest version. `hindrance` is what stands against taking it
    back; null where nothing does."""

    task_id: UUID
    asset: LeasedAsset
    version_id: UUID
    version_number: int
    handed_in_at: datetime
    state: TaskState
    hindrance: TakeBackHindrance | None

    @classmethod
    def of(cls, label: HandedInLabel) -> "HandedInOut":
        return cls(
            task_id=label.task_id,
            asset=LeasedAsset(id=label.asset_id, name=label.asset_name),
            version_id=label.version_id,
            version_number=label.version_number,
            handed_in_at=label.handed_in_at,
            state=TaskState(label.state),
            hindrance=None if label.hindrance is None else TakeBackHindrance(label.hindrance),
        )


class ReturnSkippedIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    task_ids: Annotated[list[UUID], Field(min_length=1, max_length=1000)]


class ReturnSkippedOut(BaseModel):
    """How many tasks wait for a labeler again; others were not skipped any more."""

    returned: int


class QueueSettingsOut(BaseModel):
    """`labeler_cap` is how many labels of the project one person may make, `labeler_daily_cap` how
    many on one day (UTC). `may_take_back`: labelers may take back what they handed in, as long as
    nobody went on with it."""

    is_paused: bool
    paused_at: datetime | None
    labeler_cap: int | None
    labeler_daily_cap: int | None
    may_take_back: bool

    @classmethod
    def of(cls, project: Project) -> Self:
        return cls(
            is_paused=project.paused_at is not None,
            paused_at=project.paused_at,
            labeler_cap=project.labeler_cap,
            labeler_daily_cap=project.labeler_daily_cap,
            may_take_back=project.may_take_back,
        )


class QueueOut(BaseModel):
    """The queue as it stands; at most the 200 newest leases."""

    settings: QueueSettingsOut
    counts: CountsOut
    per_labeler: list[LabelerProgressOut]
    leases: list[LiveLeaseOut]


class MyWorkOut(BaseModel):
    """The caller's own day (UTC) in a project. `available`: there is something for him to do;
    `blocked_by` says what stands against it where something does, and `paused_for` why, where the
    caller himself was paused."""

    submitted_today: int
    active_ms_today: int
    unfinished: int
    available: bool
    blocked_by: Block | None
    paused_for: str | None
    paused_until: datetime | None
