"""Steps of review, which labels they want, and what a reviewer may decide. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from uuid import UUID


class Decision(StrEnum):
    APPROVED = "approved"  # the next step that wants it, or done
    REJECTED = "rejected"  # back to its author, then to the same reviewer
    CORRECTED = "corrected"  # the reviewer's own version goes on in its place


class Method(StrEnum):
    """How several people's labels become one."""

    MAJORITY = "majority"  # what more than half marked
    RELIABILITY = "reliability"  # the same, weighted by how near each was to earlier consensus
    STAPLE = "staple"  # truth and everybody's performance estimated together, by EM


@dataclass(frozen=True, slots=True)
class Overlap:
    """How many people label the same image.

    percent         of the images, drawn from their ids
    people          so many are asked at once
    most            while it stays disputed, others are asked one by one, up to so many
    disputed_share  of the marked pixels, from which on it is disputed
    certainty       of a pixel, below which it is
    region_at_most  those who are asked one by one are asked only about what is disputed, where that
                    lies in so much of the image; None: always about all of it
    """

    percent: int
    people: int
    most: int
    method: Method
    disputed_share: float
    certainty: float
    region_at_most: float | None = None

    def wants(self, asset_id: UUID) -> bool:
        """Whether this image is labelled by several."""
        return is_sampled(asset_id, 0, self.percent)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a step is asked about a label that was handed in.

    classes      of the objects that it has
    agreement    of the people whose labels became this one, 0 to 1; None where it is one person's
    model_ious   of each class, its IoU with what a model predicted; empty where none did
    review_percent  of this person's labels, at least so many are looked at, whatever a step says
    """

    asset_id: UUID
    author_id: UUID | None
    team_id: UUID | None
    classes: frozenset[UUID]
    agreement: float | None = None
    model_ious: Mapping[UUID, float] = field(default_factory=dict)
    review_percent: int = 0


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One step of review. A filter that is empty lets everything pass.

    percent   of the labels that pass the filters, so many are looked at
    labelers  only work of these people
    teams     only work of people of these teams
    classes   only labels with an object of one of these classes
    skill     reviewers must have it
    agreement_below   only labels of several people who agreed less than this
    model_iou_below   only labels of which a class (one of `classes`, where there are any) is less
                      like what a model predicted than this
    """

    name: str
    percent: int = 100
    labelers: frozenset[UUID] = frozenset()
    teams: frozenset[UUID] = frozenset()
    classes: frozenset[UUID] = frozenset()
    skill: str | None = None
    agreement_below: float | None = None
    model_iou_below: float | None = None

    def wants(self, facts: Facts, number: int) -> bool:
        """Whether this label is to be looked at in this step, the `number`th of the workflow."""
        passes = (
            (not self.labelers or facts.author_id in self.labelers)
            and (not self.teams or facts.team_id in self.teams)
            and (not self.classes or bool(self.classes & self._classes_seen(facts)))
            and self._is_disputed(facts)
            and self._differs_from_model(facts)
        )
        percent = max(self.percent, facts.review_percent)
        return passes and is_sampled(facts.asset_id, number, percent)

    def _classes_seen(self, facts: Facts) -> frozenset[UUID]:
        """What a model found and the label has not is looked for by its class, too."""
        if self.model_iou_below is None:
            return facts.classes
        return facts.classes | facts.model_ious.keys()

    def _is_disputed(self, facts: Facts) -> bool:
        if self.agreement_below is None:
            return True
        return facts.agreement is not None and facts.agreement < self.agreement_below

    def _differs_from_model(self, facts: Facts) -> bool:
        if self.model_iou_below is None:
            return True
        looked_at = (
            iou
            for class_id, iou in facts.model_ious.items()
            if not self.classes or class_id in self.classes
        )
        return any(iou < self.model_iou_below for iou in looked_at)


@dataclass(frozen=True, slots=True)
class Workflow:
    """What follows a label that is handed in. Without steps it is done."""

    version: int = 0
    steps: tuple[ReviewStep, ...] = ()
    overlap: Overlap | None = None

    @property
    def asks_models(self) -> bool:
        """Whether a step compares labels with what models predict, which takes some reading."""
        return any(step.model_iou_below is not None for step in self.steps)

    def next_step(self, facts: Facts, after: int) -> int | None:
        """The number of the first step behind `after` that wants this label; steps count from 1."""
        for number, step in enumerate(self.steps, start=1):
            if number > after and step.wants(facts, number):
                return number
        return None


def is_sampled(asset_id: UUID, number: int, percent: int) -> bool:
    """Whether an image is among the `percent` of its step.

    Drawn from the image's id, so that it stays the same in every round and whoever asks: who
    hands in again does not escape by luck, and raising the percentage keeps those that were in.
    """
    drawn = sha256(asset_id.bytes + number.to_bytes(2, "big")).digest()
    return int.from_bytes(drawn[:8], "big") < percent / 100 * 2**64
