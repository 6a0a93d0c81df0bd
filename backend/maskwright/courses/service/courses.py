"""What managers set and see of courses, and what people see of themselves."""

from dataclasses import dataclass
from uuid import UUID

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.courses import gate_queries, queries
from maskwright.courses.domain import Course, CourseKind, History, Standing, TryState
from maskwright.courses.errors import CourseEmpty, CourseNotNeeded, TooFewGolds
from maskwright.courses.queries import TryRow
from maskwright.courses.service import gate
from maskwright.kernel.clock import utc_now
from maskwright.kernel.errors import NotFound
from maskwright.projects.service import require_active_project, require_project
from maskwright.queue.watching import gate_project, give_skill, watch_project
from maskwright.work import Work
from maskwright.workforce.service.sight import sight_of

_SHOWN = 500


@dataclass(frozen=True, slots=True)
class SkillCourse:
    """A course that stands before the tasks of one skill.

    golds    are for it
    waiting  so many open tasks need the skill
    holders  so many people have it
    """

    course: Course
    golds: int
    waiting: int
    holders: int


@dataclass(frozen=True, slots=True)
class ProjectCourses:
    """Training and exam of the whole project with the golds for both, and courses for skills."""

    of_project: list[Course]
    golds: int
    for_skills: list[SkillCourse]


def read_courses(work: Work, project_id: UUID) -> ProjectCourses:
    require_project(work, project_id, Permission.VIEW_QUALITY)
    found = queries.courses_of(work.session, project_id)
    golds = queries.count_golds(work.session, project_id)
    skills = [course.for_skill for course in found if course.for_skill is not None]
    waiting = queries.count_waiting(work.session, project_id, skills)
    holders = queries.count_holders(work.session, project_id, skills)
    return ProjectCourses(
        [course for course in found if course.for_skill is None],
        golds.get(None, 0),
        [
            SkillCourse(
                course,
                golds.get(course.for_skill, 0),
                waiting.get(course.for_skill, 0),
                holders.get(course.for_skill, 0),
            )
            for course in found
            if course.for_skill is not None
        ],
    )


def save_course(work: Work, project_id: UUID, wanted: Course) -> Course:
    """From the commit on, who has not passed gets its tasks and no others; one for a skill
    waits until somebody begins it. What was passed stays so. Raises TooFewGolds."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    golds = queries.count_golds(work.session, project_id).get(wanted.for_skill, 0)
    if wanted.is_on and golds < wanted.tasks:
        raise TooFewGolds(golds=golds, wanted=wanted.tasks)
    queries.save_course(work.session, project_id, wanted)
    if wanted.is_on:
        watch_project(work, project_id)
        gate_project(work, project_id)
    if wanted.for_skill is not None:
        other = next(kind for kind in CourseKind if kind is not wanted.kind)
        queries.cancel_tries(work.session, project_id, other, wanted.for_skill)
    if not wanted.is_on:
        queries.cancel_tries(work.session, project_id, wanted.kind, wanted.for_skill)
    details = {
        "kind": wanted.kind.value,
        "for_skill": wanted.for_skill,
        "is_on": wanted.is_on,
        "tasks": wanted.tasks,
    }
    record_audit(work, "course.changed", "project", project_id, details)
    return wanted


def delete_skill_course(work: Work, project_id: UUID, kind: CourseKind, for_skill: str) -> None:
    """Nothing has to be passed for this skill any more; who has it keeps it."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    if not queries.delete_course(work.session, project_id, kind, for_skill):
        raise NotFound
    queries.cancel_tries(work.session, project_id, kind, for_skill)
    details = {"kind": kind.value, "for_skill": for_skill}
    record_audit(work, "course.deleted", "project", project_id, details)


def list_tries(work: Work, project_id: UUID) -> list[TryRow]:
    """Everybody's, the newest first; at most 500."""
    require_project(work, project_id, Permission.VIEW_QUALITY)
    rows = queries.tries_of(work.session, project_id, limit=_SHOWN)
    return sight_of(work, project_id).cover_all(rows, ("user_id", "user_name"))


def let_pass(
    work: Work, project_id: UUID, kind: CourseKind, for_skill: str | None, user_id: UUID
) -> None:
    """Open the project, or the tasks of a skill, to somebody who need not be examined."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    course = queries.course_of(work.session, project_id, kind, for_skill)
    if course is None:
        raise NotFound
    queries.cancel_tries(work.session, project_id, kind, for_skill, user_id)
    by = work.actor.person_id
    if not queries.let_pass(work.session, project_id, kind, for_skill, user_id, by):
        raise NotFound
    if course.skill is not None:
        give_skill(work, user_id, course.skill)
    details = {"user_id": str(user_id), "kind": kind.value, "for_skill": for_skill}
    record_audit(work, "course.let_pass", "project", project_id, details)


def give_another_try(
    work: Work, project_id: UUID, kind: CourseKind, for_skill: str | None, user_id: UUID
) -> None:
    """What he failed counts no longer, and he need not wait."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
    queries.forgive(work.session, project_id, kind, for_skill, user_id)
    details = {"user_id": str(user_id), "kind": kind.value, "for_skill": for_skill}
    record_audit(work, "course.another_try", "project", project_id, details)


# A person's own


@dataclass(frozen=True, slots=True)
class OwnCourse:
    """Where the caller stands, and his tries, the newest first.

    waiting  so many tasks need the skill that the course is for; None: it is for all of them
    """

    course: Course
    standing: Standing
    history: History
    tries: list[TryRow]
    waiting: int | None


def own_courses(work: Work, project_id: UUID) -> list[OwnCourse]:
    """In the order in which they come; empty for whoever need not take any."""
    require_project(work, project_id)
    actor = work.actor
    if not actor.labels_blindly:
        return []
    tries = queries.tries_of(work.session, project_id, user_id=actor.person_id, limit=_SHOWN)
    histories = gate_queries.histories(work.lane, project_id, actor.person_id)
    skills = [course.for_skill for course, _ in histories if course.for_skill is not None]
    waiting = queries.count_waiting(work.session, project_id, skills) if skills else {}
    return [
        OwnCourse(
            course,
            history.standing(course, utc_now()),
            history,
            [row for row in tries if (row.kind, row.for_skill) == (course.kind, course.for_skill)],
            None if course.for_skill is None else waiting.get(course.for_skill, 0),
        )
        for course, history in histories
    ]


def begin_skill_course(work: Work, project_id: UUID, skill: str) -> None:
    """Take the course that stands before the tasks of this skill: its images come next. Where it
    was begun before, nothing changes.

    Raises CourseNotNeeded, CourseOver, CourseWaiting, CourseEmpty.
    """
    require_active_project(work, project_id, Permission.LABEL)
    actor = work.actor
    found = gate_queries.histories(work.lane, project_id, actor.person_id)
    course, history = next(
        ((course, history) for course, history in found if course.for_skill == skill), (None, None)
    )
    if course is None or history is None:
        raise NotFound
    if not actor.labels_blindly:
        raise CourseNotNeeded
    match gate.standing_to_begin(course, history):
        case Standing.PASSED:
            raise CourseNotNeeded
        case Standing.MAY_TRY:
            begun = gate_queries.begin_try(
                work.lane, project_id, actor.organization_id, actor.person_id, course
            )
            if begun is None:
                raise CourseEmpty(kind=course.kind.value)
        case _:
            pass


def shows_passed(row: TryRow) -> bool:
    """Whether its person is told how many were passed: of an exam at its end."""
    return row.kind == CourseKind.TRAINING or row.state != TryState.RUNNING
