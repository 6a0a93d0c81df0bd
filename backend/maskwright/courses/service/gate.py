"""What stands before a claim: who has not passed gets the tasks of his course and no others."""

from uuid import UUID

from maskwright.courses import gate_queries as queries
from maskwright.courses.domain import Course, History, Standing
from maskwright.courses.errors import CourseEmpty, CourseOver, CourseScoring, CourseWaiting
from maskwright.kernel.clock import utc_now
from maskwright.queue.watching import OnlyTasks
from maskwright.work import Work


def tasks_of_course(work: Work, project_id: UUID) -> OnlyTasks | None:
    """The tasks that the caller gets instead of others; None where nothing stands in his way. A
    try begins with his first claim.

    Whoever judges others' work is not examined: somebody has to draw the first golds.
    Raises CourseOver, CourseWaiting, CourseEmpty, CourseScoring.
    """
    if not work.actor.labels_blindly:
        return None
    for course, history in queries.histories(work.lane, project_id, work.actor.person_id):
        match history.standing(course, utc_now()):
            case Standing.PASSED:
                continue
            case Standing.RUNNING | Standing.MAY_TRY:
                return _tasks(work, project_id, course, history)
            case Standing.WAITING:
                retry_at = history.retry_at(course)
                raise CourseWaiting(
                    kind=course.kind.value, retry_at=retry_at and retry_at.isoformat()
                )
            case Standing.NO_TRIES:
                raise CourseOver(kind=course.kind.value)
    return None


def _tasks(work: Work, project_id: UUID, course: Course, history: History) -> OnlyTasks:
    actor = work.actor
    try_id = history.running_id or queries.begin_try(
        work.lane, project_id, actor.organization_id, actor.person_id, course
    )
    if try_id is None:
        raise CourseEmpty(kind=course.kind.value)
    tasks = queries.tasks_of_try(work.lane, try_id)
    left = [task_id for task_id, is_left in tasks if is_left]
    if not left:
        raise CourseScoring(kind=course.kind.value)
    places = {task_id: place for place, (task_id, _) in enumerate(tasks, start=1)}
    return OnlyTasks(course.kind.value, tuple(left), places)
