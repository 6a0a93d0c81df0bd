"""`/projects/{project}/queue`, `/projects/{project}/my-work` and `/leases/{lease}`.

The answers of the busiest routes are written as bytes here: a response model would be validated
and encoded once more, which on these paths costs as much as the handler.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Header, Response
from pydantic_core import to_json

from maskwright.annotations.schemas import DraftIn, ObjectOut, SubmitIn
from maskwright.assets.schemas import ImageLinksOut
from maskwright.http.dependencies import CurrentWork, LaneWork, RawBody
from maskwright.http.hot import hot, hot_together
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page
from maskwright.projects.schemas import CountsOut
from maskwright.queue import choosing, handing_in, resuming, service, take_back
from maskwright.queue.claiming_together import Wish, are_left_alone, claim_together
from maskwright.queue.domain import TaskStage, TaskState
from maskwright.queue.errors import (
    IdempotencyKeyReused,
    LeaseLost,
    LeaseNotFound,
    LeaseOfReview,
    OwnLabel,
    ProjectPaused,
    ReviewHeld,
    ReviewKept,
    ReviewOver,
    TakeBackOff,
    TaskNotMovable,
    TooManyHeld,
    WorkGoesOn,
)
from maskwright.queue.handing_out import Claim
from maskwright.queue.schemas import (
    DraftSavedOut,
    HandedInOut,
    HeartbeatIn,
    HeartbeatOut,
    LabelerProgressOut,
    LiveLeaseOut,
    MyWorkOut,
    NextIn,
    NextTaskOut,
    QueueOut,
    QueueSettingsOut,
    ReleaseIn,
    ReturnSkippedIn,
    ReturnSkippedOut,
    SkipIn,
    SkippedTaskOut,
    SubmittedOut,
)
from maskwright.settings import Settings
from maskwright.work import Work

router = work_router(tags=["queue"])

PROBLEMS: dict[ErrorType, Problem] = {
    LeaseNotFound: Problem(404, "lease-not-found"),
    LeaseLost: Problem(409, "lease-lost"),
    LeaseOfReview: Problem(409, "lease-of-review"),
    ProjectPaused: Problem(409, "project-paused"),
    TakeBackOff: Problem(409, "take-back-off"),
    TaskNotMovable: Problem(409, "task-not-movable"),
    WorkGoesOn: Problem(409, "work-goes-on"),
    ReviewOver: Problem(409, "review-over"),
    ReviewHeld: Problem(409, "review-held"),
    ReviewKept: Problem(409, "review-kept"),
    OwnLabel: Problem(409, "own-label"),
    TooManyHeld: Problem(409, "too-many-held"),
    IdempotencyKeyReused: Problem(422, "idempotency-key-reused"),
}


IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=100,
        description="Yours to choose; the same again for the same submission.",
    ),
]


def _claim_together(
    work: Work, requests: Sequence[tuple[Work, Mapping[str, Any]]]
) -> list[Response | None]:
    """Those of several claims for which there is nothing more to be looked at, by one statement."""
    answers: list[Response | None] = [None] * len(requests)
    wishes = {
        at: _wish(mine, asked["project_id"], wanted)
        for at, (mine, asked) in enumerate(requests)
        if (wanted := asked.get("body") or NextIn()).stage is TaskStage.LABEL
    }
    claims = claim_together(work, list(wishes.values()))
    for at, claim in zip(wishes, claims, strict=True):
        if claim is not None:
            answers[at] = _json(_next_task(claim, TaskStage.LABEL, work.settings))
    return answers


def _wish(work: Work, project_id: UUID, wanted: NextIn) -> Wish:
    return Wish(work, project_id, wanted.prefetch, wanted.exclude, wanted.fetch_ms)


@router.post(
    "/projects/{project_id}/queue/next",
    response_model=NextTaskOut,
    responses={204: {"description": "There is nothing for you to do."}},
)
@hot_together(_claim_together, apart=are_left_alone)
def claim_next_task(
    work: LaneWork, project_id: UUID, body: Annotated[NextIn | None, Body()] = None
) -> Response:
    """The caller's own live or unfinished task, else the next one that nobody holds."""
    wanted = body or NextIn()
    service.note_fetch(work, project_id, wanted.fetch_ms)
    claim = service.claim_next_task(
        work,
        project_id,
        prefetch=wanted.prefetch,
        exclude=wanted.exclude,
        stage=wanted.stage,
    )
    if claim is None:
        return Response(status_code=204)
    return _json(_next_task(claim, wanted.stage, work.settings))


@router.post("/leases/{lease_id}/heartbeat", response_model=HeartbeatOut)
@hot
def heartbeat(work: LaneWork, lease_id: UUID, body: HeartbeatIn) -> Response:
    """Keep the lease."""
    expires_at = service.heartbeat(work, lease_id, fence=body.fence, active_ms=body.active_ms)
    return _json({"expires_at": expires_at})


@router.patch("/leases/{lease_id}/draft", response_model=DraftSavedOut)
@hot
def save_draft(work: CurrentWork, lease_id: UUID, body: DraftIn) -> Response:
    """Save changes. A sequence that this client sent before is acknowledged without effect."""
    saved, expires_at = service.save_draft(work, lease_id, body)
    return _json({**asdict(saved), "expires_at": expires_at})


def _submit_together(
    work: Work, requests: Sequence[tuple[Work, Mapping[str, Any]]]
) -> list[Response | None]:
    """Those of several submits that are as they should be, by one statement."""
    sent = [
        handing_in.Sent.of(mine, sent["lease_id"], sent["body"], sent["key"], sent["raw"])
        for mine, sent in requests
    ]
    answers = handing_in.submit_together(work.lane, sent)
    return [None if answer is None else _json(answer) for answer in answers]


@router.post("/leases/{lease_id}/submit", response_model=SubmittedOut)
@hot_together(_submit_together)
def submit_label(
    work: LaneWork,
    lease_id: UUID,
    body: SubmitIn,
    key: IdempotencyKey,
    raw: RawBody,
) -> Response:
    """Hand in the finished label. Send it again with the same key if no answer came."""
    return _json(handing_in.submit(work, lease_id, body, key=key, body=raw))


@router.post("/leases/{lease_id}/skip", status_code=204)
def skip_task(work: CurrentWork, lease_id: UUID, body: SkipIn) -> None:
    """Pass the task over; it is not offered to the caller again."""
    service.skip(work, lease_id, fence=body.fence, reason=body.reason)


@router.post("/leases/{lease_id}/release", status_code=204)
def release_lease(work: CurrentWork, lease_id: UUID, body: ReleaseIn) -> None:
    """Put the task back for anybody. What was saved of it stays the caller's draft."""
    service.release(work, lease_id, fence=body.fence)


@router.get("/projects/{project_id}/queue")
def get_queue(work: CurrentWork, project_id: UUID) -> QueueOut:
    """The queue as it stands."""
    status = service.read_queue(work, project_id)
    return QueueOut(
        settings=QueueSettingsOut.of(status.project),
        counts=CountsOut.of(status.counts),
        per_labeler=[LabelerProgressOut.of(progress) for progress in status.per_labeler],
        leases=[LiveLeaseOut.of(lease) for lease in status.leases],
    )


@router.get("/projects/{project_id}/queue/skipped")
def list_skipped_tasks(work: CurrentWork, project_id: UUID) -> Page[SkippedTaskOut]:
    """Images that enough people passed over, with what the last of them said."""
    return Page(items=[SkippedTaskOut.of(task) for task in service.list_skipped(work, project_id)])


@router.post("/projects/{project_id}/queue/return-skipped")
def return_skipped_tasks(
    work: CurrentWork, project_id: UUID, body: ReturnSkippedIn
) -> ReturnSkippedOut:
    """Hand skipped images out again, also to those who skipped them."""
    return ReturnSkippedOut(returned=service.return_skipped(work, project_id, body.task_ids))


@router.get("/projects/{project_id}/my-work/handed-in")
def list_handed_in(work: CurrentWork, project_id: UUID) -> Page[HandedInOut]:
    """What the caller handed in on this day (UTC), the last first; at most 100."""
    found = take_back.list_handed_in(work, project_id)
    return Page(items=[HandedInOut.of(label) for label in found])


@router.post("/tasks/{task_id}/take-back", response_model=NextTaskOut)
def take_label_back(work: CurrentWork, task_id: UUID) -> Response:
    """Correct what one handed in oneself, as long as nobody reviews it or went on with it."""
    claim = take_back.take_back(work, task_id)
    return _json(_next_task(claim, TaskStage.LABEL, work.settings))


@router.post("/tasks/{task_id}/resume", response_model=NextTaskOut)
def resume_task(work: CurrentWork, task_id: UUID) -> Response:
    """Go on with a task whose lease of yours ran out, where nobody was given it since."""
    stage, claim = resuming.resume(work, task_id)
    return _json(_next_task(claim, stage, work.settings))


@router.post("/tasks/{task_id}/review", response_model=NextTaskOut)
def choose_review(work: CurrentWork, task_id: UUID) -> Response:
    """Review this label, instead of what the queue would hand out next."""
    claim = choosing.choose_review(work, task_id)
    return _json(_next_task(claim, TaskStage.REVIEW, work.settings))


@router.get("/projects/{project_id}/my-work")
def get_my_work(work: CurrentWork, project_id: UUID) -> MyWorkOut:
    """What the caller did today, and whether there is something for him to do."""
    return MyWorkOut(**asdict(service.read_my_work(work, project_id)))


def _json(value: object) -> Response:
    return Response(to_json(value), media_type="application/json")


def _next_task(claim: Claim, stage: TaskStage, settings: Settings) -> dict[str, object]:
    """`NextTaskOut` as JSON values."""
    grant, draft = claim.grant, claim.draft
    links = ImageLinksOut.of(settings, grant.asset_id, grant.tiles)
    return {
        "lease": {
            "id": grant.lease_id,
            "fence": grant.fence,
            "expires_at": grant.expires_at,
            "kind": claim.kind,
            "lease_seconds": grant.lease_seconds,
        },
        "task": {
            "id": grant.task_id,
            "state": TaskState.IN_PROGRESS,
            "position": claim.position,
            "total": claim.total,
            "stage": stage,
            "round": grant.round,
            "subject_version_id": grant.subject_version_id,
            "region": [box._asdict() for box in claim.region] or None,
        },
        "asset": {
            "id": grant.asset_id,
            "name": grant.asset_name,
            "width": grant.width,
            "height": grant.height,
            "image_url": links.image_url,
            "tiles": links.tiles,
        },
        "ontology_version": grant.ontology_version,
        "label": {
            "version": draft.version,
            "objects": [ObjectOut.of(stored) for stored in draft.objects],
            "image_attributes": draft.image_attributes,
            "active_ms": draft.active_ms,
        },
        "last_seq": draft.last_seq,
        "leases_at_once": claim.leases,
        "course": claim.course,
    }
