"""The manager's desk, questions and late work on the wire."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from maskwright.queue.cap_queries import CapRow, WantedCap
from maskwright.queue.desk_queries import BatchRow, Picked, QueuedTask
from maskwright.queue.domain import TaskStage, TaskState
from maskwright.queue.question_queries import LateWork, QuestionRow
from maskwright.queue.reasons import Reason, ReasonCode
from maskwright.queue.schemas import LeasedAsset, PersonOut

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]+$"),
]
Prose = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=5000, pattern=r"^[^\x00]+$"),
]
Priority = Annotated[int, Field(ge=-1000, le=1000)]
Cap = Annotated[int, Field(ge=1, le=1_000_000)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class QueueSettingsPatch(_Body):
    """What is left out stays as it is; a cap of null is none."""

    is_paused: bool | None = None
    labeler_cap: Cap | None = None
    labeler_daily_cap: Cap | None = None
    may_take_back: bool | None = None


class NamedOut(BaseModel):
    id: UUID
    name: str


def _named(id_: UUID | None, name: str | None) -> NamedOut | None:
    return None if id_ is None else NamedOut(id=id_, name=name or "")


class CapIn(_Body):
    """A cap of a team, or where none is named of each person; on a batch, or where none is named on
    the whole project. `daily` is within a day of UTC."""

    batch_id: UUID | None = None
    team_id: UUID | None = None
    total: Cap | None = None
    daily: Cap | None = None

    @model_validator(mode="after")
    def _caps_something(self) -> Self:
        if self.batch_id is None and self.team_id is None:
            raise ValueError("Name a team or a batch. What one person may do is a setting.")
        if self.total is None and self.daily is None:
            raise ValueError("Say how many images.")
        return self

    def wanted(self) -> WantedCap:
        return WantedCap(self.batch_id, self.team_id, self.total, self.daily)


class CapsIn(_Body):
    caps: Annotated[list[CapIn], Field(max_length=200)]


class CapOut(BaseModel):
    """`used` and `used_today` are how many labels the team made; where the cap is for each person,
    how many who made most."""

    batch: NamedOut | None
    team: NamedOut | None
    total: int | None
    daily: int | None
    used: int
    used_today: int

    @classmethod
    def of(cls, cap: CapRow) -> Self:
        return cls(
            batch=_named(cap.batch_id, cap.batch_name),
            team=_named(cap.team_id, cap.team_name),
            total=cap.total,
            daily=cap.daily,
            used=cap.used,
            used_today=cap.used_today,
        )


class ReasonOut(BaseModel):
    code: ReasonCode
    sentence: str

    @classmethod
    def of(cls, reason: Reason) -> Self:
        return cls(code=reason.code, sentence=reason.sentence)


class QueuedTaskOut(BaseModel):
    """An open task with all that decides whose turn it is; the first reason weighs most."""

    task_id: UUID
    asset: LeasedAsset
    stage: TaskStage
    round: int
    priority: int
    queued_at: datetime
    due_at: datetime | None
    batch: NamedOut | None
    skill: str | None
    assignee: NamedOut | None
    team: NamedOut | None
    reserved_for: NamedOut | None
    reserved_until: datetime | None
    reasons: list[ReasonOut]

    @classmethod
    def of(cls, task: QueuedTask, reasons: list[Reason]) -> Self:
        return cls(
            task_id=task.task_id,
            asset=LeasedAsset(id=task.asset_id, name=task.asset_name),
            stage=TaskStage(task.stage),
            round=task.round,
            priority=task.priority,
            queued_at=task.queued_at,
            due_at=task.due_at,
            batch=_named(task.batch_id, task.batch_name),
            skill=task.skill,
            assignee=_named(task.assignee_id, task.assignee_name),
            team=_named(task.team_id, task.team_name),
            reserved_for=_named(task.reserved_for, task.reserved_name),
            reserved_until=task.reserved_until,
            reasons=[ReasonOut.of(reason) for reason in reasons],
        )


class WhyOut(BaseModel):
    """Why the caller has this task, or would get it. `ahead` is how many come before it, at most a
    thousand; null where it is not waiting."""

    task_id: UUID
    state: TaskState
    reasons: list[ReasonOut]
    ahead: int | None


class Picking(_Body):
    """Images by their tasks, or by what they are: everything that is set must be so.

    text            a part of the file's name
    metadata        pairs that the image's metadata contain
    class_id        a class that its label has an object of
    max_confidence  a model was at most so sure of an object of it
    """

    task_ids: Annotated[list[UUID], Field(max_length=10_000)] | None = None
    batch_id: UUID | None = None
    text: Line | None = None
    metadata: dict[str, Any] | None = None
    class_id: UUID | None = None
    max_confidence: Annotated[float, Field(ge=0, le=1)] | None = None

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.model_fields_set or all(
            getattr(self, name) is None for name in self.model_fields_set
        ):
            raise ValueError("Say which images are meant.")
        return self

    def picked(self) -> Picked:
        return Picked(**{name: getattr(self, name) for name in type(self).model_fields})


class Arrangement(_Body):
    """What is left out stays as it is; null takes it away. A batch brings its priority and
    deadline, unless others are given."""

    priority: Priority = 0
    due_at: AwareDatetime | None = None
    batch_id: UUID | None = None
    skill: Line | None = None
    assignee_id: UUID | None = None
    team_id: UUID | None = None

    @model_validator(mode="after")
    def _sets_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("Say what is to be changed.")
        return self


class ArrangeIn(_Body):
    pick: Picking
    set: Arrangement


class CountPickedIn(_Body):
    pick: Picking


class PickedOut(BaseModel):
    """How many images a change would be for; what is handed in already is left out."""

    images: int


class ArrangedOut(BaseModel):
    """How many tasks were changed; what is handed in already is left out."""

    changed: int


class BatchCreate(_Body):
    name: Line
    priority: Priority = 0
    due_at: AwareDatetime | None = None


class BatchPatch(_Body):
    name: Line | None = None
    priority: Priority | None = None
    due_at: AwareDatetime | None = None

    def changes(self) -> dict[str, Any]:
        sent = self.model_dump(exclude_unset=True)
        return {key: value for key, value in sent.items() if key == "due_at" or value is not None}


class BatchOut(BaseModel):
    """`open` of its `tasks` wait for somebody, `done` were handed in. `forecast_at` is when the
    last one will be with even chances, at the pace of the last two weeks and after all that comes
    before; one in ten that it is by `forecast_early_at`, nine in ten by `forecast_late_at`. Null
    where there is no pace yet, or nothing left. `is_late`: the even one is past the deadline, or
    the deadline is."""

    id: UUID
    name: str
    priority: int
    due_at: datetime | None
    created_at: datetime
    tasks: int
    open: int
    done: int
    forecast_early_at: datetime | None
    forecast_at: datetime | None
    forecast_late_at: datetime | None
    is_late: bool

    @classmethod
    def of(cls, batch: BatchRow) -> Self:
        return cls.model_validate(batch, from_attributes=True)


class SkillsIn(_Body):
    skills: Annotated[list[Line], Field(max_length=50)]


class MemberSkillsOut(BaseModel):
    user_id: UUID
    skills: list[str]


class AskIn(_Body):
    fence: int
    text: Prose


class AnswerIn(_Body):
    text: Prose


class QuestionOut(BaseModel):
    id: UUID
    task_id: UUID
    asset: LeasedAsset
    asker: PersonOut
    text: str
    asked_at: datetime
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None

    @classmethod
    def of(cls, question: QuestionRow) -> Self:
        return cls(
            id=question.id,
            task_id=question.task_id,
            asset=LeasedAsset(id=question.asset_id, name=question.asset_name),
            asker=PersonOut(id=question.asker_id, name=question.asker_name),
            text=question.text,
            asked_at=question.asked_at,
            answer=question.answer,
            answered_by=question.answerer_name,
            answered_at=question.answered_at,
        )


class LateWorkOut(BaseModel):
    """A version that came after its lease was lost. `lease_id` is the caller's own, where he has
    the image now."""

    version_id: UUID
    task_id: UUID
    asset: LeasedAsset
    author: PersonOut
    objects: int
    created_at: datetime
    lease_id: UUID | None

    @classmethod
    def of(cls, late: LateWork) -> Self:
        return cls(
            version_id=late.version_id,
            task_id=late.task_id,
            asset=LeasedAsset(id=late.asset_id, name=late.asset_name),
            author=PersonOut(id=late.author_id, name=late.author_name),
            objects=late.objects,
            created_at=late.created_at,
            lease_id=late.lease_id,
        )
