"""The lifecycle of a task and of a lease. No I/O. Every arrow is in docs/lifecycle.md."""

from enum import StrEnum


class TaskState(StrEnum):
    TO_LABEL = "to_label"  # → IN_PROGRESS on a grant
    IN_PROGRESS = "in_progress"  # → SUBMITTED; → TO_LABEL on release or expiry; → SKIPPED
    SUBMITTED = "submitted"  # terminal in this form; → IN_PROGRESS when it is reopened
    SKIPPED = "skipped"  # skipped by as many people as the limit says: waits for a manager


class LeaseKind(StrEnum):
    LABEL = "label"  # a task that nobody began
    RESUME = "resume"  # the holder's own unfinished work


class LeaseOutcome(StrEnum):
    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    RELEASED = "released"
    EXPIRED = "expired"
    REVOKED = "revoked"
