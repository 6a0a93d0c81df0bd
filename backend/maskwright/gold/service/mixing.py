"""Golds come into people's work unseen."""

from uuid import UUID

from maskwright.gold import mixing_queries as queries
from maskwright.gold.domain import seed_of
from maskwright.work import Work


def plant_if_due(work: Work, project_id: UUID) -> None:
    """Where the caller's next task of labeling is to be a gold, add it for him: the claim finds
    what is assigned to him before it looks at what is for everybody."""
    actor = work.actor
    turn = queries.turn_of(work.lane, project_id, actor.person_id)
    if turn is None:
        return
    seed = seed_of(project_id, actor.person_id)
    if turn.mixing.wants_gold(turn.turns, turn.golds, seed):
        queries.plant_gold(
            work.lane, project_id, actor.organization_id, actor.person_id, turn.golds
        )


def count_turn(work: Work, project_id: UUID) -> None:
    """The caller was handed one more task."""
    actor = work.actor
    queries.count_turn(work.lane, project_id, actor.organization_id, actor.person_id)
