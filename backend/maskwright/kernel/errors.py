"""The root of every error that a use case can raise.

MaskwrightError
├── NotFound            nothing there, or nothing that this person may know of
├── Unauthenticated     nobody is signed in, or the credentials are not valid
├── Forbidden           signed in, and the object may be seen, but not this done to it
├── Conflict            the state of things is in the way; try again after looking
└── InvalidInput        what was sent can't be used; `extras` says which part

Slices derive their own errors from these. None of them knows HTTP: `http.problems` maps them.
"""

from typing import ClassVar


class MaskwrightError(Exception):
    """Something a person can act on; the message is the sentence that he reads."""

    message: ClassVar[str] = "Something went wrong."

    #: Whether what was written before the error is kept: a late submit is answered by an
    #: error, but its payload must survive.
    keeps_work: ClassVar[bool] = False

    def __init__(self, message: str | None = None, **extras: object) -> None:
        super().__init__(message or self.message)
        self.extras = extras


class NotFound(MaskwrightError):
    message = "There is nothing here, or you have no access to it."


class Unauthenticated(MaskwrightError):
    message = "Sign in to go on."


class Forbidden(MaskwrightError):
    message = "Your role does not allow this. Ask a manager of your organisation."


class Conflict(MaskwrightError):
    message = "This has changed in the meantime. Reload and try again."


class InvalidInput(MaskwrightError):
    message = "Some of what was sent can't be used."
