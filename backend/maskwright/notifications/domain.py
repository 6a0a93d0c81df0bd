"""What people are told of. No I/O."""

from enum import StrEnum


class NotificationKind(StrEnum):
    SENT_BACK = "sent_back"  # a reviewer wants something mended
    ANSWERED = "answered"  # a question about an image was answered
    REPLIED = "replied"  # somebody went on in a conversation that one takes part in
