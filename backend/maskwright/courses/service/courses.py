"""What managers set and see of courses, and what people see of themselves."""

from dataclasses import dataclass
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.courses import gate_queries, queries
from maskwright.courses.domain import Course, CourseKind, History, Standing, TryState
from maskwright.courses.errors import TooFewGolds
from maskwright.courses.queries import TryRow
from maskwright.kernel.clock import utc_now
from maskwright.kernel.errors import NotFound
from maskwright.projects.service import require_active_project, require_project
from maskwright.queue.watching import gate_project, give_skill, watch_project
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

_SHOWN = 500


def read_courses(work: Work, project_id: UUID) -> tuple[list[Course], int]:
    """(training and exam, how many golds are for them)."""
    require_project(work, project_id, Permission.VIEW_QUALITY)
    found = queries.courses_of(work.session, project_id)
    return list(found.values()), queries.count_golds(work.session, project_id)


def save_course(work: Work, project_id: UUID, wanted: Course) -> Course:
    """From the commit on, who has not passed gets its tasks and no others. What was passed stays
    so. Raises TooFewGolds."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    golds = queries.count_golds(work.session, project_id)
    if wanted.is_on and golds < wanted.tasks:
        raise TooFewGolds(golds=golds, wanted=wanted.tasks)
    queries.save_course(work.session, project_id, wanted)
    if wanted.is_on:
        watch_project(work, project_id)
        gate_project(work, project_id)
    else:
        queries.cancel_tries(work.session, project_id, wanted.kind)
    details = {"kind": wanted.kind.value, "is_on": wanted.is_on, "tasks": wanted.tasks}
    record_audit(work, "course.changed", "project", project_id, details)
    return wanted


def list_tries(work: Work, project_id: UUID) -> list[TryRow]:
    """Everybody's, the newest first; at most 500."""
    require_project(work, project_id, Permission.VIEW_QUALITY)
    rows = queries.tries_of(work.session, project_id, limit=_SHOWN)
    return sight_of(work, project_id).cover_all(rows, ("user_id", "user_name"))


def let_pass(work: Work, project_id: UUID, kind: CourseKind, user_id: UUID) -> None:
    """Open the project to somebody who need not be examined."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    queries.cancel_try(work.session, project_id, kind, user_id)
    by = work.actor.person_id
    if not queries.let_pass(work.session, project_id, kind, user_id, by):
        raise NotFound
    skill = queries.courses_of(work.session, project_id)[kind].skill
    if skill is not None:
        give_skill(work, user_id, skill)
    details = {"user_id": str(user_id), "kind": kind.value}
    record_audit(work, "course.let_pass", "project", project_id, details)


def give_another_try(work: Work, project_id: UUID, kind: CourseKind, user_id: UUID) -> None:
    """What he failed counts no longer, and he need not wait."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    queries.forgive(work.session, project_id, kind, user_id)
    details = {"user_id": str(user_id), "kind": kind.value}
    record_audit(work, "course.another_try", "project", project_id, details)


# A person's own


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """Where the caller stands, and his tries, the newest first."""

    course: Course
    standing: Standing
    history: History
    tries: list[TryRow]


def own_courses(work: Work, project_id: UUID) -> list[OwnCourse]:
    """In the order in which they come; empty for whoever need not take any."""
    require_project(work, project_id)
    actor = work.actor
    if not actor.labels_blindly:
        return []
    tries = queries.tries_of(work.session, project_id, user_id=actor.person_id, limit=_SHOWN)
    return [
        OwnCourse(
            course,
            history.standing(course, utc_now()),
            history,
            [row for row in tries if row.kind == course.kind],
        )
        for course, history in gate_queries.histories(work.lane, project_id, actor.person_id)
    ]


def shows_passed(row: TryRow) -> bool:
    """Whether its person is told how many were passed: of an exam at its end."""
    return row.kind == CourseKind.TRAINING or row.state != TryState.RUNNING
