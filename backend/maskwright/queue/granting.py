"""A lease of one certain task, as each statement ends that gives somebody one."""

from collections.abc import Mapping
from typing import LiteralString
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.queue.queries import GrantRow

_LEASED: LiteralString = """
, granted AS (
    INSERT INTO lease (
        id, organization_id, project_id, task_id, slot, holder_id, fence, kind, granted_at,
        expires_at)
    SELECT %(lease)s, t.organization_id, t.project_id, t.id, 1, %(person)s, t.fence, %(kind)s,
           clock_timestamp(), clock_timestamp() + make_interval(secs => p.lease_seconds)
    FROM taken t JOIN project p ON p.id = t.project_id
    RETURNING *
)
SELECT %(status)s, g.id, g.fence, g.expires_at, p.lease_seconds, t.id, t.asset_id,
       coalesce(p.ontology_version, 0), t.round, t.subject_version_id,
       a.name, a.width, a.height, a.tiles
FROM granted g JOIN taken t ON t.id = g.task_id
JOIN project p ON p.id = t.project_id
JOIN asset a ON a.id = t.asset_id
"""


def grant_taken(
    session: Session,
    taking: LiteralString,
    values: Mapping[str, object],
    *,
    kind: str,
    status: str,
) -> GrantRow | None:
    """Lease what `taking` takes; None where it takes nothing.

    taking  ends in a common table expression `taken` that returns the task
    values  of its parameters, with `person` and `lease`
    kind    of the lease
    status  what the task is handed out as
    """
    parameters = {**values, "kind": kind, "status": status}
    row = driver_connection(session).execute(taking + _LEASED, parameters).fetchone()
    return GrantRow(*row) if row else None


def lock_for_person(session: Session, task_id: UUID, person_id: UUID) -> None:
    """One hand-out of a person at a time, as in `claim_task`, and the task until the transaction
    ends. What was true before the locks need not be true behind them: look in a statement of its
    own."""
    connection = driver_connection(session)
    connection.execute(
        "SELECT pg_advisory_xact_lock(hash_record_extended((t.project_id, %b::uuid), 0))"
        " FROM task t WHERE t.id = %b",
        (person_id, task_id),
    )
    connection.execute("SELECT FROM task WHERE id = %b FOR UPDATE", (task_id,))
