"""Every statement about workflows and verdicts, as SQL on the driver's connection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.reviews.domain import Decision, Facts

# Workflows

_WORKFLOW = "SELECT version, steps, overlap FROM project_workflow WHERE project_id = %b"


@dataclass(frozen=True, slots=True)
class WorkflowRow:
    """Version 0 where the project has none."""

    version: int = 0
    steps: Sequence[dict[str, Any]] = ()
    overlap: dict[str, Any] | None = None


def workflow_of(session: Session, project_id: UUID) -> WorkflowRow:
    row = driver_connection(session).execute(_WORKFLOW, (project_id,)).fetchone()
    return WorkflowRow(*row) if row else WorkflowRow()


_PUT_WORKFLOW = """
WITH put AS (
    INSERT INTO project_workflow (project_id, organization_id, version, steps, overlap, changed_by)
    SELECT p.id, p.organization_id, 1, %(steps)s, %(overlap)s, %(person)s
    FROM project p WHERE p.id = %(project)s AND %(was)s = 0
    ON CONFLICT (project_id) DO NOTHING
    RETURNING version
), changed AS (
    UPDATE project_workflow SET
        version = version + 1, steps = %(steps)s, overlap = %(overlap)s, changed_by = %(person)s,
        changed_at = clock_timestamp()
    WHERE project_id = %(project)s AND version = %(was)s
    RETURNING version
), told AS (
    UPDATE project SET has_workflow = %(is_any)s
    WHERE id = %(project)s AND EXISTS (SELECT FROM put UNION ALL SELECT FROM changed)
)
SELECT version FROM put UNION ALL SELECT version FROM changed
"""


def put_workflow(
    session: Session,
    project_id: UUID,
    *,
    was: int,
    steps: Sequence[dict[str, Any]],
    overlap: dict[str, Any] | None,
    person_id: UUID,
) -> int | None:
    """The new version; None where `was` is not the current one."""
    parameters = {
        "project": project_id,
        "was": was,
        "steps": Jsonb(list(steps)),
        "person": person_id,
        "overlap": None if overlap is None else Jsonb(overlap),
        "is_any": bool(steps) or overlap is not None,
    }
    row = driver_connection(session).execute(_PUT_WORKFLOW, parameters).fetchone()
    return int(row[0]) if row else None


# What a step asks of a label

_FACTS = """
SELECT l.task_id, l.id AS label_id, v.asset_id, l.author_id,
       (SELECT m.team_id FROM team_member m
        WHERE m.organization_id = v.organization_id AND m.user_id = l.author_id) AS team_id,
       ARRAY(SELECT DISTINCT o.class_id FROM label_object o WHERE o.version_id = v.id) AS classes,
       CASE WHEN l.author_id IS NULL THEN (
           SELECT c.agreement FROM image_consensus c WHERE c.asset_id = v.asset_id
       ) END AS agreement,
       (SELECT coalesce(max(r.percent), 0) FROM review_raise r
        WHERE r.project_id = l.project_id AND r.user_id = l.author_id
          AND r.ended_at IS NULL) AS review_percent
FROM label_version v JOIN label l ON l.id = v.label_id
WHERE v.id = %b
"""


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """A version's label, and what the steps of a workflow ask of it."""

    task_id: UUID
    label_id: UUID
    asset_id: UUID
    author_id: UUID | None
    team_id: UUID | None
    classes: list[UUID]
    agreement: float | None
    review_percent: int

    @property
    def facts(self) -> Facts:
        return Facts(
            self.asset_id,
            self.author_id,
            self.team_id,
            frozenset(self.classes),
            self.agreement,
            review_percent=self.review_percent,
        )


def facts_of_version(session: Session, version_id: UUID) -> LabelFacts:
    with driver_connection(session).cursor(row_factory=class_row(LabelFacts)) as cursor:
        row = cursor.execute(_FACTS, (version_id,)).fetchone()
    if row is None:
        raise LookupError("A version was reviewed and is not there.")
    return row


_PREDICTED = """
SELECT p.version_id
FROM prediction p
JOIN prediction_model m ON m.id = p.model_id AND m.deleted_at IS NULL
JOIN project ON project.id = p.project_id
WHERE p.asset_id = %b
ORDER BY p.model_id IS NOT DISTINCT FROM project.prelabel_model_id DESC, p.updated_at DESC
LIMIT 1
"""


def prediction_to_compare(session: Session, asset_id: UUID) -> UUID | None:
    """The version with what a model says of an image: that which labelers begin with, else the
    last one."""
    row = driver_connection(session).execute(_PREDICTED, (asset_id,)).fetchone()
    return row[0] if row else None


# Verdicts


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """A verdict with the names of those in it."""

    id: UUID
    asset_id: UUID
    review_task_id: UUID
    label_task_id: UUID
    step: int
    round: int
    reviewer_id: UUID
    reviewer_name: str
    decision: Decision
    comment: str
    subject_version_id: UUID
    result_version_id: UUID | None
    created_at: datetime
    author_id: UUID | None


_VERDICT = """
SELECT r.id, r.asset_id, r.review_task_id, r.label_task_id, r.step, r.round, r.reviewer_id,
       u.name AS reviewer_name, r.decision, r.comment, r.subject_version_id, r.result_version_id,
       r.created_at, r.author_id
FROM review_verdict r JOIN user_account u ON u.id = r.reviewer_id
"""


def verdict_of_lease(session: Session, lease_id: UUID, reviewer_id: UUID) -> VerdictRow | None:
    with driver_connection(session).cursor(row_factory=class_row(VerdictRow)) as cursor:
        statement = f"{_VERDICT} WHERE r.lease_id = %b AND r.reviewer_id = %b"
        return cursor.execute(statement.encode(), (lease_id, reviewer_id)).fetchone()


def verdicts_of_asset(
    session: Session, organization_id: UUID, asset_id: UUID, limit: int
) -> list[VerdictRow]:
    """The newest first."""
    with driver_connection(session).cursor(row_factory=class_row(VerdictRow)) as cursor:
        statement = f"""{_VERDICT}
            WHERE r.organization_id = %b AND r.asset_id = %b ORDER BY r.id DESC LIMIT %b"""
        return cursor.execute(statement.encode(), (organization_id, asset_id, limit)).fetchall()


_LAST_REJECTION = """
SELECT step, reviewer_id, decision FROM review_verdict
WHERE label_task_id = %b ORDER BY id DESC LIMIT 1
"""


def last_rejection(session: Session, label_task_id: UUID) -> tuple[int, UUID] | None:
    """(step, reviewer) of the last verdict on this label's task, where it sent the label back."""
    row = driver_connection(session).execute(_LAST_REJECTION, (label_task_id,)).fetchone()
    return (row[0], row[1]) if row and row[2] == Decision.REJECTED.value else None


_WRITE = """
INSERT INTO review_verdict (
    id, organization_id, project_id, asset_id, review_task_id, label_task_id, lease_id, step,
    round, reviewer_id, author_id, decision, comment, subject_version_id, result_version_id)
VALUES (
    %(id)s, %(organization)s, %(project)s, %(asset)s, %(review_task)s, %(label_task)s, %(lease)s,
    %(step)s, %(round)s, %(reviewer)s, %(author)s, %(decision)s, %(comment)s, %(subject)s,
    %(result)s)
"""


def write_verdict(session: Session, **values: object) -> None:
    driver_connection(session).execute(_WRITE, values)


# Reviews that wait

_WAITING = """
SELECT t.id AS task_id, t.asset_id, a.name AS asset_name, a.thumbnail_key, t.step, t.round,
       t.subject_version_id AS version_id, l.author_id, u.name AS author_name, v.object_count,
       v.created_at AS handed_in_at, t.reserved_for, x.holder_id,
       held.name AS holder_name
FROM task t
JOIN asset a ON a.id = t.asset_id
JOIN label_version v ON v.id = t.subject_version_id
JOIN label l ON l.id = v.label_id
LEFT JOIN user_account u ON u.id = l.author_id
LEFT JOIN lease x ON x.task_id = t.id AND x.ended_at IS NULL
LEFT JOIN user_account held ON held.id = x.holder_id
WHERE t.project_id = %(project)s AND t.stage = 'review' AND t.state IN ('open', 'in_progress')
  AND (%(after)s::uuid IS NULL OR t.id > %(after)s)
  AND (%(task)s::uuid IS NULL OR t.id = %(task)s)
  AND (%(step)s::integer IS NULL OR t.step = %(step)s)
  AND (%(author)s::uuid IS NULL OR l.author_id = %(author)s)
ORDER BY t.id
LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """Which of them are wanted; None takes any."""

    task_id: UUID | None = None
    step: int | None = None
    author_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WaitingReview:
    """A label that waits for somebody to look at it, or is looked at now."""

    task_id: UUID
    asset_id: UUID
    asset_name: str
    thumbnail_key: str | None
    step: int
    round: int
    version_id: UUID
    author_id: UUID | None
    author_name: str | None
    object_count: int
    handed_in_at: datetime
    reserved_for: UUID | None
    holder_id: UUID | None
    holder_name: str | None


def waiting_reviews(
    session: Session, project_id: UUID, wanted: WaitingFilter, after: UUID | None, limit: int
) -> list[WaitingReview]:
    """Up to `limit + 1`, those that were asked for first at the top."""
    parameters = {
        "project": project_id,
        "task": wanted.task_id,
        "step": wanted.step,
        "author": wanted.author_id,
        "after": after,
        "limit": limit + 1,
    }
    with driver_connection(session).cursor(row_factory=class_row(WaitingReview)) as cursor:
        return cursor.execute(_WAITING, parameters).fetchall()


# Two versions side by side

_OBJECTS = """
SELECT o.version_id, o.key, o.class_id, o.layer, o.attributes, o.mask_id, m.counts, a.height,
       a.width
FROM label_object o
JOIN label_version v ON v.id = o.version_id
JOIN mask m ON m.id = o.mask_id
JOIN asset a ON a.id = v.asset_id
WHERE o.version_id = ANY (%b) AND o.organization_id = %b
"""


@dataclass(frozen=True, slots=True)
class DrawnObject:
    """An object of a version, with its packed mask."""

    version_id: UUID
    key: UUID
    class_id: UUID
    layer: int
    attributes: dict[str, Any]
    mask_id: UUID
    counts: bytes
    height: int
    width: int


def objects_of_versions(
    session: Session, organization_id: UUID, version_ids: Sequence[UUID]
) -> list[DrawnObject]:
    with driver_connection(session).cursor(
        row_factory=class_row(DrawnObject), binary=True
    ) as cursor:
        return cursor.execute(_OBJECTS, (list(version_ids), organization_id)).fetchall()
