"""`/projects/{project}/courses`: training and exams."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from maskwright.courses.domain import CourseKind
from maskwright.courses.errors import (
    CourseEmpty,
    CourseNotNeeded,
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
    SkillCourseIn,
    SkillName,
    TriesOut,
    TryOut,
)
from maskwright.courses.service import courses
from maskwright.http.dependencies import CurrentWork
from maskwright.http.problems import ErrorType, Problem
from maskwright.http.routing import work_router

PROBLEMS: dict[ErrorType, Problem] = {
    CourseEmpty: Problem(409, "course-empty"),
    CourseNotNeeded: Problem(409, "course-not-needed"),
    CourseOver: Problem(409, "course-over"),
    CourseScoring: Problem(409, "course-scoring"),
    CourseWaiting: Problem(409, "course-waiting"),
    TooFewGolds: Problem(422, "too-few-golds"),
}

router = work_router(prefix="/projects/{project_id}", tags=["courses"])


ForSkill = Annotated[
    SkillName | None, Query(description="the course that stands before the tasks of this skill")
]


@router.get("/courses")
def list_courses(work: CurrentWork, project_id: UUID) -> CoursesOut:
    """The project's training, its exam and its courses for skills, and the golds for each."""
    return CoursesOut.of(courses.read_courses(work, project_id))


@router.put("/courses/{kind}")
def save_course(
    work: CurrentWork,
    project_id: UUID,
    kind: CourseKind,
    body: CourseIn,
    for_skill: ForSkill = None,
) -> CourseOut:
    """Ask it of everybody who labels, before he gets other tasks; or, for a skill, of whoever
    wants the tasks that need it. Of each skill there is one course, of either kind."""
    return CourseOut.of(courses.save_course(work, project_id, body.course(kind, for_skill)))


@router.delete("/courses/{kind}", status_code=204)
def delete_skill_course(
    work: CurrentWork,
    project_id: UUID,
    kind: CourseKind,
    for_skill: Annotated[SkillName, Query(description="the skill that it is for")],
) -> None:
    """Forget the course for a skill. Training and exam of the whole project are switched off."""
    courses.delete_skill_course(work, project_id, kind, for_skill)


@router.post("/courses/begin", status_code=204)
def begin_skill_course(work: CurrentWork, project_id: UUID, body: SkillCourseIn) -> None:
    """Take the course for a skill: the caller's next tasks are its own."""
    courses.begin_skill_course(work, project_id, body.skill)


@router.get("/course-tries")
def list_course_tries(work: CurrentWork, project_id: UUID) -> TriesOut:
    """How people do in training and exams, the newest try first."""
    return TriesOut(items=[TryOut.of(row) for row in courses.list_tries(work, project_id)])


@router.post("/courses/{kind}/people/{user_id}/pass", status_code=204)
def let_person_pass(
    work: CurrentWork,
    project_id: UUID,
    kind: CourseKind,
    user_id: UUID,
    for_skill: ForSkill = None,
) -> None:
    """This person need not be examined."""
    courses.let_pass(work, project_id, kind, for_skill, user_id)


@router.post("/courses/{kind}/people/{user_id}/another-try", status_code=204)
def give_another_try(
    work: CurrentWork,
    project_id: UUID,
    kind: CourseKind,
    user_id: UUID,
    for_skill: ForSkill = None,
) -> None:
    """What this person failed counts no longer."""
    courses.give_another_try(work, project_id, kind, for_skill, user_id)


@router.get("/course-standing")
def read_own_courses(work: CurrentWork, project_id: UUID) -> OwnCoursesOut:
    """Where the caller stands in training and exam."""
    return OwnCoursesOut(
        items=[OwnCourseOut.of(own) for own in courses.own_courses(work, project_id)]
    )
