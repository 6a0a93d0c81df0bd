"""`/projects/{project}/courses`: training and exams."""

from uuid import UUID

from maskwright.courses.domain import CourseKind
from maskwright.courses.errors import (
    CourseEmpty,
    CourseOver,
    CourseScoring,
    CourseWaiting,
    TooFewGolds,
)
from maskwright.courses.schemas import (
    CourseIn,
    CourseOut,
    CoursesOut,
    OwnCourseOut,
    OwnCoursesOut,
    TriesOut,
    TryOut,
)
from maskwright.courses.service import courses
from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router

PROBLEMS: dict[ErrorType, Problem] = {
    CourseEmpty: Problem(409, "course-empty"),
    CourseOver: Problem(409, "course-over"),
    CourseScoring: Problem(409, "course-scoring"),
    CourseWaiting: Problem(409, "course-waiting"),
    TooFewGolds: Problem(422, "too-few-golds"),
}

router = work_router(prefix="/projects/{project_id}", tags=["courses"])


@router.get("/courses")
def list_courses(work: CurrentWork, project_id: UUID) -> CoursesOut:
    """The project's training and its exam, and how many golds are for them."""
    found, golds = courses.read_courses(work, project_id)
    return CoursesOut(items=[CourseOut.of(course) for course in found], golds=golds)


@router.put("/courses/{kind}")
def save_course(work: CurrentWork, project_id: UUID, kind: CourseKind, body: CourseIn) -> CourseOut:
    """Ask it of everybody who labels, before he gets other tasks."""
    return CourseOut.of(courses.save_course(work, project_id, body.course(kind)))


@router.get("/course-tries")
def list_course_tries(work: CurrentWork, project_id: UUID) -> TriesOut:
    """How people do in training and exams, the newest try first."""
    return TriesOut(items=[TryOut.of(row) for row in courses.list_tries(work, project_id)])


@router.post("/courses/{kind}/people/{user_id}/pass", status_code=204)
def let_person_pass(work: CurrentWork, project_id: UUID, kind: CourseKind, user_id: UUID) -> None:
    """This person need not be examined."""
    courses.let_pass(work, project_id, kind, user_id)


@router.post("/courses/{kind}/people/{user_id}/another-try", status_code=204)
def give_another_try(work: CurrentWork, project_id: UUID, kind: CourseKind, user_id: UUID) -> None:
    """What this person failed counts no longer."""
    courses.give_another_try(work, project_id, kind, user_id)


@router.get("/course-standing")
def read_own_courses(work: CurrentWork, project_id: UUID) -> OwnCoursesOut:
    """Where the caller stands in training and exam."""
    return OwnCoursesOut(
        items=[OwnCourseOut.of(own) for own in courses.own_courses(work, project_id)]
    )
