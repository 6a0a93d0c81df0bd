"""The lifecycle of a task and of a lease. No I/O. Every arrow is in docs/lifecycle.md."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

SKIPS_UNTIL_TRIAGE = 3
"""So many people must pass a task over before it waits for a manager."""

LIVE_LEASES_PER_LABELER = 2
"""The open task and a prefetched one."""


class TaskState(StrEnum):
    TO_LABEL = "to_label"  # → IN_PROGRESS on a grant; → WITHDRAWN with its asset
    IN_PROGRESS = "in_progress"  # → SUBMITTED; → TO_LABEL on release or expiry; → SKIPPED
    SUBMITTED = "submitted"  # terminal in this form; → IN_PROGRESS when it is reopened
    SKIPPED = "skipped"  # skipped by as many people as the limit says: waits for a manager
    WITHDRAWN = "withdrawn"  # its asset was deleted: never handed out, counted nowhere


class LeaseKind(StrEnum):
    LABEL = "label"  # a task that nobody began
    RESUME = "resume"  # the holder's own unfinished work


class LeaseOutcome(StrEnum):
    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    RELEASED = "released"
    EXPIRED = "expired"
    REVOKED = "revoked"  # its holder left the organisation, or its task was withdrawn


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that can be handed out, with what orders it."""

    project_id: UUID
    task_id: UUID
    priority: int


@dataclass(frozen=True, slots=True)
class LabelerProgress:
    """What one person did in a project, and what he holds."""

    user_id: UUID
    name: str
    submitted: int
    in_progress: int
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class SkippedTask:
    """A task that enough people passed over, and what the last of them said."""

    task_id: UUID
    asset_id: UUID
    asset_name: str
    skips: int
    user_id: UUID
    user_name: str
    reason: str
    skipped_at: datetime


@dataclass(frozen=True, slots=True)
class LiveLease:
    """A lease as a manager sees it."""

    id: UUID
    task_id: UUID
    asset_id: UUID
    asset_name: str
    holder_id: UUID
    holder_name: str
    granted_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class MyWork:
    """One person's day in a project. The day is that of UTC."""

    submitted_today: int
    active_ms_today: int
    unfinished: int
    available: bool
