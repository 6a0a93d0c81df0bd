"""Workflows, verdicts and differences between versions."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from maskwright.http.dependencies import CurrentWork, Cursor, Limit
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, decode_cursor
from maskwright.reviews.errors import (
    ConsensusNotFound,
    ObjectsMissing,
    ReasonMissing,
    VerdictGiven,
    VersionsNotFound,
    VersionsOfTwoImages,
    WorkflowChanged,
)
from maskwright.reviews.queries import WaitingFilter
from maskwright.reviews.schemas import (
    MAX_STEPS,
    ApproveIn,
    ApproveOut,
    ConsensusOut,
    DifferenceOut,
    VerdictIn,
    VerdictOut,
    VerdictsOut,
    WaitingReviewOut,
    WorkflowIn,
    WorkflowOut,
)
from maskwright.reviews.service import comparing, consensus, verdicts, workflow

PROBLEMS: dict[ErrorType, Problem] = {
    VersionsNotFound: Problem(404, "label-version-not-found"),
    ConsensusNotFound: Problem(404, "consensus-not-found"),
    WorkflowChanged: Problem(409, "workflow-changed"),
    VerdictGiven: Problem(409, "verdict-given"),
    ReasonMissing: Problem(422, "reason-missing"),
    ObjectsMissing: Problem(422, "objects-missing"),
    VersionsOfTwoImages: Problem(422, "versions-of-two-images"),
}

router = work_router(tags=["reviews"])


@router.get("/projects/{project_id}/workflow")
def read_workflow(work: CurrentWork, project_id: UUID) -> WorkflowOut:
    """What follows a label that is handed in."""
    return workflow.read_workflow(work, project_id)


@router.put("/projects/{project_id}/workflow")
def save_workflow(work: CurrentWork, project_id: UUID, body: WorkflowIn) -> WorkflowOut:
    """Replace it. `version` must be the one that was read."""
    workflow.save_workflow(work, project_id, body)
    return workflow.read_workflow(work, project_id)


@router.post("/leases/{lease_id}/verdict")
def decide_review(work: CurrentWork, lease_id: UUID, body: VerdictIn) -> VerdictOut:
    """Approve, send back with a comment, or hand in a correction. The same again does no harm."""
    return VerdictOut.of(verdicts.decide(work, lease_id, body))


@router.get("/assets/{asset_id}/verdicts")
def list_verdicts(work: CurrentWork, asset_id: UUID) -> VerdictsOut:
    """What was decided about an image's labels, the newest first."""
    return VerdictsOut(items=[VerdictOut.of(row) for row in verdicts.list_verdicts(work, asset_id)])


@router.get("/projects/{project_id}/reviews")
def list_waiting_reviews(
    work: CurrentWork,
    project_id: UUID,
    task_id: UUID | None = None,
    step: Annotated[int | None, Query(ge=1, le=MAX_STEPS)] = None,
    author_id: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[WaitingReviewOut]:
    """Labels that wait for a reviewer, or are with one; those asked for first at the top."""
    wanted = WaitingFilter(task_id=task_id, step=step, author_id=author_id)
    rows = verdicts.list_waiting(work, project_id, wanted, after=decode_cursor(cursor), limit=limit)
    return Page[WaitingReviewOut].of(
        rows,
        limit,
        shape=lambda row: WaitingReviewOut.of(row, work.settings),
        id_of=lambda row: row.task_id,
    )


@router.post("/projects/{project_id}/reviews/approve")
def approve_reviews(work: CurrentWork, project_id: UUID, body: ApproveIn) -> ApproveOut:
    """Approve labels without opening them."""
    return ApproveOut(approved=verdicts.approve_many(work, project_id, body.task_ids))


@router.get("/label-versions/{version_id}/difference-from/{earlier_id}")
def compare_versions(work: CurrentWork, version_id: UUID, earlier_id: UUID) -> DifferenceOut:
    """What a version changed in an earlier one of the same image."""
    found = comparing.compare_versions(work, earlier_id, version_id)
    return DifferenceOut.of(found, comparing.areas_of(found))


@router.get(
    "/assets/{asset_id}/consensus",
    responses={404: {"description": "The image was not labelled by several, or not yet by all."}},
)
def read_consensus(work: CurrentWork, asset_id: UUID) -> ConsensusOut:
    """What several people's labels of an image came to, and how far they agreed."""
    return consensus.read_consensus(work, asset_id)
