"""Statements about projects in which somebody looks on."""

from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.db.lane import Lane
from maskwright.db.statements import Statement

_IS_WATCHED = Statement("is_watched", "uuid", "SELECT is_watched FROM project WHERE id = $1")


def is_watched(lane: Lane, project_id: UUID) -> bool:
    row = lane.one(_IS_WATCHED, project_id)
    return bool(row and row[0])


# Whoever looks on hands tasks to certain people, whom a claim then asks for.
_WATCH = """
UPDATE project SET is_watched = true, has_routes = true
WHERE id = %b AND NOT (is_watched AND has_routes)
"""


def watch_project(session: Session, project_id: UUID) -> None:
    driver_connection(session).execute(_WATCH, (project_id,))
