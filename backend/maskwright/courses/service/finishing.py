"""How a try ends. A worker's job, after its golds were scored."""

from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.courses import queries
from maskwright.courses.domain import CourseKind, TryState
from maskwright.queue.watching import give_skill
from maskwright.work import Work


def finish_try_of(work: Work, task_id: UUID) -> TryState | None:
    """Where this task was the last of a try, whether that was passed; passing gives the skill.
    Doing it again does no harm."""
    ended = queries.ended_try(work.session, task_id)
    if ended is None:
        return None
    course = queries.course_of(
        work.session, ended.project_id, CourseKind(ended.kind), ended.for_skill
    )
    # A gold that turned out to be wrong is left out of what was asked.
    needed = -(-ended.needed * ended.counted // max(1, ended.tasks))
    is_passed = ended.counted > 0 and ended.passed >= needed
    state = TryState.PASSED if is_passed else TryState.FAILED
    if ended.counted == 0:
        state = TryState.CANCELLED
    queries.finish_try(work.session, ended.id, state=state.value, passed=ended.passed)
    if state is TryState.PASSED and course is not None and course.skill is not None:
        give_skill(work, ended.user_id, course.skill)
    details = {
        "user_id": str(ended.user_id),
        "kind": ended.kind,
        "for_skill": ended.for_skill,
        "passed": ended.passed,
    }
    record_audit(work, f"course.{state.value}", "project", ended.project_id, details)
    return state
