"""What stands between somebody and a project's tasks.

MaskwrightError
├── Conflict        CourseEmpty, CourseNotNeeded, CourseOver, CourseScoring, CourseWaiting
└── InvalidInput    TooFewGolds
"""

from maskwright.kernel.errors import Conflict, InvalidInput


class CourseEmpty(Conflict):
    """`kind` is the course's."""

    message = "There are no images for you to be examined by. Ask a manager to add golds."


class CourseNotNeeded(Conflict):
    """The caller has the skill already, or judges others' work and is not examined."""

    message = "You need not take this."


class CourseOver(Conflict):
    """`kind` is the course's."""

    message = "You used all your tries. Ask a manager for another one."


class CourseScoring(Conflict):
    """`kind` is the course's."""

    message = "What you handed in is being scored. Try again in a moment."


class CourseWaiting(Conflict):
    """`kind` is the course's; `retry_at` is when the next try is allowed."""

    message = "You did not pass. You may try again later."


class TooFewGolds(InvalidInput):
    """`golds` of them are for training and exams; `wanted` are needed."""

    message = "There are not enough golds for training and exams. Add some, or ask for fewer."
