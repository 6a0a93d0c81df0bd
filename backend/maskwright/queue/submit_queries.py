"""Statements that hand a label in: what a submit reads, and the one by which it writes.

`submit_label` is a function in the database (migrations/versions/…_the_busiest_statements). It is a
statement of its own, and so a transaction of its own: every round trip between would let another
thread take the interpreter, and keep the task's row locked meanwhile.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from maskwright.annotations.checking import CheckedObjects
from maskwright.annotations.columns import VERSION_TYPES, version_values
from maskwright.annotations.domain import VersionKind, VersionRef, WorkPlace
from maskwright.db.lane import Lane
from maskwright.db.statements import Statement
from maskwright.queue.domain import TaskState
from maskwright.queue.queries import HELD_BY, LEASE_COLUMNS, LEASE_TABLES, LeaseRow, one_row

_LEASE_AND_SUBMISSION = Statement(
    "lease_and_submission",
    "uuid uuid uuid text",
    f"""
    {LEASE_COLUMNS}, s.body_sha256, s.answer
    {LEASE_TABLES}
    LEFT JOIN submission s ON s.lease_id = l.id AND s.idempotency_key = $4
    {HELD_BY}
    """,
)


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    body_sha256: bytes
    answer: dict[str, Any]


def lease_and_submission(
    lane: Lane, lease_id: UUID, organization_id: UUID, holder_id: UUID, key: str
) -> tuple[LeaseRow, SubmissionRow | None] | None:
    """A lease of this person, and what was answered to this key before, if it was."""
    row = lane.one(_LEASE_AND_SUBMISSION, lease_id, organization_id, holder_id, key)
    if row is None:
        return None
    *lease, body_sha256, answer = row
    submission = None if body_sha256 is None else SubmissionRow(body_sha256, answer)
    return LeaseRow(*lease), submission


@dataclass(frozen=True, slots=True)
class HandIn:
    """A label that was found sound, on its way in.

    fence  as its sender knows it
    key    the submit's own, under which its answer is kept
    """

    lease: LeaseRow
    place: WorkPlace
    fence: int
    checked: CheckedObjects
    active_ms: int
    key: str
    body_sha256: bytes


_SUBMIT = Statement.calling(
    "submit_label",
    "fence:int8 becomes:text is_redone:bool key:text body_sha256:bytea answer:text" + VERSION_TYPES,
)


def submit_label(lane: Lane, label: HandIn) -> VersionRef | None:
    """Finish the task with this label, and keep the answer under the submit's key; None, and
    nothing done, where somebody was granted the task since this lease.

    A lease that ran out, was given back or taken back still finishes its task, as long as its
    fence is the task's current one. Raises UniqueViolation where the key has an answer already, or
    the person a label of this image that counts.
    """
    lease = label.lease
    becomes = TaskState.SUBMITTED if lease.has_workflow else TaskState.DONE
    kind = VersionKind.REGION if label.place.region else VersionKind.SUBMITTED
    values = version_values(label.place, kind, label.checked, active_ms=label.active_ms)
    version_id: UUID = values["version"]
    answer = answer_to_submit(lease.task_id, VersionRef(version_id, 0))
    values |= {
        "fence": label.fence,
        "becomes": becomes.value,
        "is_redone": lease.round > 1,
        "key": label.key,
        "body_sha256": label.body_sha256,
        "answer": to_json(answer).decode(),
    }
    [number] = one_row(lane.one(_SUBMIT, *_SUBMIT.ordered(values)))
    return None if number is None else VersionRef(version_id, number)


def answer_to_submit(task_id: UUID, version: VersionRef) -> dict[str, Any]:
    """`SubmittedOut` as JSON values. The state is what the submit made of the task, whatever the
    workflow does with it next."""
    return {
        "label_version": {"id": str(version.id), "number": version.number},
        "task": {"id": str(task_id), "state": TaskState.SUBMITTED.value},
    }


_STORE_ANSWER = Statement(
    "store_answer",
    "uuid uuid text bytea text",
    """
    INSERT INTO submission (organization_id, lease_id, idempotency_key, body_sha256, answer)
    VALUES ($1, $2, $3, $4, $5::jsonb)
    """,
)


def store_answer(lane: Lane, label: HandIn, answer: dict[str, Any]) -> None:
    """Keep the answer to a submit that came too late; raises UniqueViolation where its key has one
    already."""
    lane.run(
        _STORE_ANSWER,
        label.lease.organization_id,
        label.lease.lease_id,
        label.key,
        label.body_sha256,
        to_json(answer).decode(),
    )
