"""Workflows, verdicts and differences on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    model_validator,
)

from maskwright.accounts.schemas import Line
from maskwright.annotations.schemas import AuthorOut, MaskOut, Milliseconds, ObjectIn
from maskwright.assets.schemas import thumbnail_link
from maskwright.masks.codec import Rle
from maskwright.queue.schemas import RegionBoxOut
from maskwright.reviews.differences import Change, Difference, ObjectDifference
from maskwright.reviews.domain import Decision, Method, Overlap, ReviewStep
from maskwright.reviews.queries import VerdictRow, WaitingReview
from maskwright.settings import Settings

MAX_STEPS = 8
Filter = Annotated[list[UUID], Field(max_length=500)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


Share = Annotated[float, Field(gt=0, le=1)]


class StepIn(_Body):
    """A step of review. An empty filter lets everything pass; of what passes, `percent` is looked
    at, the same images each time.

    agreement_below  only where several people labelled, and agreed (mean IoU) less than this
    model_iou_below  only where a class, one of `classes` where there are any, is less like what a
                     model predicted (IoU) than this; what no model predicted passes not
    """

    name: Line
    percent: Annotated[int, Field(ge=1, le=100)] = 100
    labelers: Filter = Field(default_factory=list)
    teams: Filter = Field(default_factory=list)
    classes: Filter = Field(default_factory=list)
    skill: Line | None = None
    agreement_below: Share | None = None
    model_iou_below: Share | None = None

    def step(self) -> ReviewStep:
        return ReviewStep(
            name=self.name,
            percent=self.percent,
            labelers=frozenset(self.labelers),
            teams=frozenset(self.teams),
            classes=frozenset(self.classes),
            skill=self.skill,
            agreement_below=self.agreement_below,
            model_iou_below=self.model_iou_below,
        )


class OverlapIn(_Body):
    """Several people label the same image, and what most of them say is its label.

    percent         of the images, the same ones each time
    people          are asked at once
    most            while more than `disputed_share` of the marked pixels is disputed, others are
                    asked one by one, up to so many; as many as `people` means: never
    certainty       a pixel is disputed where less is known about it
    region_at_most  those who are asked one by one are asked only about boxes around what is
                    disputed, where these cover at most so much of the image; left out: about all of
                    it
    """

    percent: Annotated[int, Field(ge=1, le=100)] = 100
    people: Annotated[int, Field(ge=2, le=15)] = 3
    most: Annotated[int, Field(ge=2, le=15)] = 3
    method: Method = Method.MAJORITY
    disputed_share: Annotated[float, Field(ge=0, le=1)] = 0.1
    certainty: Annotated[float, Field(gt=0.5, lt=1)] = 0.9
    region_at_most: Share | None = None

    @model_validator(mode="after")
    def _most_is_not_less(self) -> "OverlapIn":
        if self.most < self.people:
            raise ValueError("`most` can't be less than `people`.")
        return self

    def overlap(self) -> Overlap:
        return Overlap(
            percent=self.percent,
            people=self.people,
            most=self.most,
            method=self.method,
            disputed_share=self.disputed_share,
            certainty=self.certainty,
            region_at_most=self.region_at_most,
        )


class WorkflowIn(_Body):
    """`version` is the one that was changed; 0 for a project's first."""

    version: Annotated[int, Field(ge=0)]
    steps: Annotated[list[StepIn], Field(max_length=MAX_STEPS)]
    overlap: OverlapIn | None = None


class WorkflowOut(BaseModel):
    """Without steps and overlap a label is done when it is handed in."""

    version: int
    steps: list[StepIn]
    overlap: OverlapIn | None


class ConsensusOpinionOut(BaseModel):
    """`iou` with the consensus; inside of `region` for somebody who was asked about that only."""

    person: AuthorOut
    version_id: UUID
    iou: float
    region: list[RegionBoxOut] | None


class TieVoteOut(BaseModel):
    answer: str
    people: int


class TieOut(BaseModel):
    """A question whose answer no majority decided. `object_key` is that of the object that it is
    about; null: the image. `chosen` counts, given by whoever came nearest to the consensus; of a
    checklist `votes` are the options that half of the people ticked, which are left out."""

    object_key: UUID | None
    question: str
    votes: list[TieVoteOut]
    chosen: str

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "TieOut":
        votes = [TieVoteOut(answer=answer, people=people) for answer, people in kept["votes"]]
        return cls(
            object_key=kept["object_key"],
            question=kept["question"],
            votes=votes,
            chosen=kept["chosen"],
        )


class ConsensusOut(BaseModel):
    """What several people's labels of an image came to.

    agreement       mean IoU of pairs of people over all things that any of them drew
    kappa           agreement beyond chance, inside the box around each thing
    disputed_share  of the pixels that anybody marked; `disputed` says which
    tied_px         pixels for which exactly half were; they are left out
    ties            questions to which no answer was given more often than any other
    """

    version_id: UUID
    people: int
    method: Method
    agreement: float
    kappa: float
    disputed_share: float
    disputed: MaskOut
    tied_px: int
    ties: list[TieOut]
    created_at: datetime
    opinions: list[ConsensusOpinionOut]


class VerdictIn(_Body):
    """What the reviewer decides.

    comment  what is to be mended; required where it is rejected
    objects  all objects of a correction; masks that did not change may be left out
    """

    fence: int
    decision: Decision
    comment: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=5000, pattern=r"^[^\x00]*$")
    ] = ""
    objects: list[ObjectIn] | None = None
    image_attributes: dict[str, JsonValue] = Field(default_factory=dict)
    active_ms: Milliseconds = 0


class VerdictOut(BaseModel):
    id: UUID
    asset_id: UUID
    review_task_id: UUID
    label_task_id: UUID
    step: int
    round: int
    reviewer: AuthorOut
    decision: Decision
    comment: str
    subject_version_id: UUID
    result_version_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, row: VerdictRow) -> "VerdictOut":
        return cls(
            id=row.id,
            asset_id=row.asset_id,
            review_task_id=row.review_task_id,
            label_task_id=row.label_task_id,
            step=row.step,
            round=row.round,
            reviewer=AuthorOut(id=row.reviewer_id, name=row.reviewer_name),
            decision=row.decision,
            comment=row.comment,
            subject_version_id=row.subject_version_id,
            result_version_id=row.result_version_id,
            created_at=row.created_at,
        )


class VerdictsOut(BaseModel):
    items: list[VerdictOut]


class WaitingAssetOut(BaseModel):
    id: UUID
    name: str
    thumbnail_url: str | None


class WaitingReviewOut(BaseModel):
    """A label that waits for somebody to look at it; `holder` looks at it now."""

    task_id: UUID
    asset: WaitingAssetOut
    step: int
    round: int
    version_id: UUID
    author: AuthorOut | None
    objects: int
    handed_in_at: datetime
    reserved_for: UUID | None
    holder_id: UUID | None
    holder: str | None

    @classmethod
    def of(cls, row: WaitingReview, settings: Settings) -> "WaitingReviewOut":
        thumbnail_url = None
        if row.thumbnail_key is not None:
            thumbnail_url = thumbnail_link(settings, row.asset_id)
        author = None
        if row.author_id is not None and row.author_name is not None:
            author = AuthorOut(id=row.author_id, name=row.author_name)
        return cls(
            task_id=row.task_id,
            asset=WaitingAssetOut(
                id=row.asset_id, name=row.asset_name, thumbnail_url=thumbnail_url
            ),
            step=row.step,
            round=row.round,
            version_id=row.version_id,
            author=author,
            objects=row.object_count,
            handed_in_at=row.handed_in_at,
            reserved_for=row.reserved_for,
            holder_id=row.holder_id,
            holder=row.holder_name,
        )


class ApproveIn(_Body):
    task_ids: Annotated[list[UUID], Field(min_length=1, max_length=500)]


class ApproveOut(BaseModel):
    """Those that somebody holds, that are decided, or that are the caller's own are left out."""

    approved: int


class RegionOut(BaseModel):
    """Pixels of one kind: how many, and which."""

    pixels: int
    mask: MaskOut

    @classmethod
    def of(cls, mask: Rle, pixels: int) -> "RegionOut":
        return cls(pixels=pixels, mask=MaskOut(size=mask.size, counts=mask.counts.decode("ascii")))


class ObjectDifferenceOut(BaseModel):
    key: UUID
    change: Change
    class_before: UUID | None
    class_after: UUID | None
    iou: float
    added_px: int
    removed_px: int
    are_attributes_changed: bool

    @classmethod
    def of(cls, found: ObjectDifference) -> "ObjectDifferenceOut":
        return cls(
            key=found.key,
            change=found.change,
            class_before=found.class_before,
            class_after=found.class_after,
            iou=round(found.iou, 6),
            added_px=found.added_px,
            removed_px=found.removed_px,
            are_attributes_changed=found.are_attributes_changed,
        )


class DifferenceOut(BaseModel):
    """Pixels that are labelled now and were not; were and are not; have another class."""

    added: RegionOut
    removed: RegionOut
    relabelled: RegionOut
    objects: list[ObjectDifferenceOut]

    @classmethod
    def of(cls, found: Difference, areas: dict[str, int]) -> "DifferenceOut":
        return cls(
            added=RegionOut.of(found.added, areas["added"]),
            removed=RegionOut.of(found.removed, areas["removed"]),
            relabelled=RegionOut.of(found.relabelled, areas["relabelled"]),
            objects=[ObjectDifferenceOut.of(each) for each in found.objects],
        )


def stored_step(step: StepIn) -> dict[str, Any]:
    """A step as the workflow's row keeps it."""
    return step.model_dump(mode="json")
