"""What can be wrong with comments.

MaskwrightError
├── NotFound      ThreadNotFound
├── Forbidden     NotYoursToResolve
└── InvalidInput  PlaceInvalid
"""

from maskwright.kernel.errors import Forbidden, InvalidInput, NotFound


class ThreadNotFound(NotFound):
    message = "There is no such conversation, or you have no access to it."


class NotYoursToResolve(Forbidden):
    message = "Only whoever began this conversation, or a reviewer, can resolve it."


class PlaceInvalid(InvalidInput):
    """`reason` says what is wrong with it."""

    message = "A comment can't be pinned there."
