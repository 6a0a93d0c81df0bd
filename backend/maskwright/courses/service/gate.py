"""What stands before a claim: who has not passed gets the tasks of his course and no others.

A course for one skill stands in nobody's way: the tasks that need the skill are handed out to those
who have it anyway. Who begins it gets its tasks until none is left.
"""

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
        if course.for_skill is not None:
            if history.running_id is None or history.has_passed:
                continue
            only = _only(work, course, history.running_id)
            if only is not None:
                return only
        elif standing_to_begin(course, history) is not Standing.PASSED:
            return _tasks(work, project_id, course, history)
    return None


def standing_to_begin(course: Course, history: History) -> Standing:
    """Passed, running, or free to try. Raises CourseOver, CourseWaiting."""
    standing = history.standing(course, utc_now())
    if standing is Standing.WAITING:
        retry_at = history.retry_at(course)
        raise CourseWaiting(kind=course.kind.value, retry_at=retry_at and retry_at.isoformat())
    if standing is Standing.NO_TRIES:
        raise CourseOver(kind=course.kind.value)
    return standing


def _tasks(work: Work, project_id: UUID, course: Course, history: History) -> OnlyTasks:
    actor = work.actor
    try_id = history.running_id or queries.begin_try(
        work.lane, project_id, actor.organization_id, actor.person_id, course
    )
    if try_id is None:
        raise CourseEmpty(kind=course.kind.value)
    only = _only(work, course, try_id)
    if only is None:
        raise CourseScoring(kind=course.kind.value)
    return only


def _only(work: Work, course: Course, try_id: UUID) -> OnlyTasks | None:
    """What is left of a try; None where the last of it is being scored."""
    tasks = queries.tasks_of_try(work.lane, try_id)
    left = [task_id for task_id, is_left in tasks if is_left]
    if not left:
        return None
    places = {task_id: place for place, (task_id, _) in enumerate(tasks, start=1)}
    return OnlyTasks(course.kind.value, tuple(left), places)
