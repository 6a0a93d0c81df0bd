"""What managers do with a queue, questions and their answers, and late work."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Response

from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router
from maskwright.kernel.paging import Page, PageSize
from maskwright.queue import caps, desk, questions
from maskwright.queue.batch_sheet import batches_csv
from maskwright.queue.desk_schemas import (
    AnswerIn,
    ArrangedOut,
    ArrangeIn,
    AskIn,
    BatchCreate,
    BatchOut,
    BatchPatch,
    CapOut,
    CapsIn,
    CountPickedIn,
    LateWorkOut,
    MemberSkillsOut,
    PickedOut,
    QuestionOut,
    QueuedTaskOut,
    QueueSettingsPatch,
    ReasonOut,
    SkillsIn,
    WhyOut,
)
from maskwright.queue.domain import TaskStage, TaskState
from maskwright.queue.errors import BatchNameTaken, LateWorkMoved, QuestionAnswered
from maskwright.queue.schemas import QueueSettingsOut

router = work_router(tags=["queue"])

PROBLEMS: dict[ErrorType, Problem] = {
    BatchNameTaken: Problem(409, "batch-name-taken"),
    LateWorkMoved: Problem(409, "late-work-moved"),
    QuestionAnswered: Problem(409, "question-answered"),
}


@router.get("/projects/{project_id}/queue/tasks")
def list_next_tasks(
    work: CurrentWork,
    project_id: UUID,
    stage: TaskStage = TaskStage.LABEL,
    batch_id: UUID | None = None,
    limit: Annotated[PageSize, Query(description="the first so many")] = 50,
) -> Page[QueuedTaskOut]:
    """What is handed out next, in this order, and why."""
    found = desk.list_next(work, project_id, stage=stage, batch_id=batch_id, limit=limit)
    return Page(items=[QueuedTaskOut.of(task, reasons) for task, reasons in found])


@router.post("/projects/{project_id}/queue/count")
def count_picked(work: CurrentWork, project_id: UUID, body: CountPickedIn) -> PickedOut:
    """How many images are meant: what `…/queue/arrange` would change. Changes nothing."""
    return PickedOut(images=desk.count_picked(work, project_id, body.pick.picked()))


@router.post("/projects/{project_id}/queue/arrange")
def arrange_tasks(work: CurrentWork, project_id: UUID, body: ArrangeIn) -> ArrangedOut:
    """Set priority, deadline, batch, skill or assignment of images; in effect at once."""
    changes = body.set.model_dump(exclude_unset=True)
    return ArrangedOut(changed=desk.arrange(work, project_id, body.pick.picked(), changes))


@router.patch("/projects/{project_id}/queue/settings")
def change_queue_settings(
    work: CurrentWork, project_id: UUID, body: QueueSettingsPatch
) -> QueueSettingsOut:
    """Pause and resume the hand-out, and set caps. A pause takes back what people hold; drafts are
    kept."""
    changes = body.model_dump(exclude_unset=True)
    return QueueSettingsOut.of(desk.change_settings(work, project_id, changes))


@router.get("/projects/{project_id}/queue/caps")
def list_caps(work: CurrentWork, project_id: UUID) -> Page[CapOut]:
    """How much teams may do of the project and its batches, and each person of a batch."""
    return Page(items=[CapOut.of(cap) for cap in caps.list_caps(work, project_id)])


@router.put("/projects/{project_id}/queue/caps")
def set_caps(work: CurrentWork, project_id: UUID, body: CapsIn) -> Page[CapOut]:
    """Let these caps hold, and no others. Who reached one finishes what he has."""
    wanted = [cap.wanted() for cap in body.caps]
    return Page(items=[CapOut.of(cap) for cap in caps.set_caps(work, project_id, wanted)])


@router.post("/leases/{lease_id}/revoke", status_code=204)
def revoke_lease(work: CurrentWork, lease_id: UUID) -> None:
    """Take an image back from who holds it; what he drew is kept."""
    desk.revoke_lease(work, lease_id)


@router.get("/tasks/{task_id}/why")
def explain_task(work: CurrentWork, task_id: UUID) -> WhyOut:
    """Why the caller has this image, or would get it."""
    task, reasons, ahead = desk.explain(work, task_id)
    return WhyOut(
        task_id=task_id,
        state=TaskState(task.state),
        reasons=[ReasonOut.of(reason) for reason in reasons],
        ahead=ahead,
    )


@router.get("/projects/{project_id}/batches")
def list_batches(work: CurrentWork, project_id: UUID) -> Page[BatchOut]:
    """A project's batches, the most urgent first."""
    return Page(items=[BatchOut.of(batch) for batch in desk.list_batches(work, project_id)])


_CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}


@router.get("/projects/{project_id}/batches/csv", response_class=Response, responses=_CSV)
def download_batches(work: CurrentWork, project_id: UUID) -> Response:
    """The same as CSV."""
    return Response(
        batches_csv(desk.list_batches(work, project_id)),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="batches.csv"'},
    )


@router.post("/projects/{project_id}/batches", status_code=201)
def create_batch(work: CurrentWork, project_id: UUID, body: BatchCreate) -> BatchOut:
    batch = desk.create_batch(
        work, project_id, name=body.name, priority=body.priority, due_at=body.due_at
    )
    return BatchOut.of(batch)


@router.patch("/batches/{batch_id}")
def change_batch(work: CurrentWork, batch_id: UUID, body: BatchPatch) -> BatchOut:
    """Rename it, or give all its images another priority or deadline."""
    return BatchOut.of(desk.change_batch(work, batch_id, body.changes()))


@router.delete("/batches/{batch_id}", status_code=204)
def delete_batch(work: CurrentWork, batch_id: UUID) -> None:
    """The images stay, with the priority and the deadline that they have."""
    desk.delete_batch(work, batch_id)


@router.get("/skills")
def list_skills(work: CurrentWork) -> Page[MemberSkillsOut]:
    """What members can do; who can do nothing special is left out."""
    found = desk.list_skills(work)
    return Page(items=[MemberSkillsOut(user_id=id_, skills=names) for id_, names in found.items()])


@router.put("/members/{user_id}/skills")
def set_skills(work: CurrentWork, user_id: UUID, body: SkillsIn) -> MemberSkillsOut:
    """Say what a member can do: images that need it are offered to him."""
    return MemberSkillsOut(user_id=user_id, skills=desk.set_skills(work, user_id, body.skills))


@router.post("/leases/{lease_id}/ask", status_code=204)
def ask_question(work: CurrentWork, lease_id: UUID, body: AskIn) -> None:
    """Set the image aside with a question. It comes back with the answer, as it was left."""
    questions.ask(work, lease_id, fence=body.fence, text=body.text)


@router.get("/projects/{project_id}/questions")
def list_questions(
    work: CurrentWork, project_id: UUID, answered: bool | None = None
) -> Page[QuestionOut]:
    """Questions, the open ones first; labelers see their own."""
    found = questions.list_questions(work, project_id, answered=answered)
    return Page(items=[QuestionOut.of(question) for question in found])


@router.post("/projects/{project_id}/questions/{question_id}/answer")
def answer_question(
    work: CurrentWork, project_id: UUID, question_id: UUID, body: AnswerIn
) -> QuestionOut:
    """Answer; the image goes back to who asked, first."""
    return QuestionOut.of(questions.answer(work, project_id, question_id, body.text))


@router.get("/projects/{project_id}/late-work")
def list_late_work(work: CurrentWork, project_id: UUID) -> Page[LateWorkOut]:
    """Work that came after its lease was lost, and that the caller can still use."""
    return Page(items=[LateWorkOut.of(late) for late in questions.list_late_work(work, project_id)])


@router.post("/projects/{project_id}/late-work/{version_id}/adopt")
def adopt_late_work(work: CurrentWork, project_id: UUID, version_id: UUID) -> LateWorkOut:
    """Make it the caller's draft; where he does not have the image, he gets it next."""
    return LateWorkOut.of(questions.adopt_late_work(work, project_id, version_id))
