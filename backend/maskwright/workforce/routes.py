"""`/teams`, `/me/time` and `/projects/{project_id}/time`."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime

from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.clock import utc_now
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.work import Work
from maskwright.workforce.domain import Rate, TimeGrouping
from maskwright.workforce.errors import (
    NotAMember,
    TeamArchived,
    TeamNameTaken,
    TeamNotFound,
    UnknownLeases,
)
from maskwright.workforce.models import Team
from maskwright.workforce.schemas import (
    RateIn,
    RateOut,
    RatesOut,
    TeamCreate,
    TeamMemberOut,
    TeamMemberPut,
    TeamMembersOut,
    TeamOut,
    TeamPatch,
    TimeReportIn,
    TimeRowOut,
    TimeSheetOut,
    TimeTakenOut,
)
from maskwright.workforce.service import ledger, teams
from maskwright.workforce.service.ledger import TimeSheet
from maskwright.workforce.sheets import csv_of

PROBLEMS: dict[ErrorType, Problem] = {
    TeamNotFound: Problem(404, "team-not-found"),
    TeamNameTaken: Problem(409, "team-name-taken"),
    TeamArchived: Problem(409, "team-archived"),
    NotAMember: Problem(422, "not-a-member"),
    UnknownLeases: Problem(422, "unknown-leases"),
}

_teams = work_router(prefix="/teams", tags=["teams"])
_time = work_router(tags=["time"])

GroupBy = Annotated[TimeGrouping, Query(description="what the rows stand for")]
Begin = Annotated[AwareDatetime | None, Query(alias="from", description="reported from then on")]
End = Annotated[AwareDatetime | None, Query(alias="to", description="reported before then")]

_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}}, "description": "the sheet as CSV"}
}


@_teams.get("")
def list_teams(work: CurrentWork, cursor: Cursor = None, limit: Limit = 50) -> Page[TeamOut]:
    """The organisation's teams, newest first; for a team's lead, his own."""
    found = teams.list_teams(work, after=decode_cursor(cursor), limit=limit)
    counts = teams.member_counts(work, found)
    return Page[TeamOut].of(
        found,
        limit,
        shape=lambda team: TeamOut.of(team, counts.get(team.id, 0)),
        id_of=lambda team: team.id,
    )


@_teams.post("", status_code=201)
def create_team(work: CurrentWork, body: TeamCreate) -> TeamOut:
    return _shape(work, teams.create_team(work, body))


@_teams.patch("/{team_id}")
def change_team(work: CurrentWork, team_id: UUID, body: TeamPatch) -> TeamOut:
    return _shape(work, teams.change_team(work, team_id, body))


@_teams.get("/{team_id}/members")
def list_team_members(work: CurrentWork, team_id: UUID) -> TeamMembersOut:
    """Everybody of a team, leads first."""
    rows = teams.list_team_members(work, team_id)
    return TeamMembersOut(
        items=[
            TeamMemberOut(
                user_id=user.id,
                name=user.name,
                email=user.email,
                is_lead=member.is_lead,
                joined_at=member.joined_at,
            )
            for member, user in rows
        ]
    )


@_teams.put("/{team_id}/members/{user_id}", status_code=204)
def put_team_member(work: CurrentWork, team_id: UUID, user_id: UUID, body: TeamMemberPut) -> None:
    """Add a colleague, or make him lead. From another team he moves."""
    teams.put_member(work, team_id, user_id, is_lead=body.is_lead)


@_teams.delete("/{team_id}/members/{user_id}", status_code=204)
def remove_team_member(work: CurrentWork, team_id: UUID, user_id: UUID) -> None:
    """He stays in the organisation."""
    teams.remove_member(work, team_id, user_id)


@_teams.get("/{team_id}/rates")
def list_rates(work: CurrentWork, team_id: UUID) -> RatesOut:
    """What an hour of the team cost, the newest rate first."""
    return _rates(work, team_id)


@_teams.post("/{team_id}/rates")
def set_rate(work: CurrentWork, team_id: UUID, body: RateIn) -> RatesOut:
    """A rate from a moment on. One that begins at the same moment is replaced."""
    rate = Rate(body.starts_at or utc_now(), body.hourly, body.currency)
    teams.set_rate(work, team_id, rate)
    return _rates(work, team_id)


@_time.post("/me/time")
def report_time(work: CurrentWork, body: TimeReportIn) -> TimeTakenOut:
    """Screen time since the tab's last report. Sending a report again counts it once."""
    taken = ledger.report_time(
        work,
        client_id=body.client_id,
        seq=body.seq,
        segments=[segment.segment() for segment in body.segments],
        ago=timedelta(milliseconds=body.ago_ms),
    )
    return TimeTakenOut(seq=taken.seq, counted_ms=taken.counted_ms, refused_ms=taken.refused_ms)


@_time.get("/me/time")
def read_own_time(
    work: CurrentWork,
    group_by: GroupBy = TimeGrouping.DAY,
    begin: Begin = None,
    end: End = None,
    project_id: UUID | None = None,
) -> TimeSheetOut:
    """The caller's own seconds: counted, and not counted with the reason."""
    return _shape_of_sheet(
        ledger.read_own_time(work, group_by, begin=begin, end=end, project_id=project_id)
    )


@_time.get("/projects/{project_id}/time")
def read_project_time(
    work: CurrentWork,
    project_id: UUID,
    group_by: GroupBy = TimeGrouping.PERSON,
    begin: Begin = None,
    end: End = None,
    team_id: UUID | None = None,
    user_id: UUID | None = None,
) -> TimeSheetOut:
    """Time and cost of a project. A team's lead sees that of his own people."""
    return _shape_of_sheet(_sheet(work, project_id, group_by, begin, end, team_id, user_id))


@_time.get("/projects/{project_id}/time.csv", response_class=Response, responses=_CSV)
def download_project_time(
    work: CurrentWork,
    project_id: UUID,
    group_by: GroupBy = TimeGrouping.PERSON,
    begin: Begin = None,
    end: End = None,
    team_id: UUID | None = None,
    user_id: UUID | None = None,
) -> Response:
    """The same as CSV."""
    sheet = _sheet(work, project_id, group_by, begin, end, team_id, user_id)
    return Response(
        csv_of(sheet, group_by),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="time-by-{group_by}.csv"'},
    )


router = APIRouter()
router.include_router(_teams)
router.include_router(_time)


def _sheet(
    work: Work,
    project_id: UUID,
    group_by: TimeGrouping,
    begin: datetime | None,
    end: datetime | None,
    team_id: UUID | None,
    user_id: UUID | None,
) -> TimeSheet:
    return ledger.read_project_time(
        work, project_id, group_by, begin=begin, end=end, team_id=team_id, user_id=user_id
    )


def _shape(work: Work, team: Team) -> TeamOut:
    return TeamOut.of(team, teams.member_counts(work, [team]).get(team.id, 0))


def _rates(work: Work, team_id: UUID) -> RatesOut:
    return RatesOut(
        items=[
            RateOut(hourly=rate.hourly, currency=rate.currency, starts_at=rate.starts_at)
            for rate in teams.list_rates(work, team_id)
        ]
    )


def _shape_of_sheet(sheet: TimeSheet) -> TimeSheetOut:
    return TimeSheetOut(
        items=[TimeRowOut.of(row) for row in sheet.rows],
        total=TimeRowOut.of(sheet.total),
        objects=sheet.objects,
    )
