"""What happens beside people's work where somebody looks on: pauses are heeded, golds mixed in, and
a worker is asked to look at what was done."""

from uuid import UUID

from maskwright.courses.service.gate import tasks_of_course
from maskwright.gold.service import mixing, scores
from maskwright.quality.service.pauses import refuse_if_paused
from maskwright.queue.domain import TaskStage
from maskwright.queue.watching import OnlyTasks, look_on
from maskwright.work import Resources, Work


class QualityOnlooker:
    """Asks a worker to look at every task, gold or not: a submit that takes longer than others
    would show which it was."""

    def before_claim(self, work: Work, project_id: UUID, stage: TaskStage) -> OnlyTasks | None:
        refuse_if_paused(work, project_id)
        if stage is not TaskStage.LABEL:
            return None
        only = tasks_of_course(work, project_id)
        if only is None:
            mixing.plant_if_due(work, project_id)
        return only

    def after_claim(self, work: Work, project_id: UUID, stage: TaskStage) -> None:
        if stage is TaskStage.LABEL:
            mixing.count_turn(work, project_id)

    def after_work(self, work: Work, project_id: UUID, task_id: UUID, person_id: UUID) -> None:
        arguments = scores.look_arguments(
            work.actor.organization_id, project_id, task_id, person_id
        )
        work.enqueue(scores.LOOK_JOB, arguments)


def use_quality(resources: Resources) -> None:
    """Let this process's queue heed pauses, mix golds in, and have rules looked at."""
    look_on(resources, QualityOnlooker())
