"""Teams, and how reported time is judged. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class TeamKind(StrEnum):
    IN_HOUSE = "in_house"
    VENDOR = "vendor"
    """another company's people: its members see nobody else's work"""
    ON_DEMAND = "on_demand"


class TimeState(StrEnum):
    """What a stretch of time was. Only `counted` is paid."""

    COUNTED = "counted"
    IDLE = "idle"
    """the tab was visible, without input for over a minute"""
    HIDDEN = "hidden"
    """the tab was not visible"""
    OTHER_TAB = "other_tab"
    """another tab or computer of the same person counted at the same moment"""
    IMPLAUSIBLE = "implausible"
    """more than had passed since the last report, by the server's clock"""


class TimeGrouping(StrEnum):
    PERSON = "person"
    TEAM = "team"
    STAGE = "stage"
    TOOL = "tool"
    DAY = "day"
    ASSET = "asset"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one report: what was done under a lease, with which tool, for how long."""

    lease_id: UUID
    tool: str
    state: TimeState
    ms: int


@dataclass(frozen=True, slots=True)
class TeamMember:
    """One person of a team."""

    user_id: UUID
    name: str
    email: str
    is_lead: bool
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour of a team's counted time costs from `starts_at` on."""

    starts_at: datetime
    hourly: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What time cost in one currency.

    units    so many images (or objects) it paid for: of two teams, each is paid for its own
    objects  so many objects those images hold today; of the total only
    """

    amount: Decimal
    currency: str
    units: int = 0
    objects: int | None = None


@dataclass(frozen=True, slots=True)
class TimeRow:
    """Time of one group. `units` is how many images (or objects) it was spent on."""

    key: str
    name: str
    counted_ms: int
    uncounted_ms: dict[TimeState, int]
    units: int
    costs: tuple[Cost, ...]


def within(segments: Sequence[Segment], available_ms: int) -> list[Segment]:
    """Cut the counted time of a report down to what can have passed.

    Time that was not counted is kept as it was told: nobody gains by it. What is over is cut from
    the end, and kept as `implausible`, so that its owner can see it and ask.
    """
    judged, left_ms = [], max(0, available_ms)
    for segment in segments:
        if segment.state is not TimeState.COUNTED:
            judged.append(segment)
            continue
        kept_ms = min(segment.ms, left_ms)
        left_ms -= kept_ms
        if kept_ms:
            judged.append(replace(segment, ms=kept_ms))
        if segment.ms > kept_ms:
            judged.append(replace(segment, ms=segment.ms - kept_ms, state=TimeState.IMPLAUSIBLE))
    return judged
