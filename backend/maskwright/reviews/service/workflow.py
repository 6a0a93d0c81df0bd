"""What follows a label that was handed in."""

from dataclasses import replace
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.annotations.domain import VersionRef
from maskwright.projects.service import lock_active_project
from maskwright.queue import flow
from maskwright.queue.domain import TaskRef, TaskState
from maskwright.reviews import consensus_queries, queries
from maskwright.reviews.domain import Overlap, Workflow
from maskwright.reviews.errors import WorkflowChanged
from maskwright.reviews.schemas import (
    OverlapIn,
    StepIn,
    WorkflowIn,
    WorkflowOut,
    stored_step,
)
from maskwright.reviews.service.models import ious_with_model
from maskwright.work import Resources, Work
from maskwright.workforce.service.sight import sight_of

CONSENSUS_JOB = "reviews.consensus"


def use_reviews(resources: Resources) -> None:
    """Let this process's queue ask here what follows a label that was handed in."""
    flow.use_workflow(resources, route)


def read_workflow(work: Work, project_id: UUID) -> WorkflowOut:
    """For everybody who may see the project: labelers know who looks at what. Whom one does not see
    is left out of the filters."""
    sight = sight_of(work, project_id)
    row = queries.workflow_of(work.session, project_id)
    steps = [StepIn.model_validate(step) for step in row.steps]
    for step in steps:
        step.labelers = [person for person in step.labelers if sight.sees(person)]
    return WorkflowOut(
        version=row.version,
        steps=steps,
        overlap=None if row.overlap is None else OverlapIn.model_validate(row.overlap),
    )


def save_workflow(work: Work, project_id: UUID, wanted: WorkflowIn) -> int:
    """Replace the workflow; returns its version. Labels that are in review stay where they are,
    and go on by the new steps. Raises WorkflowChanged where it is not the one that was read."""
    lock_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    steps = [stored_step(step) for step in wanted.steps]
    overlap = None if wanted.overlap is None else wanted.overlap.model_dump(mode="json")
    version = queries.put_workflow(
        work.session,
        project_id,
        was=wanted.version,
        steps=steps,
        overlap=overlap,
        person_id=work.actor.person_id,
    )
    if version is None:
        raise WorkflowChanged(version=queries.workflow_of(work.session, project_id).version)
    record_audit(
        work,
        "workflow.changed",
        "project",
        project_id,
        {"version": version, "steps": steps, "overlap": overlap},
    )
    return version


def route(work: Work, task: TaskRef, version: VersionRef) -> None:
    """What follows a submit. A label that was sent back goes to the reviewer who did it; one of
    several opinions waits for the others."""
    if task.round > 1:
        rejected = queries.last_rejection(work.session, task.task_id)
        if rejected is not None:
            step, reviewer_id = rejected
            flow.add_review_task(
                work, task.task_id, version_id=version.id, step=step, reviewer_id=reviewer_id
            )
            return
    workflow = workflow_of(work, task.project_id)
    if task.is_regional:
        # A part of an image is no label: whatever the workflow says by now, it goes to the others.
        work.enqueue(CONSENSUS_JOB, consensus_arguments(task.organization_id, task.asset_id))
        return
    if workflow.overlap is not None and workflow.overlap.wants(task.asset_id):
        _ask_others(work, task, workflow.overlap)
        return
    advance(work, task.project_id, task.task_id, version.id, after=0)


def _ask_others(work: Work, task: TaskRef, overlap: Overlap) -> None:
    """Open the image for as many people as are wanted; where all handed in, a worker makes their
    labels one. Of two who hand in the last ones at once, the second sees what the first did."""
    there = consensus_queries.lock_slots(work.session, task.asset_id)
    for slot in range(len(there) + 1, overlap.people + 1):
        flow.add_label_slot(work, task.asset_id, slot)
    if len(there) >= overlap.people and all(state == TaskState.SUBMITTED for state in there):
        work.enqueue(CONSENSUS_JOB, consensus_arguments(task.organization_id, task.asset_id))


def consensus_arguments(organization_id: UUID, asset_id: UUID) -> dict[str, object]:
    """What a worker needs to know to make an image's labels one."""
    return {"organization_id": str(organization_id), "asset_id": str(asset_id)}


def advance(
    work: Work, project_id: UUID, label_task_id: UUID, version_id: UUID, *, after: int
) -> None:
    """To the first step behind `after` that wants this version; where none does, it is done."""
    workflow = workflow_of(work, project_id)
    facts = queries.facts_of_version(work.session, version_id).facts
    if workflow.asks_models:
        facts = replace(facts, model_ious=ious_with_model(work, facts.asset_id, version_id))
    number = workflow.next_step(facts, after)
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


def workflow_of(work: Work, project_id: UUID) -> Workflow:
    """As the steps and overlap that it is made of."""
    row = queries.workflow_of(work.session, project_id)
    return Workflow(
        version=row.version,
        steps=tuple(StepIn.model_validate(step).step() for step in row.steps),
        overlap=None if row.overlap is None else OverlapIn.model_validate(row.overlap).overlap(),
    )
