"""What people just did is looked at here: golds are scored, and rules asked."""

from uuid import UUID

from maskwright.courses.service.finishing import finish_try_of
from maskwright.gold.service.golds import RESCORE_JOB
from maskwright.gold.service.scores import LOOK_JOB
from maskwright.quality.service.applying import apply_rules
from maskwright_workers.celery_app import app
from maskwright_workers.context import work_for


@app.task(name=LOOK_JOB)
def look(organization_id: str, project_id: str, task_id: str, person_id: str) -> None:
    """Look at a task that somebody handed in or skipped, or at what was said of it. Doing it again
    does no harm."""
    from maskwright.gold.run_scores import score_tasks  # noqa: PLC0415 - loads scipy

    with work_for(organization_id) as work:
        score_tasks(work, [UUID(task_id)])
        finish_try_of(work, UUID(task_id))
        apply_rules(work, UUID(project_id), UUID(person_id))


@app.task(name=RESCORE_JOB)
def rescore(organization_id: str, gold_id: str) -> None:
    """Score anew what was handed in for a gold whose answer changed."""
    from maskwright.gold.run_scores import rescore_gold  # noqa: PLC0415 - loads scipy

    with work_for(organization_id) as work:
        rescore_gold(work, UUID(gold_id))
