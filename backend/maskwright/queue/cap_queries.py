"""Statements about caps of teams and batches. The claim obeys them by `caps_reached`, a function in
the database, which counts as `labels_of` does here."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class WantedCap:
    """How much of a batch, or of the whole project where none is named, a team may do, or each
    person where no team is."""

    batch_id: UUID | None
    team_id: UUID | None
    total: int | None
    daily: int | None


@dataclass(frozen=True, slots=True)
class CapRow:
    """A cap, and how much of it is used. What each person may do is used by nobody alone: there the
    two counts are those of who has most."""

    batch_id: UUID | None
    batch_name: str | None
    team_id: UUID | None
    team_name: str | None
    total: int | None
    daily: int | None
    used: int
    used_today: int


_CAPS = """
SELECT c.batch_id, b.name AS batch_name, c.team_id, team.name AS team_name, c.total, c.daily,
       coalesce(n.used, 0) AS used, coalesce(n.used_today, 0) AS used_today
FROM queue_cap c
LEFT JOIN task_batch b ON b.id = c.batch_id
LEFT JOIN team ON team.id = c.team_id
LEFT JOIN LATERAL (
    SELECT max(labels_of(c.project_id, c.batch_id, people, NULL)) AS used,
           max(labels_of(c.project_id, c.batch_id, people, first_id_of_today())) AS used_today
    FROM (
        SELECT array_agg(m.user_id) AS people FROM team_member m
        WHERE m.organization_id = c.organization_id AND m.team_id = c.team_id
        UNION ALL
        SELECT DISTINCT ARRAY[l.author_id] FROM label l JOIN task t ON t.id = l.task_id
        WHERE c.team_id IS NULL AND t.batch_id = c.batch_id AND l.author_id IS NOT NULL
    ) whose
) n ON true
WHERE c.project_id = %b
ORDER BY b.name NULLS FIRST, team.name NULLS FIRST
"""


def caps_of(session: Session, project_id: UUID) -> list[CapRow]:
    """Those of the whole project first."""
    with driver_connection(session).cursor(row_factory=class_row(CapRow)) as cursor:
        return cursor.execute(_CAPS, (project_id,)).fetchall()


_REPLACE = """
INSERT INTO queue_cap (id, organization_id, project_id, batch_id, team_id, total, daily)
SELECT c.id, p.organization_id, p.id, c.batch_id, c.team_id, c.total, c.daily
FROM project p,
     unnest(%(ids)s::uuid[], %(batches)s::uuid[], %(teams)s::uuid[], %(totals)s::integer[],
            %(dailies)s::integer[]) AS c (id, batch_id, team_id, total, daily)
WHERE p.id = %(project)s
"""


def replace_caps(session: Session, project_id: UUID, caps: Sequence[WantedCap]) -> None:
    """These instead of what was set."""
    connection = driver_connection(session)
    # The project's row is locked: of two managers at once the second replaces what the first set.
    connection.execute("UPDATE project SET has_caps = %b WHERE id = %b", (bool(caps), project_id))
    connection.execute("DELETE FROM queue_cap WHERE project_id = %b", (project_id,))
    connection.execute(
        _REPLACE,
        {
            "project": project_id,
            "ids": [new_id() for _ in caps],
            "batches": [cap.batch_id for cap in caps],
            "teams": [cap.team_id for cap in caps],
            "totals": [cap.total for cap in caps],
            "dailies": [cap.daily for cap in caps],
        },
    )
