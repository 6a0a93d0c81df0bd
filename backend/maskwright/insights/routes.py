"""`/projects/{project_id}/insights/{report}`."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response
from pydantic import AwareDatetime

from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.insights import service
from maskwright.insights.domain import Bucket, Report
from maskwright.insights.errors import SpanTooLong
from maskwright.insights.schemas import TableOut
from maskwright.kernel.spreadsheets import csv_text

PROBLEMS: dict[ErrorType, Problem] = {SpanTooLong: Problem(422, "span-too-long")}

router = work_router(prefix="/projects/{project_id}/insights", tags=["insights"])

Begin = Annotated[AwareDatetime | None, Query(alias="from")]
End = Annotated[AwareDatetime | None, Query(alias="to")]
Step = Annotated[Bucket, Query(description="of `throughput` and `depth`; begins at UTC's")]
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}


@router.get("/{report}")
def read_report(
    work: CurrentWork,
    project_id: UUID,
    report: Report,
    begin: Begin = None,
    end: End = None,
    bucket: Step = Bucket.DAY,
    team_id: UUID | None = None,
) -> TableOut:
    """One table of a project's past, for its managers; a team's lead sees his own people's."""
    table = service.read_report(
        work, project_id, report, begin=begin, end=end, bucket=bucket, team_id=team_id
    )
    return TableOut.of(report, table)


@router.get("/{report}/csv", response_class=Response, responses=_CSV)
def download_report(
    work: CurrentWork,
    project_id: UUID,
    report: Report,
    begin: Begin = None,
    end: End = None,
    bucket: Step = Bucket.DAY,
    team_id: UUID | None = None,
) -> Response:
    """The same as CSV. Units stand in the header."""
    table = service.read_report(
        work, project_id, report, begin=begin, end=end, bucket=bucket, team_id=team_id
    )
    header = [f"{c.label} ({c.unit})" if c.unit else c.label for c in table.columns]
    return Response(
        csv_text(header, table.rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{report.value}.csv"'},
    )
