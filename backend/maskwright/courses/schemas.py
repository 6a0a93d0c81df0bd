"""Courses on the wire."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from maskwright.annotations.schemas import AuthorOut
from maskwright.courses.domain import Course, CourseKind, Standing, TryState
from maskwright.courses.queries import TryRow
from maskwright.courses.service.courses import (
    OwnCourse,
    ProjectCourses,
    SkillCourse,
    shows_passed,
)

SkillName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00]+$"),
]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CourseIn(_Body):
    """What has to be passed before a person gets the project's tasks.

    tasks       so many golds that are for training and exams
    needed      of them are to be passed
    tries       null: as many as one likes
    wait_hours  after a try that failed
    skill       whoever has it has passed; passing gives it. Of a course for a skill it is that one
    """

    is_on: bool
    tasks: Annotated[int, Field(ge=1, le=100)] = 5
    needed: Annotated[int, Field(ge=1, le=100)] = 4
    tries: Annotated[int, Field(ge=1, le=100)] | None = None
    wait_hours: Annotated[int, Field(ge=0, le=720)] = 0
    skill: SkillName | None = None

    @model_validator(mode="after")
    def _can_be_passed(self) -> Self:
        if self.needed > self.tasks:
            raise ValueError("`needed` can't be more than `tasks`.")
        return self

    def course(self, kind: CourseKind, for_skill: str | None) -> Course:
        values = self.model_dump()
        if for_skill is not None:
            values["skill"] = for_skill
        return Course(kind, for_skill=for_skill, **values)


class CourseOut(CourseIn):
    """`for_skill`: it stands before the tasks that need this skill only; null: before all."""

    kind: CourseKind
    for_skill: str | None

    @classmethod
    def of(cls, course: Course) -> Self:
        return cls.model_validate(course, from_attributes=True)


class SkillCourseOut(CourseOut):
    """A course for a skill: `golds` are for it, `waiting` open tasks need the skill, and `holders`
    people have it."""

    golds: int
    waiting: int
    holders: int

    @classmethod
    def of_skill(cls, found: SkillCourse) -> Self:
        return cls(
            **CourseOut.of(found.course).model_dump(),
            golds=found.golds,
            waiting=found.waiting,
            holders=found.holders,
        )


class CoursesOut(BaseModel):
    """Training and exam of the whole project, which `golds` are for; and courses for skills."""

    items: list[CourseOut]
    golds: int
    for_skills: list[SkillCourseOut]

    @classmethod
    def of(cls, found: ProjectCourses) -> Self:
        return cls(
            items=[CourseOut.of(course) for course in found.of_project],
            golds=found.golds,
            for_skills=[SkillCourseOut.of_skill(each) for each in found.for_skills],
        )


class SkillCourseIn(_Body):
    skill: SkillName


class TryOut(BaseModel):
    """A try. `passed` is null while an exam runs; `let_pass_by` names the manager by whose word it
    was passed."""

    id: UUID
    kind: CourseKind
    for_skill: str | None
    person: AuthorOut
    number: int
    state: TryState
    tasks: int
    needed: int
    done: int
    passed: int | None
    mean_iou: float | None
    let_pass_by: str | None
    is_forgiven: bool
    started_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, row: TryRow, *, tells: bool = True) -> Self:
        return cls(
            id=row.id,
            kind=CourseKind(row.kind),
            for_skill=row.for_skill,
            person=AuthorOut(id=row.user_id, name=row.user_name),
            number=row.number,
            state=TryState(row.state),
            tasks=row.tasks,
            needed=row.needed,
            done=row.done,
            passed=row.passed if tells else None,
            mean_iou=row.mean_iou if tells else None,
            let_pass_by=row.by_name,
            is_forgiven=row.is_forgiven,
            started_at=row.created_at,
            finished_at=row.finished_at,
        )


class TriesOut(BaseModel):
    items: list[TryOut]


class OwnCourseOut(BaseModel):
    """Where the caller stands; `tries_left` is null where he may try as often as he likes.
    `waiting` tasks need the skill that the course is for; null where it is for all tasks."""

    course: CourseOut
    standing: Standing
    retry_at: datetime | None
    tries_left: int | None
    waiting: int | None
    tries: list[TryOut]

    @classmethod
    def of(cls, own: OwnCourse) -> Self:
        most = own.course.tries
        return cls(
            course=CourseOut.of(own.course),
            standing=own.standing,
            retry_at=own.history.retry_at(own.course) if own.standing is Standing.WAITING else None,
            tries_left=None if most is None else max(0, most - own.history.failed),
            waiting=own.waiting,
            tries=[TryOut.of(row, tells=shows_passed(row)) for row in own.tries],
        )


class OwnCoursesOut(BaseModel):
    items: list[OwnCourseOut]
