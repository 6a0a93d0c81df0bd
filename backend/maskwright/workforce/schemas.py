"""Teams and time on the wire."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from maskwright.accounts.schemas import Line
from maskwright.workforce.domain import Cost, Segment, TeamKind, TimeRow, TimeState
from maskwright.workforce.models import Team

MAX_SEGMENT_MS = 31 * 24 * 3600 * 1000
_LONGEST_WAIT_MS = 366 * 24 * 3600 * 1000
_REPORTABLE = (TimeState.COUNTED, TimeState.IDLE, TimeState.HIDDEN, TimeState.OTHER_TAB)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TeamCreate(_Body):
    name: Line
    kind: TeamKind = TeamKind.IN_HOUSE


class TeamPatch(_Body):
    name: Line | None = None
    kind: TeamKind | None = None
    is_archived: bool | None = None


class TeamOut(BaseModel):
    id: UUID
    name: str
    kind: TeamKind
    members: int
    created_at: datetime
    archived_at: datetime | None

    @classmethod
    def of(cls, team: Team, members: int) -> "TeamOut":
        return cls(
            id=team.id,
            name=team.name,
            kind=team.kind,
            members=members,
            created_at=team.created_at,
            archived_at=team.archived_at,
        )


class TeamMemberPut(_Body):
    is_lead: bool = False


class TeamMemberOut(BaseModel):
    user_id: UUID
    name: str
    email: str
    is_lead: bool
    joined_at: datetime


class TeamMembersOut(BaseModel):
    items: list[TeamMemberOut]


class RateIn(_Body):
    """What an hour of counted time costs from `starts_at` on (now where it is left out)."""

    hourly: Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=4)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    starts_at: AwareDatetime | None = None


class RateOut(BaseModel):
    hourly: Decimal
    currency: str
    starts_at: datetime


class RatesOut(BaseModel):
    items: list[RateOut]


class SegmentIn(_Body):
    """A stretch of time under one lease. `ms` is measured with a clock that only moves forward."""

    lease_id: UUID
    tool: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9._-]{0,63}$")] = "none"
    state: Annotated[TimeState, Field(examples=list(_REPORTABLE))] = TimeState.COUNTED
    ms: Annotated[int, Field(ge=1, le=MAX_SEGMENT_MS)]

    def segment(self) -> Segment:
        return Segment(self.lease_id, self.tool, self.state, self.ms)


class TimeReportIn(_Body):
    """client_id  made by the tab when it opens
    seq        rises with every report; one that is sent again keeps its number
    ago_ms     so long ago its last segment ended, where it waited for the network
    """

    client_id: UUID
    seq: Annotated[int, Field(ge=1, le=2**62)]
    segments: Annotated[list[SegmentIn], Field(max_length=1000)]
    ago_ms: Annotated[int, Field(ge=0, le=_LONGEST_WAIT_MS)] = 0


class TimeTakenOut(BaseModel):
    """`seq` is the last report taken in; it and those before need not be sent again."""

    seq: int
    counted_ms: int
    refused_ms: int


class CostOut(BaseModel):
    """`units` counts what was paid for in this currency: images, or objects of a class. Of the
    total, `objects` is how many those images hold today."""

    amount: Decimal
    currency: str
    units: int
    objects: int | None

    @classmethod
    def of(cls, cost: Cost) -> "CostOut":
        return cls(
            amount=cost.amount, currency=cost.currency, units=cost.units, objects=cost.objects
        )


class TimeRowOut(BaseModel):
    """`units` counts the images of the group; of a class, its objects."""

    key: str
    name: str
    counted_ms: int
    uncounted_ms: dict[TimeState, int]
    units: int
    costs: list[CostOut]

    @classmethod
    def of(cls, row: TimeRow) -> "TimeRowOut":
        return cls(
            key=row.key,
            name=row.name,
            counted_ms=row.counted_ms,
            uncounted_ms=row.uncounted_ms,
            units=row.units,
            costs=[CostOut.of(cost) for cost in row.costs],
        )


class TimeSheetOut(BaseModel):
    """`objects` is how many the images hold today that this time was spent on."""

    items: list[TimeRowOut]
    total: TimeRowOut
    objects: int
