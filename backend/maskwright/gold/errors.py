"""What can be wrong with golds.

MaskwrightError
├── NotFound        GoldNotFound, AttemptNotFound, DisputeNotFound
├── Conflict        DisputeGiven, DisputeResolved, GoldRetired
└── InvalidInput    NotAnAnswer, NoFeedback
"""

from maskwright.kernel.errors import Conflict, InvalidInput, NotFound


class GoldNotFound(NotFound):
    message = "There is no such gold, or you have no access to it."


class AttemptNotFound(NotFound):
    message = "There is no such attempt, or you have no access to it."


class DisputeNotFound(NotFound):
    message = "There is no such objection, or you have no access to it."


class GoldRetired(Conflict):
    message = "This gold is retired. Use the image as gold again to change it."


class DisputeGiven(Conflict):
    message = "You objected to this gold already."


class DisputeResolved(Conflict):
    """`resolution` is what was decided."""

    message = "Somebody else decided about this objection meanwhile."


class NotAnAnswer(InvalidInput):
    message = "The expected answer must be a finished label of the same image."
