"""Statements that hand labels in: what a submit reads, and the one by which it writes.

Both take any number of submits at once. `submit_labels` is a function in the database
(migrations/versions/…_labels_handed_in_together). It is a statement of its own, and so a
transaction of its own: every round trip between would let another thread take the interpreter,
and keep the tasks' rows locked meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from maskwright.annotations.checking import CheckedObjects
from maskwright.annotations.columns import LABEL_TYPES, label_columns
from maskwright.annotations.domain import VersionKind, VersionRef, WorkPlace
from maskwright.db.lane import Lane
from maskwright.db.statements import Statement
from maskwright.kernel.ids import new_id
from maskwright.queue.domain import TaskState
from maskwright.queue.queries import LEASE_COLUMNS, LEASE_TABLES, LeaseRow

_LEASES_AND_SUBMISSIONS = Statement(
    "leases_and_submissions",
    "leases:uuid[] organizations:uuid[] holders:uuid[] keys:text[]",
    f"""
    {LEASE_COLUMNS}, s.body_sha256, s.answer, asked.n
    {LEASE_TABLES}
    JOIN unnest(:leases, :organizations, :holders, :keys) WITH ORDINALITY
        AS asked (lease_id, organization_id, holder_id, key, n)
        ON l.id = asked.lease_id AND l.organization_id = asked.organization_id
        AND l.holder_id = asked.holder_id
    LEFT JOIN submission s ON s.lease_id = l.id AND s.idempotency_key = asked.key
    WHERE p.deleted_at IS NULL
    """,
)


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    body_sha256: bytes
    answer: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lease, by whom, and under which key something is handed in."""

    lease_id: UUID
    organization_id: UUID
    holder_id: UUID
    key: str


def leases_and_submissions(
    lane: Lane, asked: Sequence[Asked]
) -> list[tuple[LeaseRow, SubmissionRow | None] | None]:
    """Leases of these persons, and what was answered to these keys before, if it was; None for
    each that is not there."""
    found: list[tuple[LeaseRow, SubmissionRow | None] | None] = [None] * len(asked)
    columns = zip(
        *((a.lease_id, a.organization_id, a.holder_id, a.key) for a in asked), strict=True
    )
    for row in lane.all(_LEASES_AND_SUBMISSIONS, *columns):
        *lease, body_sha256, answer, number = row
        submission = None if body_sha256 is None else SubmissionRow(body_sha256, answer)
        found[number - 1] = LeaseRow(*lease), submission
    return found


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
    "submit_labels",
    """
    waits:bool
    leases:uuid[] fences:int8[] become:text[] are_redone:bool[]
    submit_keys:text[] bodies:bytea[] answers:text[]
    organizations:uuid[] projects:uuid[] assets:uuid[] tasks:uuid[] authors:uuid[]
    new_labels:uuid[] versions:uuid[] kinds:text[] are_gold:bool[] ontologies:int4[]
    active_ms:int8[] image_attributes:text[] object_counts:int4[]
    """
    + LABEL_TYPES,
)


def submit_labels(lane: Lane, labels: Sequence[HandIn], *, waits: bool) -> list[VersionRef | None]:
    """Finish the tasks with these labels, and keep the answers under the submits' keys; None, and
    nothing done, for each whose task somebody was granted since its lease.

    A lease that ran out, was given back or taken back still finishes its task, as long as its
    fence is the task's current one. Where somebody changes its task or its lease at the moment, it
    is waited for, or else that label is left out like one that is too late.

    Raises UniqueViolation, and did nothing, where a key has an answer already, or a person a label
    of this image that counts.
    """
    leases, places = [label.lease for label in labels], [label.place for label in labels]
    versions = [new_id() for _ in labels]
    values = label_columns([label.checked for label in labels]) | {
        "waits": waits,
        "leases": [place.lease_id for place in places],
        "fences": [label.fence for label in labels],
        "become": [_state_after(lease).value for lease in leases],
        "are_redone": [lease.round > 1 for lease in leases],
        "submit_keys": [label.key for label in labels],
        "bodies": [label.body_sha256 for label in labels],
        "answers": [
            to_json(answer_to_submit(place.task_id, VersionRef(version, 0))).decode()
            for place, version in zip(places, versions, strict=True)
        ],
        "organizations": [place.organization_id for place in places],
        "projects": [place.project_id for place in places],
        "assets": [place.asset_id for place in places],
        "tasks": [place.task_id for place in places],
        "authors": [place.author_id for place in places],
        "new_labels": [new_id() for _ in labels],
        "versions": versions,
        "kinds": [_kind_of(place).value for place in places],
        "are_gold": [place.is_gold for place in places],
        "ontologies": [place.ontology_version for place in places],
        "active_ms": [label.active_ms for label in labels],
        "image_attributes": [label.checked.image_attributes for label in labels],
        "object_counts": [len(label.checked.objects) for label in labels],
    }
    taken: list[VersionRef | None] = [None] * len(labels)
    for number_of_label, number in lane.all(_SUBMIT, *_SUBMIT.ordered(values)):
        taken[number_of_label - 1] = VersionRef(versions[number_of_label - 1], number)
    return taken


def _kind_of(place: WorkPlace) -> VersionKind:
    return VersionKind.REGION if place.region else VersionKind.SUBMITTED


def _state_after(lease: LeaseRow) -> TaskState:
    return TaskState.SUBMITTED if lease.has_workflow else TaskState.DONE


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
