"""What a letter is, and how often its delivery is tried. No I/O."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from maskwright.mail.words import GERMAN

#: The words of a letter by their English, with what is filled in.
Say = Callable[..., str]


class Template(StrEnum):
    """What a letter is about; its subject's id says which."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - the name of a template
    NOTIFICATION = "notification"
    DIGEST = "digest"


class MailState(StrEnum):
    QUEUED = "queued"  # → SENT, DROPPED, FAILED
    SENT = "sent"
    DROPPED = "dropped"  # there was nothing to say any more when its turn came
    FAILED = "failed"  # nobody took it, often enough


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written, as a person reads it.

    action       (words, address) of what is to be done
    footnotes    why one gets it, below a line
    unsubscribe  address at which one ends it
    language     what it is written in (BCP 47); None: English
    """

    subject: str
    paragraphs: tuple[str, ...]
    action: tuple[str, str] | None = None
    footnotes: tuple[str, ...] = ()
    unsubscribe: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """A letter that is due: what about, and to whom."""

    id: UUID
    template: Template
    subject_id: UUID
    address: str
    organization_id: UUID | None
    user_id: UUID | None
    attempts: int


#: After so many failures the next attempt waits so long; after the last one there is none.
_WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts that failed; None: give up."""
    return _WAITS[attempts - 1] if attempts <= len(_WAITS) else None


_LANGUAGES = {"de": GERMAN}


def words_in(language: str | None) -> Say:
    """What says the words of a letter in a language (BCP 47); English where it is not known."""
    known = _LANGUAGES.get((language or "en").partition("-")[0].lower(), {})

    def say(english: str, **values: object) -> str:
        return known.get(english, english).format(**values)

    return say
