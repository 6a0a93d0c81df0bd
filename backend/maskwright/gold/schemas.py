"""Golds, scores and objections on the wire."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from maskwright.annotations.schemas import AuthorOut, ObjectOut
from maskwright.assets.schemas import thumbnail_link
from maskwright.gold.domain import (
    AttemptState,
    FeedbackState,
    GoldState,
    Refusal,
    Resolution,
    Settings,
)
from maskwright.gold.queries import GoldRow
from maskwright.gold.result_queries import AttemptRow, DayScore, DisputeRow, PersonScore
from maskwright.gold.service.golds import Chosen
from maskwright.gold.service.scores import Comparison, Feedback, OwnScores
from maskwright.reviews.schemas import DifferenceOut
from maskwright.reviews.service.comparing import areas_of
from maskwright.settings import Settings as AppSettings

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GoldSettingsIO(_Body):
    """How golds come into people's work, and when one is passed.

    first_tasks       so many first tasks of each person are golds
    percent           of the tasks after them
    pass_iou          the least mean IoU over classes
    pass_distance_px  the most that edges may lie apart on average; null: it does not matter
    shows_feedback    who handed a gold in is told so, and how he did
    may_repeat        a gold comes again to who had all of them
    """

    first_tasks: Annotated[int, Field(ge=0, le=200)] = 0
    percent: Annotated[float, Field(ge=0, le=50)] = 0
    pass_iou: Share = 0.8
    pass_distance_px: Annotated[float, Field(gt=0, le=1000)] | None = None
    shows_feedback: bool = False
    may_repeat: bool = False

    @classmethod
    def of(cls, settings: Settings) -> "GoldSettingsIO":
        return cls(
            first_tasks=settings.first_tasks,
            percent=settings.percent,
            pass_iou=settings.pass_iou,
            pass_distance_px=settings.pass_distance_px,
            shows_feedback=settings.shows_feedback,
            may_repeat=settings.may_repeat,
        )

    def settings(self) -> Settings:
        return Settings(**self.model_dump())


class GoldsIn(_Body):
    """`is_mixed`: into everyday work; otherwise they are for training and exams only."""

    asset_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)]
    is_mixed: bool = True


class GoldRefusedOut(BaseModel):
    asset_id: UUID
    reason: Refusal


class GoldsMadeOut(BaseModel):
    made: int
    refused: list[GoldRefusedOut]

    @classmethod
    def of(cls, chosen: Chosen) -> "GoldsMadeOut":
        refused = [GoldRefusedOut(asset_id=id_, reason=reason) for id_, reason in chosen.refused]
        return cls(made=chosen.made, refused=refused)


class GoldOut(BaseModel):
    """A gold, and how people did on it. Attempts that were set aside are not counted."""

    id: UUID
    asset_id: UUID
    asset_name: str
    thumbnail_url: str
    version_id: UUID
    state: GoldState
    is_mixed: bool
    for_skill: str | None
    reason: str
    created_at: datetime
    created_by: str
    attempts: int
    passed: int
    mean_iou: float | None
    mean_distance_px: float | None
    disputes: int

    @classmethod
    def of(cls, row: GoldRow, settings: AppSettings) -> "GoldOut":
        return cls(
            id=row.id,
            asset_id=row.asset_id,
            asset_name=row.asset_name,
            thumbnail_url=thumbnail_link(settings, row.asset_id),
            version_id=row.version_id,
            state=GoldState(row.state),
            is_mixed=row.is_mixed,
            for_skill=row.for_skill,
            reason=row.reason,
            created_at=row.created_at,
            created_by=row.created_by,
            attempts=row.attempts,
            passed=row.passed,
            mean_iou=row.mean_iou,
            mean_distance_px=row.mean_distance_px,
            disputes=row.disputes,
        )


class GoldsOut(BaseModel):
    """Those in use first, and of them the hardest."""

    items: list[GoldOut]


class GoldPatch(_Body):
    """`for_skill`: it is for the course that stands before the tasks of this skill."""

    is_mixed: bool
    for_skill: (
        Annotated[
            str,
            StringConstraints(
                strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]+$"
            ),
        ]
        | None
    ) = None

    @model_validator(mode="after")
    def _is_for_one_use(self) -> Self:
        if self.is_mixed and self.for_skill is not None:
            raise ValueError("A gold of everyday work is for no course: leave out `for_skill`.")
        return self


class RetireIn(_Body):
    """`sets_aside`: the gold was wrong, so that what people reached by it counts no longer."""

    reason: Words = ""
    sets_aside: bool = False


class ReplaceIn(_Body):
    """Without a version, the image's label as it counts now."""

    version_id: UUID | None = None


class ClassScoreOut(BaseModel):
    """One class of one image. Distances are between the edges of what was drawn and of what was
    expected; null where one of them has none."""

    class_id: UUID
    iou: float
    drawn_px: int
    expected_px: int
    distance_px: float | None
    distance_p95_px: float | None
    distance_max_px: float | None
    panoptic_quality: float
    matched: int
    made_up: int
    missed: int


class GoldAttemptOut(BaseModel):
    """What somebody handed in for a gold. `iou` is the mean over classes."""

    id: UUID
    gold_id: UUID
    asset_id: UUID
    asset_name: str
    task_id: UUID
    person: AuthorOut
    state: AttemptState
    iou: float
    distance_px: float | None
    panoptic_quality: float | None
    has_passed: bool
    classes: list[ClassScoreOut]
    submitted_at: datetime
    is_disputed: bool

    @classmethod
    def of(cls, row: AttemptRow) -> "GoldAttemptOut":
        return cls(
            id=row.id,
            gold_id=row.gold_id,
            asset_id=row.asset_id,
            asset_name=row.asset_name,
            task_id=row.task_id,
            person=AuthorOut(id=row.user_id, name=row.user_name),
            state=AttemptState(row.state),
            iou=row.iou,
            distance_px=row.distance_px,
            panoptic_quality=row.panoptic_quality,
            has_passed=row.has_passed,
            classes=[ClassScoreOut.model_validate(part) for part in row.parts],
            submitted_at=row.submitted_at,
            is_disputed=row.is_disputed,
        )


class FeedbackOut(BaseModel):
    """`none` also of a gold where the project tells nothing; `pending`: ask again in a moment."""

    state: FeedbackState
    attempt: GoldAttemptOut | None

    @classmethod
    def of(cls, feedback: Feedback) -> "FeedbackOut":
        found = feedback.attempt
        return cls(
            state=feedback.state, attempt=None if found is None else GoldAttemptOut.of(found)
        )


class GoldComparisonOut(BaseModel):
    """An attempt beside the expected answer. In `difference`, what was added is what was drawn too
    much, and what was removed is missing."""

    attempt: GoldAttemptOut
    drawn: list[ObjectOut]
    expected: list[ObjectOut]
    difference: DifferenceOut

    @classmethod
    def of(cls, found: Comparison) -> "GoldComparisonOut":
        return cls(
            attempt=GoldAttemptOut.of(found.attempt),
            drawn=[ObjectOut.of(stored) for stored in found.drawn],
            expected=[ObjectOut.of(stored) for stored in found.expected],
            difference=DifferenceOut.of(found.difference, areas_of(found.difference)),
        )


class GoldMeansOut(BaseModel):
    """Means over attempts; `passed` is null of a class."""

    attempts: int
    passed: int | None
    iou: float
    distance_px: float | None
    panoptic_quality: float | None

    @classmethod
    def of(cls, score: PersonScore) -> "GoldMeansOut":
        return cls(
            attempts=score.attempts,
            passed=score.passed,
            iou=score.iou,
            distance_px=score.distance_px,
            panoptic_quality=score.panoptic_quality,
        )


class ClassMeansOut(GoldMeansOut):
    class_id: UUID


class GoldDayOut(BaseModel):
    """A day of UTC."""

    day: datetime
    attempts: int
    passed: int
    iou: float

    @classmethod
    def of(cls, score: DayScore) -> "GoldDayOut":
        return cls(day=score.day, attempts=score.attempts, passed=score.passed, iou=score.iou)


class GoldPersonOut(BaseModel):
    person: AuthorOut
    over_all: GoldMeansOut
    classes: list[ClassMeansOut]
    days: list[GoldDayOut]


class GoldPeopleOut(BaseModel):
    items: list[GoldPersonOut]

    @classmethod
    def of(cls, scores: list[PersonScore], days: list[DayScore]) -> "GoldPeopleOut":
        return cls(items=_people(scores, days))


def _people(scores: list[PersonScore], days: list[DayScore]) -> list[GoldPersonOut]:
    found: dict[UUID, GoldPersonOut] = {}
    for score in scores:
        if score.class_id is None:
            found[score.user_id] = GoldPersonOut(
                person=AuthorOut(id=score.user_id, name=score.user_name),
                over_all=GoldMeansOut.of(score),
                classes=[],
                days=[GoldDayOut.of(day) for day in days if day.user_id == score.user_id],
            )
        else:
            means = GoldMeansOut.of(score).model_dump()
            found[score.user_id].classes.append(ClassMeansOut(class_id=score.class_id, **means))
    return list(found.values())


class OwnScoresOut(BaseModel):
    """The caller's own. Where the project shows no feedback, nothing of today is in it, nor single
    attempts but those of a training, and of an exam that is over."""

    shows_feedback: bool
    pass_iou: float
    pass_distance_px: float | None
    scores: GoldPersonOut | None
    recent: list[GoldAttemptOut]

    @classmethod
    def of(cls, found: OwnScores) -> "OwnScoresOut":
        people = _people(found.scores, found.days)
        return cls(
            shows_feedback=found.is_told,
            pass_iou=found.settings.pass_iou,
            pass_distance_px=found.settings.pass_distance_px,
            scores=people[0] if people else None,
            recent=[GoldAttemptOut.of(row) for row in found.recent],
        )


class GoldDisputeIn(_Body):
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class ResolveIn(_Body):
    """`version_id`: the new answer where it is replaced; without one, the image's label as it
    counts now."""

    resolution: Resolution
    answer: Words = ""
    version_id: UUID | None = None


class GoldDisputeOut(BaseModel):
    id: UUID
    gold_id: UUID
    attempt_id: UUID
    asset_id: UUID
    asset_name: str
    person: AuthorOut
    text: str
    iou: float
    created_at: datetime
    resolution: Resolution | None
    answer: str
    resolved_at: datetime | None

    @classmethod
    def of(cls, row: DisputeRow) -> "GoldDisputeOut":
        return cls(
            id=row.id,
            gold_id=row.gold_id,
            attempt_id=row.attempt_id,
            asset_id=row.asset_id,
            asset_name=row.asset_name,
            person=AuthorOut(id=row.user_id, name=row.user_name),
            text=row.text,
            iou=row.iou,
            created_at=row.created_at,
            resolution=None if row.resolution is None else Resolution(row.resolution),
            answer=row.answer,
            resolved_at=row.resolved_at,
        )


class GoldDisputesOut(BaseModel):
    """Those that wait for a manager first."""

    items: list[GoldDisputeOut]
