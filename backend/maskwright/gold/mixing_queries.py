"""Statements that mix golds into people's work. They run before and after a claim, on its lane."""

from dataclasses import dataclass
from uuid import UUID

from maskwright.db.lane import Lane
from maskwright.db.statements import Statement
from maskwright.gold.domain import Mixing


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a person stands in a project's mixing."""

    mixing: Mixing
    turns: int
    golds: int


_TURN = Statement(
    "gold_turn",
    "uuid uuid",
    """
    SELECT s.first_tasks, s.percent, coalesce(t.turns, 0), coalesce(t.golds, 0)
    FROM gold_settings s
    LEFT JOIN gold_turn t ON t.project_id = s.project_id AND t.user_id = $2
    WHERE s.project_id = $1 AND (s.first_tasks > 0 OR s.percent > 0)
    """,
)


def turn_of(lane: Lane, project_id: UUID, person_id: UUID) -> Turn | None:
    """None where the project mixes no golds in."""
    row = lane.one(_TURN, project_id, person_id)
    if row is None:
        return None
    first_tasks, percent, turns, golds = row
    return Turn(Mixing(first_tasks, percent), turns, golds)


# A task like the one that he would get otherwise: of its turn, batch, skill and deadline, so that
# nothing that he can ask about tells them apart. Its id begins with the time of the image's own
# task, for a time is what a UUIDv7 begins with. The image is one that he never had before him; of
# the five of those that are as old as what he would get otherwise, or nearest to it, the first in
# an order of his own: an image that is older than all that come with it would be told by its id.
#
# `golds` is written under the condition that it is what was read: of two claims at once one plants.
_PLANT = Statement(
    "plant_gold",
    "uuid uuid uuid int4",
    """
    WITH alike AS (
        SELECT open.*, open.id AS task_id FROM (
            (SELECT t.priority, t.due_at, t.queued_at, t.batch_id, t.skill, t.assignee_team_id,
                    t.rank, t.id
             FROM task t
             WHERE t.project_id = $1 AND t.stage = 'label' AND t.state = 'open' AND NOT t.is_routed
             ORDER BY t.rank, t.id LIMIT 1)
            UNION ALL
            (SELECT t.priority, t.due_at, t.queued_at, t.batch_id, t.skill, t.assignee_team_id,
                    t.rank, t.id
             FROM task t
             WHERE t.project_id = $1 AND t.stage = 'label' AND t.state = 'open'
               AND t.assignee_id = $3 AND t.gold_id IS NULL
             ORDER BY t.rank, t.id LIMIT 1)
            UNION ALL
            (SELECT t.priority, t.due_at, t.queued_at, t.batch_id, t.skill, t.assignee_team_id,
                    t.rank, t.id
             FROM task t
             WHERE t.project_id = $1 AND t.stage = 'label' AND t.state = 'open'
               AND t.assignee_team_id = ANY (teams_of($2, $3)) AND t.assignee_id IS NULL
             ORDER BY t.rank, t.id LIMIT 1)
            UNION ALL
            (SELECT t.priority, t.due_at, t.queued_at, t.batch_id, t.skill, t.assignee_team_id,
                    t.rank, t.id
             FROM task t JOIN member_skill k
               ON k.organization_id = $2 AND k.user_id = $3 AND k.skill = t.skill
             WHERE t.project_id = $1 AND t.stage = 'label' AND t.state = 'open'
               AND t.assignee_id IS NULL AND t.assignee_team_id IS NULL
             ORDER BY t.rank, t.id LIMIT 1)
        ) open ORDER BY rank LIMIT 1
    ), near AS (
        SELECT g.id, g.asset_id, first.id AS first_task_id, had.times
        FROM alike
        JOIN gold g ON g.project_id = $1
        JOIN gold_settings s ON s.project_id = g.project_id
        JOIN asset a ON a.id = g.asset_id AND a.deleted_at IS NULL AND a.state = 'ready'
        JOIN task first ON first.asset_id = g.asset_id AND first.stage = 'label'
            AND first.slot = 1 AND first.step = 0
        CROSS JOIN LATERAL (
            SELECT count(*) AS times, coalesce(bool_or(t.state IN ('open', 'in_progress',
                   'parked')), false) AS is_at_it
            FROM task t WHERE t.gold_id = g.id AND t.assignee_id = $3
        ) had
        WHERE g.project_id = $1 AND g.state = 'active' AND g.is_mixed AND NOT had.is_at_it
          AND (had.times = 0 OR s.may_repeat)
          AND first.state IN ('submitted', 'done')
          AND NOT EXISTS (
              SELECT FROM label l WHERE l.asset_id = g.asset_id AND l.author_id = $3
                AND NOT l.is_gold)
          AND NOT EXISTS (
              SELECT FROM task t JOIN lease l ON l.task_id = t.id AND l.holder_id = $3
              WHERE t.asset_id = g.asset_id AND t.gold_id IS NULL)
          AND NOT EXISTS (
              SELECT FROM task_skip k WHERE k.asset_id = g.asset_id AND k.user_id = $3)
        ORDER BY had.times, abs(extract(epoch FROM
            uuid_extract_timestamp(first.id) - uuid_extract_timestamp(alike.task_id)))
        LIMIT 5
    ), chosen AS (
        SELECT * FROM near ORDER BY times, md5(id::text || $3::text) LIMIT 1
    ), mine AS (
        INSERT INTO gold_turn (organization_id, project_id, user_id, golds)
        SELECT $2, $1, $3, 1 FROM chosen, alike
        ON CONFLICT (project_id, user_id) DO UPDATE SET golds = gold_turn.golds + 1
            WHERE gold_turn.golds = $4
        RETURNING golds
    )
    INSERT INTO task (
        id, organization_id, project_id, asset_id, stage, slot, state, assignee_id,
        assignee_team_id, skill, batch_id, priority, due_at, queued_at, gold_id)
    SELECT (left(replace(first_task_id::text, '-', ''), 12) || '7'
            || substr(replace(gen_random_uuid()::text, '-', ''), 14))::uuid,
           $2, $1, asset_id, 'label', 1000 + floor(random() * 2000000000)::integer, 'open', $3,
           assignee_team_id, skill, batch_id, priority, due_at, queued_at, chosen.id
    FROM chosen, alike
    WHERE EXISTS (SELECT FROM mine)
    RETURNING id
    """,
)


def plant_gold(
    lane: Lane, project_id: UUID, organization_id: UUID, person_id: UUID, golds: int
) -> bool:
    """Add a gold task for this person, who had `golds` so far; whether there was one for him."""
    return lane.one(_PLANT, project_id, organization_id, person_id, golds) is not None


_COUNT_TURN = Statement(
    "count_gold_turn",
    "uuid uuid uuid",
    """
    INSERT INTO gold_turn (organization_id, project_id, user_id, turns) VALUES ($2, $1, $3, 1)
    ON CONFLICT (project_id, user_id) DO UPDATE SET turns = gold_turn.turns + 1
    """,
)


def count_turn(lane: Lane, project_id: UUID, organization_id: UUID, person_id: UUID) -> None:
    lane.run(_COUNT_TURN, project_id, organization_id, person_id)
