"""What happens beside people's work in projects that use golds."""

from uuid import UUID

from maskwright.gold.service import mixing, scores
from maskwright.queue.watching import look_on
from maskwright.work import Resources, Work


class GoldOnlooker:
    """Mixes golds in before a claim, and asks a worker to look at what was handed in.

    Of every task, gold or not: a submit that takes longer than others would show which it was.
    """

    def before_claim(self, work: Work, project_id: UUID) -> None:
        mixing.plant_if_due(work, project_id)

    def after_claim(self, work: Work, project_id: UUID) -> None:
        mixing.count_turn(work, project_id)

    def after_work(self, work: Work, project_id: UUID, task_id: UUID) -> None:
        actor = work.actor
        work.enqueue(
            scores.LOOK_JOB,
            scores.look_arguments(actor.organization_id, project_id, task_id, actor.person_id),
        )


def use_golds(resources: Resources) -> None:
    """Let this process's queue mix golds in."""
    look_on(resources, GoldOnlooker())
