"""What follows a label that was handed in."""

from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.annotations.domain import VersionRef
from maskwright.projects.service import lock_active_project, require_project
from maskwright.queue import flow
from maskwright.queue.domain import TaskRef
from maskwright.reviews import queries
from maskwright.reviews.domain import Workflow
from maskwright.reviews.errors import WorkflowChanged
from maskwright.reviews.schemas import StepIn, WorkflowIn, stored_step
from maskwright.work import Resources, Work


def use_reviews(resources: Resources) -> None:
    """Let this process's queue ask here what follows a label that was handed in."""
    flow.use_workflow(resources, route)


def read_workflow(work: Work, project_id: UUID) -> tuple[int, list[StepIn]]:
    """(version, steps), for everybody who may see the project: labelers know who looks at what."""
    require_project(work, project_id)
    version, steps = queries.workflow_of(work.session, project_id)
    return version, [StepIn.model_validate(step) for step in steps]


def save_workflow(work: Work, project_id: UUID, wanted: WorkflowIn) -> int:
    """Replace the workflow; returns its version. Labels that are in review stay where they are,
    and go on by the new steps. Raises WorkflowChanged where it is not the one that was read."""
    lock_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    steps = [stored_step(step) for step in wanted.steps]
    version = queries.put_workflow(
        work.session,
        project_id,
        was=wanted.version,
        steps=steps,
        person_id=work.actor.person_id,
    )
    if version is None:
        current, _ = queries.workflow_of(work.session, project_id)
        raise WorkflowChanged(version=current)
    record_audit(
        work, "workflow.changed", "project", project_id, {"version": version, "steps": steps}
    )
    return version


def route(work: Work, task: TaskRef, version: VersionRef) -> None:
    """What follows a submit. A label that was sent back goes to the reviewer who did it."""
    if task.round > 1:
        rejected = queries.last_rejection(work.session, task.task_id)
        if rejected is not None:
            step, reviewer_id = rejected
            flow.add_review_task(
                work, task.task_id, version_id=version.id, step=step, reviewer_id=reviewer_id
            )
            return
    advance(work, task.project_id, task.task_id, version.id, after=0)


def advance(
    work: Work, project_id: UUID, label_task_id: UUID, version_id: UUID, *, after: int
) -> None:
    """To the first step behind `after` that wants this version; where none does, it is done."""
    label = queries.facts_of_version(work.session, version_id)
    workflow = _workflow_of(work, project_id)
    number = workflow.next_step(label.facts, after)
    if number is None:
        flow.finish_task(work, label_task_id)
        return
    flow.add_review_task(
        work,
        label_task_id,
        version_id=version_id,
        step=number,
        skill=workflow.steps[number - 1].skill,
    )


def _workflow_of(work: Work, project_id: UUID) -> Workflow:
    version, steps = queries.workflow_of(work.session, project_id)
    return Workflow(version, tuple(StepIn.model_validate(step).step() for step in steps))
