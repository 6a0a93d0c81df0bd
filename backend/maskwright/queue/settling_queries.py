"""Statements about images whose label came from elsewhere, so that nobody has to make one."""

from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.queue.domain import OpenTask
from maskwright.queue.queries import open_task_of

# The fence rises with every grant: at 0, nobody ever had it.
_STANDS = """
SELECT coalesce(bool_and(fence = 0 AND state IN ('open', 'waiting')), false),
       coalesce(bool_and(state IN ('submitted', 'done')), false)
FROM task
WHERE organization_id = %b AND asset_id = %b AND stage = 'label' AND gold_id IS NULL
  AND state <> 'withdrawn'
"""


def how_it_stands(session: Session, organization_id: UUID, asset_id: UUID) -> tuple[bool, bool]:
    """Whether nobody ever had this image, and whether its labels are all handed in."""
    row = driver_connection(session).execute(_STANDS, (organization_id, asset_id)).fetchone()
    return (False, False) if row is None else (row[0], row[1])


# Of two who come at once, a claim and this, the second finds the row changed.
_SETTLE = """
UPDATE task SET state = CASE slot WHEN 1 THEN 'done' ELSE 'withdrawn' END,
    updated_at = clock_timestamp()
WHERE organization_id = %b AND asset_id = %b AND stage = 'label' AND gold_id IS NULL
  AND fence = 0 AND state IN ('open', 'waiting')
RETURNING project_id, id, stage, rank, is_routed
"""


def settle(session: Session, organization_id: UUID, asset_id: UUID) -> list[OpenTask]:
    """Take an image that nobody had out of the queue as done; none where somebody got it now."""
    rows = driver_connection(session).execute(_SETTLE, (organization_id, asset_id))
    return [open_task_of(row) for row in rows]


_AWAIT = """
INSERT INTO task (id, organization_id, project_id, asset_id, stage, state)
VALUES (%b, %b, %b, %b, 'label', 'waiting')
RETURNING id
"""


def add_waiting_task(
    session: Session, organization_id: UUID, project_id: UUID, asset_id: UUID
) -> UUID:
    """The task of an image that is still being processed: it waits for it, counted nowhere."""
    parameters = (new_id(), organization_id, project_id, asset_id)
    row = driver_connection(session).execute(_AWAIT, parameters).fetchone()
    if row is None:
        raise LookupError("A task was added and is not there.")
    task_id: UUID = row[0]
    return task_id


_ARRIVED = """
UPDATE task SET state = 'done', updated_at = clock_timestamp()
WHERE organization_id = %b AND asset_id = %b AND stage = 'label' AND slot = 1
  AND state = 'waiting'
RETURNING id
"""


def settle_awaited(session: Session, organization_id: UUID, asset_id: UUID) -> bool:
    """Whether the label of an image that became ready came with it: it is done then."""
    parameters = (organization_id, asset_id)
    return driver_connection(session).execute(_ARRIVED, parameters).fetchone() is not None
