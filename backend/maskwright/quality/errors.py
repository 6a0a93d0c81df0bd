"""What can be wrong with rules and pauses.

MaskwrightError
├── NotFound        RuleNotFound, FiringNotFound
├── Forbidden       OwnPause
├── Conflict        PersonPaused, NothingToUndo
└── InvalidInput    NotAWorker
"""

from maskwright.kernel.errors import Conflict, Forbidden, InvalidInput, NotFound


class RuleNotFound(NotFound):
    message = "There is no such rule, or you have no access to it."


class FiringNotFound(NotFound):
    message = "There is no such entry, or you have no access to it."


class OwnPause(Forbidden):
    message = "A team's lead does not pause himself, nor let himself go on. Ask a manager."


class PersonPaused(Conflict):
    """`reason` is what was written for the person; `until` when it ends, null where somebody ends
    it."""

    message = "You are paused in this project. What you drew is kept."


class NothingToUndo(Conflict):
    message = "This is over already, or there is nothing that could be taken back."


class NotAWorker(InvalidInput):
    message = "Only people of your organisation who label or review can be paused."
