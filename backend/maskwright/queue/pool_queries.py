"""What of a project is for everybody: read whole where Redis has to be told of it again."""

from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.queue.domain import TaskStage

Proposal = tuple[str, float]
"""A task's id and its rank, as Redis takes them."""

BEFORE_ALL: Proposal = (str(UUID(int=0)), float("-inf"))

# No column that is not in `ix_task_hand_out`: where the table was vacuumed, the index is enough.
_PROPOSALS = """
SELECT id::text, rank FROM task
WHERE project_id = %(project)s AND stage = %(stage)s AND state = 'open' AND NOT is_routed
  AND (rank, id) > (%(rank)s, %(id)s::uuid)
ORDER BY rank, id
LIMIT %(limit)s
"""


def proposals_page(
    session: Session, project_id: UUID, stage: TaskStage, after: Proposal, limit: int
) -> list[Proposal]:
    """The next `limit` tasks that are for everybody, in the order of hand-out."""
    task_id, rank = after
    cursor = driver_connection(session).execute(
        _PROPOSALS,
        {"project": project_id, "stage": stage.value, "rank": rank, "id": task_id, "limit": limit},
    )
    found: list[Proposal] = cursor.fetchall()
    return found


_POOLS = """
SELECT t.project_id, t.stage, count(*)
FROM task t JOIN project p ON p.id = t.project_id
WHERE p.state = 'active' AND p.deleted_at IS NULL AND t.state = 'open' AND NOT t.is_routed
GROUP BY t.project_id, t.stage
"""


def pool_sizes(session: Session) -> list[tuple[UUID, TaskStage, int]]:
    """(project, stage, how many tasks can be handed out to everybody), where there are any."""
    rows = driver_connection(session).execute(_POOLS)
    return [(id_, TaskStage(stage), count) for id_, stage, count in rows]
