"""Rules, their history and pauses on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from maskwright.annotations.schemas import AuthorOut
from maskwright.quality.domain import Action, Condition, Consequence, Metric, Rule, Seen, WouldFire
from maskwright.quality.pause_queries import PauseRow
from maskwright.quality.rule_queries import FiringRow
from maskwright.quality.service.rules import TRIED_DAYS

Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]+$"),
]
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=500, pattern=r"^[^\x00]*$")
]
_SHARES = (Metric.GOLD_IOU, Metric.REJECTION_RATE, Metric.AGREEMENT, Metric.SKIP_RATE)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PauseIn(_Body):
    """`reason` is what the person reads; without `until` somebody has to let him go on."""

    reason: Annotated[Words, StringConstraints(min_length=1)]
    until: AwareDatetime | None = None


class PauseOut(BaseModel):
    """Somebody who gets no tasks. `by` is null where the rule did it that `rule` names."""

    person: AuthorOut
    reason: str
    until: datetime | None
    since: datetime
    by: str | None
    rule: str | None

    @classmethod
    def of(cls, row: PauseRow) -> Self:
        return cls(
            person=AuthorOut(id=row.user_id, name=row.user_name),
            reason=row.reason,
            until=row.until,
            since=row.created_at,
            by=row.by_name,
            rule=row.rule,
        )


class PausesOut(BaseModel):
    items: list[PauseOut]


class RuleIO(_Body):
    """When something follows from how a person works, and what.

    metric      is bad below the threshold (gold_iou, agreement, task_seconds) or above it (the
                others)
    threshold   0 to 1 for gold_iou, agreement, rejection_rate and skip_rate; pixels or seconds else
    last, days  it looks at so many of his newest observations, or at those of so many days:
                exactly one of the two
    at_least    with fewer observations it says nothing
    pause_days  how long he is paused; null: until somebody lets him go on
    review_percent, skill   what `raise_review` and `remove_skill` need
    message     what the person reads; empty: the rule's name
    """

    name: Line
    is_active: bool = True
    metric: Metric
    threshold: Annotated[float, Field(ge=0, le=100_000)]
    last: Annotated[int, Field(ge=1, le=500)] | None = None
    days: Annotated[int, Field(ge=1, le=90)] | None = None
    at_least: Annotated[int, Field(ge=1, le=500)] = 5
    action: Action
    pause_days: Annotated[int, Field(ge=1, le=365)] | None = None
    review_percent: Annotated[int, Field(ge=1, le=100)] | None = None
    skill: Line | None = None
    tells_managers: bool = True
    tells_lead: bool = False
    tells_labeler: bool = False
    message: Words = ""

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.last is None) == (self.days is None):
            raise ValueError("Say either `last` or `days`.")
        if self.last is not None and self.at_least > self.last:
            raise ValueError("`at_least` can't be more than `last`.")
        if self.metric in _SHARES and self.threshold > 1:
            raise ValueError("This metric's threshold is a share of 1.")
        if self.action is Action.RAISE_REVIEW and self.review_percent is None:
            raise ValueError("Say `review_percent`.")
        if self.action is Action.REMOVE_SKILL and self.skill is None:
            raise ValueError("Say which `skill`.")
        return self

    def rule(self) -> Rule:
        condition = Condition(self.metric, self.threshold, self.last, self.days, self.at_least)
        consequence = Consequence(
            action=self.action,
            pause_days=self.pause_days,
            review_percent=self.review_percent,
            skill=self.skill,
            tells_managers=self.tells_managers,
            tells_lead=self.tells_lead,
            tells_labeler=self.tells_labeler,
            message=self.message,
        )
        return Rule(self.name, self.is_active, condition, consequence)


class RuleOut(RuleIO):
    id: UUID
    created_at: datetime

    @classmethod
    def of(cls, row: object) -> Self:
        return cls.model_validate(row, from_attributes=True)


class RulesOut(BaseModel):
    items: list[RuleOut]


class SeenOut(BaseModel):
    """The numbers that a rule saw: `value` over so many observations of that time."""

    value: float
    observations: int
    first_at: datetime
    last_at: datetime

    @classmethod
    def of(cls, seen: Seen | FiringRow) -> Self:
        return cls.model_validate(seen, from_attributes=True)


class FiringOut(BaseModel):
    """A rule was met. `rule` is the rule as it was then; `is_in_force`: what it did can be taken
    back."""

    id: UUID
    rule_id: UUID
    person: AuthorOut
    rule: RuleIO
    seen: SeenOut
    created_at: datetime
    undone_at: datetime | None
    undone_by: str | None
    is_in_force: bool

    @classmethod
    def of(cls, row: FiringRow) -> Self:
        return cls(
            id=row.id,
            rule_id=row.rule_id,
            person=AuthorOut(id=row.user_id, name=row.user_name),
            rule=RuleIO.model_validate(row.rule),
            seen=SeenOut.of(row),
            created_at=row.created_at,
            undone_at=row.undone_at,
            undone_by=row.undone_by_name,
            is_in_force=row.is_in_force,
        )


class WouldFireOut(BaseModel):
    """Whom the rule would have met, how often, and the numbers of the first time."""

    person: AuthorOut
    times: int
    first: SeenOut

    @classmethod
    def of(cls, found: WouldFire) -> Self:
        return cls(
            person=AuthorOut(id=found.user_id, name=found.user_name),
            times=found.times,
            first=SeenOut.of(found.first),
        )


class TrialOut(BaseModel):
    """`is_whole`: all of these days was looked at; else their newest part."""

    days: int = TRIED_DAYS
    is_whole: bool
    items: list[WouldFireOut]


SHEET_HEADER = (
    "When",
    "Person",
    "Rule",
    "Metric",
    "Threshold",
    "Value",
    "Observations",
    "From",
    "To",
    "Action",
    "Undone at",
    "Undone by",
)


def sheet_row(row: FiringRow) -> list[object]:
    """One line of the history as CSV."""
    rule: Mapping[str, Any] = row.rule
    return [
        row.created_at.isoformat(),
        row.user_name,
        rule["name"],
        rule["metric"],
        rule["threshold"],
        row.value,
        row.observations,
        row.first_at.isoformat(),
        row.last_at.isoformat(),
        rule["action"],
        row.undone_at.isoformat() if row.undone_at else "",
        row.undone_by_name or "",
    ]
