"""What people are told of, and how. No I/O."""

from dataclasses import dataclass
from enum import StrEnum


class NotificationKind(StrEnum):
    SENT_BACK = "sent_back"  # a reviewer wants something mended
    ANSWERED = "answered"  # a question about an image was answered
    REPLIED = "replied"  # somebody went on in a conversation that one takes part in
    ASKED = "asked"  # a labeler wants to know something
    PAUSED = "paused"  # the hand-out was paused while one held an image
    PERSON_PAUSED = "person_paused"  # one gets no more tasks oneself
    PERSON_RESUMED = "person_resumed"
    QUALITY_RULE = "quality_rule"  # a rule was met
    EXPORT_READY = "export_ready"
    EXPORT_FAILED = "export_failed"
    IMPORT_FAILED = "import_failed"  # images could not be read
    BATCH_DONE = "batch_done"
    DEADLINE = "deadline"  # a batch will miss it
    INVITATION_ACCEPTED = "invitation_accepted"


class MailMode(StrEnum):
    OFF = "off"
    EACH = "each"  # a letter at once
    DIGEST = "digest"  # with everything else of a day, in one letter


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person is told of one kind."""

    on_page: bool
    mail: MailMode


_WORK = Choice(on_page=True, mail=MailMode.DIGEST)
_NEWS = Choice(on_page=True, mail=MailMode.EACH)

#: What holds for who chose nothing. Work in the queue reaches people when they work; what they
#: wait for, or must act on, reaches them where they are.
DEFAULTS: dict[NotificationKind, Choice] = {
    NotificationKind.SENT_BACK: _WORK,
    NotificationKind.ANSWERED: _WORK,
    NotificationKind.REPLIED: _WORK,
    NotificationKind.ASKED: _WORK,
    NotificationKind.PAUSED: _WORK,
    NotificationKind.PERSON_PAUSED: _NEWS,
    NotificationKind.PERSON_RESUMED: _NEWS,
    NotificationKind.QUALITY_RULE: _WORK,
    NotificationKind.EXPORT_READY: _NEWS,
    NotificationKind.EXPORT_FAILED: _NEWS,
    NotificationKind.IMPORT_FAILED: _NEWS,
    NotificationKind.BATCH_DONE: _NEWS,
    NotificationKind.DEADLINE: _NEWS,
    NotificationKind.INVITATION_ACCEPTED: _WORK,
}
