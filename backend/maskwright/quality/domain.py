"""Rules of quality: when one is met, by what it saw. No I/O."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import fmean, median
from uuid import UUID


class Metric(StrEnum):
    """What a rule looks at. Each is made of observations, one number for each thing that a person
    did or that was said of it."""

    GOLD_IOU = "gold_iou"  # of each gold, 0 to 1
    GOLD_DISTANCE_PX = "gold_distance_px"  # how far edges lie apart in each gold
    REJECTION_RATE = "rejection_rate"  # of each verdict: 1 where the label was sent back
    AGREEMENT = "agreement"  # IoU with what several people came to, of each image
    TASK_SECONDS = "task_seconds"  # of counted time, of each label that was handed in
    SKIP_RATE = "skip_rate"  # of each task: 1 where it was passed over

    @property
    def is_bad_below(self) -> bool:
        """Whether less is worse."""
        return self in (Metric.GOLD_IOU, Metric.AGREEMENT, Metric.TASK_SECONDS)

    def of(self, values: Iterable[float]) -> float:
        """What observations come to: their mean; of times the median, for a break tells nothing."""
        seen = list(values)
        return median(seen) if self is Metric.TASK_SECONDS else fmean(seen)


class Action(StrEnum):
    NOTIFY = "notify"  # tell those whom the rule names, and nothing else
    PAUSE = "pause"  # he gets no tasks of the project
    RAISE_REVIEW = "raise_review"  # more of his labels are looked at
    REMOVE_SKILL = "remove_skill"


@dataclass(frozen=True, slots=True)
class Observation:
    user_id: UUID
    at: datetime
    value: float


@dataclass(frozen=True, slots=True)
class Seen:
    """The numbers by which a condition was met."""

    value: float
    observations: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule is met by a person.

    threshold  a share of 1, pixels or seconds, as the metric is
    last       it looks at so many of his newest observations; or
    days       at those of so many days
    at_least   with fewer it says nothing
    """

    metric: Metric
    threshold: float
    last: int | None
    days: int | None
    at_least: int

    def met_by(self, observations: Sequence[Observation]) -> Seen | None:
        """Whether one person's observations, the oldest first, meet it as they stand."""
        window = self._window(observations)
        if len(window) < self.at_least:
            return None
        value = self.metric.of(each.value for each in window)
        is_met = value < self.threshold if self.metric.is_bad_below else value > self.threshold
        return Seen(value, len(window), window[0].at, window[-1].at) if is_met else None

    def times_met(self, observations: Iterable[Observation], since: datetime) -> list[Seen]:
        """How it would have been met from `since` on, had it been looked at after each of one
        person's observations. What met it once does not meet it again."""
        fresh: deque[Observation] = deque(maxlen=self.last)
        met = []
        for each in observations:
            fresh.append(each)
            if each.at < since:
                continue
            while self.days is not None and fresh[0].at < each.at - timedelta(days=self.days):
                fresh.popleft()
            if (seen := self.met_by(list(fresh))) is not None:
                met.append(seen)
                fresh.clear()
        return met

    def _window(self, observations: Sequence[Observation]) -> Sequence[Observation]:
        if self.last is not None:
            return observations[-self.last :]
        if self.days is None or not observations:
            return observations
        begin = observations[-1].at - timedelta(days=self.days)
        return [each for each in observations if each.at >= begin]


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a rule does where it is met, and whom it tells.

    pause_days      None: until somebody lets him go on
    review_percent  of his labels, so many are looked at from now on
    message         what the person reads; empty: the rule's name
    """

    action: Action
    pause_days: int | None = None
    review_percent: int | None = None
    skill: str | None = None
    tells_managers: bool = True
    tells_lead: bool = False
    tells_labeler: bool = False
    message: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition and what follows from it."""

    name: str
    is_active: bool
    condition: Condition
    consequence: Consequence

    @property
    def words(self) -> str:
        """What its person reads."""
        return self.consequence.message or self.name


@dataclass(frozen=True, slots=True)
class WouldFire:
    """Whom a rule would have met during the time that was looked at."""

    user_id: UUID
    user_name: str
    times: int
    first: Seen
