"""`/audit`: who did what."""

import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Response
from pydantic import AwareDatetime

from maskwright.accounts.audit_queries import AuditFilter
from maskwright.accounts.schemas import AuditActionsOut, AuditEventOut
from maskwright.accounts.service import audit_log
from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.kernel.spreadsheets import csv_text

PROBLEMS: dict[ErrorType, Problem] = {}

router = work_router(tags=["organization"])

Begin = Annotated[AwareDatetime | None, Query(alias="from")]
End = Annotated[AwareDatetime | None, Query(alias="to")]
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}


async def _filter(
    action: str | None = None,
    object_type: str | None = None,
    object_id: UUID | None = None,
    actor_id: UUID | None = None,
    begin: Begin = None,
    end: End = None,
) -> AuditFilter:
    # Postgres keeps no NUL, and would refuse to look for one.
    return AuditFilter(
        action=action.replace("\0", "") if action is not None else None,
        object_type=object_type.replace("\0", "") if object_type is not None else None,
        object_id=object_id,
        actor_id=actor_id,
        begin=begin,
        end=end,
    )


Wanted = Annotated[AuditFilter, Depends(_filter)]


@router.get("/audit")
def list_audit_events(
    work: CurrentWork, wanted: Wanted, cursor: Cursor = None, limit: Limit = 50
) -> Page[AuditEventOut]:
    """Who did what, newest first."""
    rows = audit_log.list_audit_events(work, wanted, after=decode_cursor(cursor), limit=limit)
    return Page[AuditEventOut].of(rows, limit, shape=AuditEventOut.of, id_of=lambda row: row[0].id)


@router.get("/audit/actions")
def list_audit_actions(work: CurrentWork) -> AuditActionsOut:
    """Every kind of action that somebody took here."""
    return AuditActionsOut(items=list(audit_log.list_actions(work)))


@router.get("/audit.csv", response_class=Response, responses=_CSV)
def download_audit(work: CurrentWork, wanted: Wanted) -> Response:
    """The same as CSV: the newest 20,000."""
    rows = [
        (
            _moment(event.at),
            name or "",
            str(event.actor_id or ""),
            event.action,
            event.object_type,
            str(event.object_id or ""),
            json.dumps(event.details, ensure_ascii=False),
        )
        for event, name in audit_log.audit_file(work, wanted)
    ]
    header = ["at", "person", "person_id", "action", "object_type", "object_id", "details"]
    return Response(
        csv_text(header, rows),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")
