"""Questions that park a task, and late work that is offered back."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.annotations import service as annotations
from maskwright.events.service import project_changed
from maskwright.kernel.errors import Forbidden, NotFound
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify, notify_all
from maskwright.projects.service import require_active_project
from maskwright.queue import question_queries
from maskwright.queue.candidates import Candidates
from maskwright.queue.domain import LeaseOutcome
from maskwright.queue.errors import LateWorkMoved, QuestionAnswered
from maskwright.queue.flow import RESERVED_HOURS, offer
from maskwright.queue.lease_gate import accept_repetition, require_lease, require_worker
from maskwright.queue.question_queries import LateWork, QuestionRow
from maskwright.work import Work
from maskwright.workforce.service.sight import Sight, sight_of

_KEPT_FOR_ASKER_HOURS = 72
#: Who has one of these answers questions, and is told of them.
_ANSWERERS = frozenset({Permission.REVIEW, Permission.MANAGE_QUEUE})


def ask(work: Work, lease_id: UUID, *, fence: int, text: str) -> None:
    """Park the task with its draft until somebody answers. Asking again changes nothing."""
    lease = require_lease(work, lease_id)
    project_id = question_queries.park_task(work.session, lease_id, fence, text)
    if project_id is None:
        accept_repetition(work, lease, fence, LeaseOutcome.PARKED)
        return
    project_changed(work, project_id)
    asset_id = question_queries.asset_of_lease(work.session, lease_id)
    notify_all(
        work,
        _ANSWERERS,
        NotificationKind.ASKED,
        project_id=project_id,
        asset_id=asset_id,
        text=text,
    )


def answer(work: Work, project_id: UUID, question_id: UUID, text: str) -> QuestionRow:
    """Answer a question; its task goes back to who asked, first. Raises QuestionAnswered."""
    require_active_project(work, project_id, Permission.VIEW_PROJECT)
    _require_answerer(work)
    known = question_queries.questions(work.session, project_id, question_id=question_id)
    if not known:
        raise NotFound
    opened = question_queries.answer_question(
        work.session,
        project_id,
        question_id,
        answerer_id=work.actor.person_id,
        answer=text,
        hours=_KEPT_FOR_ASKER_HOURS,
    )
    if opened is None:
        raise QuestionAnswered
    offer(work, [opened])
    record_audit(work, "queue.question_answered", "task_question", question_id)
    [row] = question_queries.questions(work.session, project_id, question_id=question_id)
    notify(
        work,
        row.asker_id,
        NotificationKind.ANSWERED,
        project_id=project_id,
        asset_id=row.asset_id,
        text=text,
    )
    return _as_seen(sight_of(work, project_id), [row])[0]


def list_questions(work: Work, project_id: UUID, *, answered: bool | None) -> list[QuestionRow]:
    """A project's questions; who may not answer sees his own."""
    sight = sight_of(work, project_id)
    actor = work.actor
    asker_id = None if _may_answer(work) else actor.person_id
    found = question_queries.questions(
        work.session, project_id, asker_id=asker_id, answered=answered
    )
    return _as_seen(sight, found)


def _as_seen(sight: Sight, rows: Sequence[QuestionRow]) -> list[QuestionRow]:
    """With the names of those covered whom the caller does not see."""
    return sight.cover_all(rows, ("asker_id", "asker_name"), ("answerer_id", "answerer_name"))


def _may_answer(work: Work) -> bool:
    actor = work.actor
    return any(actor.may(permission) for permission in _ANSWERERS)


def _require_answerer(work: Work) -> None:
    if not _may_answer(work):
        raise Forbidden(permission=Permission.REVIEW.value)


def list_late_work(work: Work, project_id: UUID) -> list[LateWork]:
    """Work that came too late and that the caller can still use: his own, where nobody has the
    task, and anybody's on a task that he has."""
    sight = sight_of(work, project_id)
    found = question_queries.late_work(work.session, project_id, require_worker(work).person_id)
    return sight.cover_all(found, ("author_id", "author_name"))


def adopt_late_work(work: Work, project_id: UUID, version_id: UUID) -> LateWork:
    """Make late work the caller's draft. Where he does not have the task, it is kept for him, and
    the next that he is given. Raises LateWorkMoved where it is somebody else's, or finished."""
    require_active_project(work, project_id, Permission.VIEW_PROJECT)
    person_id = require_worker(work).person_id
    found = question_queries.late_work(work.session, project_id, person_id, version_id)
    if not found:
        raise LateWorkMoved
    [late] = found
    if late.lease_id is None:
        reserved = question_queries.reserve_task(
            work.session, late.task_id, person_id, RESERVED_HOURS
        )
        if not reserved:
            raise LateWorkMoved
        candidates = work.resources.part(Candidates)
        work.after_commit(partial(candidates.withdraw, project_id, [late.task_id]))
    annotations.replace_draft_with_version(work.session, late.task_id, person_id, version_id)
    project_changed(work, project_id)
    return sight_of(work, project_id).cover(late, ("author_id", "author_name"))
