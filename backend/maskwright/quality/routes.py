"""`/projects/{project}/pauses`, `/projects/{project}/quality-rules` and what rules did."""

from typing import Any
from uuid import UUID

from fastapi import Response

from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.kernel.spreadsheets import csv_text
from maskwright.quality.errors import (
    FiringNotFound,
    NotAWorker,
    NothingToUndo,
    OwnPause,
    PersonPaused,
    RuleNotFound,
)
from maskwright.quality.schemas import (
    SHEET_HEADER,
    FiringOut,
    PauseIn,
    PauseOut,
    PausesOut,
    RuleIO,
    RuleOut,
    RulesOut,
    TrialOut,
    WouldFireOut,
    sheet_row,
)
from maskwright.quality.service import pauses, rules

PROBLEMS: dict[ErrorType, Problem] = {
    RuleNotFound: Problem(404, "rule-not-found"),
    FiringNotFound: Problem(404, "rule-firing-not-found"),
    OwnPause: Problem(403, "own-pause"),
    PersonPaused: Problem(409, "person-paused"),
    NothingToUndo: Problem(409, "nothing-to-undo"),
    NotAWorker: Problem(422, "not-a-worker"),
}

router = work_router(tags=["quality"])

#: A sheet holds so many entries at most, the newest ones.
_SHEET_ROWS = 10_000
_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}


@router.get("/projects/{project_id}/pauses")
def list_pauses(work: CurrentWork, project_id: UUID) -> PausesOut:
    """Who gets no tasks of the project now, the last paused first."""
    return PausesOut(items=[PauseOut.of(row) for row in pauses.list_pauses(work, project_id)])


@router.put("/projects/{project_id}/pauses/{user_id}", status_code=204)
def pause_person(work: CurrentWork, project_id: UUID, user_id: UUID, body: PauseIn) -> None:
    """Give this person no more tasks. What he holds goes back, what he drew is kept."""
    pauses.pause_person(work, project_id, user_id, reason=body.reason, until=body.until)


@router.delete("/projects/{project_id}/pauses/{user_id}", status_code=204)
def resume_person(work: CurrentWork, project_id: UUID, user_id: UUID) -> None:
    """Let this person go on."""
    pauses.resume_person(work, project_id, user_id)


@router.get("/projects/{project_id}/quality-rules")
def list_rules(work: CurrentWork, project_id: UUID) -> RulesOut:
    return RulesOut(items=[RuleOut.of(row) for row in rules.list_rules(work, project_id)])


@router.post("/projects/{project_id}/quality-rules", status_code=201)
def create_rule(work: CurrentWork, project_id: UUID, body: RuleIO) -> RuleOut:
    """It looks at each person after his next task, and at what he did before, too."""
    return RuleOut.of(rules.create_rule(work, project_id, body.rule()))


@router.post("/projects/{project_id}/quality-rules/try")
def try_rule(work: CurrentWork, project_id: UUID, body: RuleIO) -> TrialOut:
    """Whom this rule would have met during the last 30 days. Nothing is changed."""
    found, is_whole = rules.try_rule(work, project_id, body.rule())
    return TrialOut(is_whole=is_whole, items=[WouldFireOut.of(each) for each in found])


@router.put("/quality-rules/{rule_id}")
def change_rule(work: CurrentWork, rule_id: UUID, body: RuleIO) -> RuleOut:
    """Replace a rule. What it did stays, with the rule as it was then."""
    return RuleOut.of(rules.change_rule(work, rule_id, body.rule()))


@router.delete("/quality-rules/{rule_id}", status_code=204)
def delete_rule(work: CurrentWork, rule_id: UUID) -> None:
    """What it did stays in force, and in the history."""
    rules.delete_rule(work, rule_id)


@router.get("/projects/{project_id}/rule-history")
def list_rule_history(
    work: CurrentWork, project_id: UUID, cursor: Cursor = None, limit: Limit = 50
) -> Page[FiringOut]:
    """What rules did, the newest first, with the numbers that they saw."""
    rows = rules.list_firings(work, project_id, after=decode_cursor(cursor), limit=limit)
    return Page[FiringOut].of(rows, limit, shape=FiringOut.of, id_of=lambda row: row.id)


@router.get("/projects/{project_id}/rule-history/csv", response_class=Response, responses=_CSV)
def download_rule_history(work: CurrentWork, project_id: UUID) -> Response:
    """The same as CSV."""
    rows = rules.list_firings(work, project_id, after=None, limit=_SHEET_ROWS)
    return Response(
        csv_text(SHEET_HEADER, [sheet_row(row) for row in rows]),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rule-history.csv"'},
    )


@router.post("/rule-firings/{firing_id}/undo")
def undo_rule_firing(work: CurrentWork, firing_id: UUID) -> FiringOut:
    """Take back what a rule did to a person."""
    return FiringOut.of(rules.undo_firing(work, firing_id))
