"""Statements about golds, their settings, and what people handed in for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.gold.domain import Settings
from maskwright.kernel.ids import new_id

# Settings

_SETTINGS = """
SELECT first_tasks, percent, pass_iou, pass_distance_px, shows_feedback, may_repeat
FROM gold_settings WHERE project_id = %b
"""


def settings_of(session: Session, project_id: UUID) -> Settings:
    """Those of a project that has none are the defaults: nothing is mixed in."""
    row = driver_connection(session).execute(_SETTINGS, (project_id,)).fetchone()
    return Settings() if row is None else Settings(*row)


_SAVE_SETTINGS = """
INSERT INTO gold_settings (organization_id, project_id, first_tasks, percent, pass_iou,
    pass_distance_px, shows_feedback, may_repeat)
SELECT organization_id, id, %(first_tasks)s, %(percent)s, %(pass_iou)s, %(pass_distance_px)s,
       %(shows_feedback)s, %(may_repeat)s
FROM project WHERE id = %(project)s
ON CONFLICT (project_id) DO UPDATE SET
    first_tasks = excluded.first_tasks, percent = excluded.percent,
    pass_iou = excluded.pass_iou, pass_distance_px = excluded.pass_distance_px,
    shows_feedback = excluded.shows_feedback, may_repeat = excluded.may_repeat
"""


def save_settings(session: Session, project_id: UUID, wanted: Settings) -> None:
    parameters = {
        "project": project_id,
        "first_tasks": wanted.first_tasks,
        "percent": wanted.percent,
        "pass_iou": wanted.pass_iou,
        "pass_distance_px": wanted.pass_distance_px,
        "shows_feedback": wanted.shows_feedback,
        "may_repeat": wanted.may_repeat,
    }
    driver_connection(session).execute(_SAVE_SETTINGS, parameters)


# Keeping golds


@dataclass(frozen=True, slots=True)
class Answer:
    """An image's label as it counts now."""

    asset_id: UUID
    version_id: UUID | None
    is_finished: bool
    is_gold: bool


# Of several labels of an image the newest one counts: that of a consensus is made after them.
_ANSWERS = """
SELECT a.id AS asset_id, answer.id AS version_id,
       NOT EXISTS (
           SELECT FROM task t
           WHERE t.asset_id = a.id AND t.stage = 'label' AND t.gold_id IS NULL
             AND t.state NOT IN ('done', 'withdrawn')) AS is_finished,
       EXISTS (SELECT FROM gold g WHERE g.asset_id = a.id AND g.state = 'active') AS is_gold
FROM asset a
LEFT JOIN LATERAL (
    SELECT l.current_version_id AS id FROM label l
    JOIN label_version v ON v.id = l.current_version_id AND v.kind NOT IN ('region', 'surroundings')
    WHERE l.asset_id = a.id
    ORDER BY l.current_version_id DESC LIMIT 1
) answer ON true
WHERE a.project_id = %(project)s AND a.id = ANY (%(assets)s) AND a.deleted_at IS NULL
"""


def answers_of(session: Session, project_id: UUID, asset_ids: Sequence[UUID]) -> list[Answer]:
    with driver_connection(session).cursor(row_factory=class_row(Answer)) as cursor:
        parameters = {"project": project_id, "assets": list(asset_ids)}
        return cursor.execute(_ANSWERS, parameters).fetchall()


_INSERT = """
INSERT INTO gold (
    id, organization_id, project_id, asset_id, version_id, state, is_mixed, created_by)
SELECT %(id)s, p.organization_id, p.id, %(asset)s, %(version)s, 'active', %(mixed)s, %(person)s
FROM project p WHERE p.id = %(project)s
ON CONFLICT (asset_id) WHERE state = 'active' DO NOTHING
RETURNING id
"""


def insert_gold(
    session: Session,
    project_id: UUID,
    *,
    asset_id: UUID,
    version_id: UUID,
    is_mixed: bool,
    person_id: UUID,
) -> UUID | None:
    """The new gold's id; None where the image is one already."""
    parameters = {
        "id": new_id(),
        "project": project_id,
        "asset": asset_id,
        "version": version_id,
        "mixed": is_mixed,
        "person": person_id,
    }
    row = driver_connection(session).execute(_INSERT, parameters).fetchone()
    return row[0] if row else None


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A gold, and how people did on it. `attempts` are those that count."""

    id: UUID
    project_id: UUID
    asset_id: UUID
    asset_name: str
    version_id: UUID
    state: str
    is_mixed: bool
    for_skill: str | None
    reason: str
    created_at: datetime
    created_by_id: UUID
    created_by: str
    attempts: int
    passed: int
    mean_iou: float | None
    mean_distance_px: float | None
    disputes: int


_GOLDS = """
SELECT g.id, g.project_id, g.asset_id, a.name AS asset_name, g.version_id, g.state, g.is_mixed,
       nullif(g.for_skill, '') AS for_skill, g.reason, g.created_at,
       g.created_by AS created_by_id, u.name AS created_by,
       coalesce(n.attempts, 0) AS attempts, coalesce(n.passed, 0) AS passed,
       n.mean_iou, n.mean_distance_px,
       (SELECT count(*) FROM gold_dispute d
        WHERE d.gold_id = g.id AND d.resolved_at IS NULL) AS disputes
FROM gold g
JOIN asset a ON a.id = g.asset_id AND a.deleted_at IS NULL
JOIN user_account u ON u.id = g.created_by
LEFT JOIN LATERAL (
    SELECT count(*) AS attempts, count(*) FILTER (WHERE t.has_passed) AS passed,
           avg(t.iou) AS mean_iou, avg(t.distance_px) AS mean_distance_px
    FROM gold_attempt t WHERE t.gold_id = g.id AND t.state = 'counted'
) n ON true
WHERE g.organization_id = %(organization)s
  AND (%(project)s::uuid IS NULL OR g.project_id = %(project)s)
  AND (%(gold)s::uuid IS NULL OR g.id = %(gold)s)
ORDER BY g.state, n.mean_iou NULLS LAST, g.id
LIMIT %(limit)s
"""


def golds(
    session: Session,
    organization_id: UUID,
    *,
    project_id: UUID | None = None,
    gold_id: UUID | None = None,
    limit: int = 1,
) -> list[GoldRow]:
    """Those in use first, and of them the hardest."""
    with driver_connection(session).cursor(row_factory=class_row(GoldRow)) as cursor:
        parameters = {
            "organization": organization_id,
            "project": project_id,
            "gold": gold_id,
            "limit": limit,
        }
        return cursor.execute(_GOLDS, parameters).fetchall()


def set_use(session: Session, gold_id: UUID, *, is_mixed: bool, for_skill: str | None) -> None:
    driver_connection(session).execute(
        "UPDATE gold SET is_mixed = %b, for_skill = %b WHERE id = %b",
        (is_mixed, for_skill or "", gold_id),
    )


# What is open falls away with the gold; what somebody holds he hands in, and it is set aside.
_RETIRE = """
WITH gone AS (
    UPDATE gold SET state = 'retired', retired_at = now(), reason = %(reason)s
    WHERE id = %(gold)s AND state = 'active'
    RETURNING id
)
UPDATE task SET state = 'withdrawn', updated_at = clock_timestamp()
FROM gone WHERE task.gold_id = gone.id AND task.state = 'open'
"""


def retire(session: Session, gold_id: UUID, reason: str) -> None:
    driver_connection(session).execute(_RETIRE, {"gold": gold_id, "reason": reason})


_SET_ASIDE = "UPDATE gold_attempt SET state = 'set_aside' WHERE gold_id = %b AND state = 'counted'"


def set_attempts_aside(session: Session, gold_id: UUID) -> int:
    """What people handed in for this gold counts no longer; returns how much that was."""
    return driver_connection(session).execute(_SET_ASIDE, (gold_id,)).rowcount


def set_answer(session: Session, gold_id: UUID, version_id: UUID) -> None:
    driver_connection(session).execute(
        "UPDATE gold SET version_id = %b WHERE id = %b", (version_id, gold_id)
    )


_IS_ANSWER = """
SELECT FROM label_version v
WHERE v.id = %(version)s AND v.asset_id = %(asset)s AND v.kind <> 'orphan'
"""


def is_answer(session: Session, asset_id: UUID, version_id: UUID) -> bool:
    """Whether it is a finished label of this image. An attempt may be the better answer."""
    parameters = {"version": version_id, "asset": asset_id}
    return driver_connection(session).execute(_IS_ANSWER, parameters).fetchone() is not None


# A course has a rule of its own: a training tells at once, an exam when it is over.
_IS_TOLD = """
SELECT CASE y.kind WHEN 'training' THEN true WHEN 'exam' THEN y.state <> 'running'
            ELSE coalesce(s.shows_feedback, false) END
FROM task t
LEFT JOIN gold_settings s ON s.project_id = t.project_id
LEFT JOIN course_task c ON c.task_id = t.id
LEFT JOIN course_try y ON y.id = c.try_id
WHERE t.id = %b
"""


def is_told(session: Session, task_id: UUID) -> bool:
    """Whether who handed this gold task in is told how he did."""
    row = driver_connection(session).execute(_IS_TOLD, (task_id,)).fetchone()
    return bool(row and row[0])


_IS_IN_COURSE = """
SELECT FROM course_try WHERE project_id = %b AND user_id = %b AND kind = 'training' LIMIT 1
"""


def was_trained(session: Session, project_id: UUID, user_id: UUID) -> bool:
    """Whether he began a training here, whose attempts he is told of."""
    found = driver_connection(session).execute(_IS_IN_COURSE, (project_id, user_id)).fetchone()
    return found is not None


# Attempts


@dataclass(frozen=True, slots=True)
class LeaseOfGold:
    """A person's lease, and whether he is told how he did."""

    task_id: UUID
    is_gold: bool
    is_handed_in: bool
    shows_feedback: bool


_LEASE = """
SELECT t.id AS task_id, t.gold_id IS NOT NULL AS is_gold,
       l.outcome IS NOT DISTINCT FROM 'submitted' AS is_handed_in,
       CASE y.kind WHEN 'training' THEN true WHEN 'exam' THEN y.state <> 'running'
            ELSE coalesce(s.shows_feedback, false) END AS shows_feedback
FROM lease l
JOIN task t ON t.id = l.task_id
LEFT JOIN course_task c ON c.task_id = t.id
LEFT JOIN course_try y ON y.id = c.try_id
LEFT JOIN gold_settings s ON s.project_id = t.project_id
WHERE l.id = %(lease)s AND l.organization_id = %(organization)s AND l.holder_id = %(person)s
"""


def lease_of(
    session: Session, organization_id: UUID, lease_id: UUID, person_id: UUID
) -> LeaseOfGold | None:
    parameters = {"lease": lease_id, "organization": organization_id, "person": person_id}
    with driver_connection(session).cursor(row_factory=class_row(LeaseOfGold)) as cursor:
        return cursor.execute(_LEASE, parameters).fetchone()


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was handed in for a gold task, and what it is scored by."""

    organization_id: UUID
    project_id: UUID
    gold_id: UUID
    task_id: UUID
    asset_id: UUID
    user_id: UUID
    version_id: UUID
    expected_version_id: UUID
    ontology_version: int
    height: int
    width: int
    is_retired: bool
    submitted_at: datetime


_SUBMITTED = """
SELECT g.organization_id, g.project_id, g.id AS gold_id, t.id AS task_id, g.asset_id,
       l.author_id AS user_id, v.id AS version_id, g.version_id AS expected_version_id,
       greatest(v.ontology_version, e.ontology_version) AS ontology_version, a.height, a.width,
       g.state = 'retired' AS is_retired, v.created_at AS submitted_at
FROM task t
JOIN gold g ON g.id = t.gold_id
JOIN label l ON l.task_id = t.id AND l.is_gold
JOIN label_version v ON v.label_id = l.id AND v.kind = 'submitted'
JOIN label_version e ON e.id = g.version_id
JOIN asset a ON a.id = g.asset_id
WHERE t.id = ANY (%b)
ORDER BY v.id
"""


def submitted(session: Session, task_ids: Sequence[UUID]) -> list[Submitted]:
    """What was handed in for those of these tasks that are golds."""
    with driver_connection(session).cursor(row_factory=class_row(Submitted)) as cursor:
        return cursor.execute(_SUBMITTED, (list(task_ids),)).fetchall()


_TASKS_OF_GOLD = "SELECT task_id FROM gold_attempt WHERE gold_id = %b"


def scored_tasks(session: Session, gold_id: UUID) -> list[UUID]:
    rows = driver_connection(session).execute(_TASKS_OF_GOLD, (gold_id,))
    return [task_id for (task_id,) in rows]


_WRITE_ATTEMPT = """
INSERT INTO gold_attempt (
    id, organization_id, project_id, gold_id, task_id, version_id, expected_version_id, user_id,
    state, iou, distance_px, panoptic_quality, has_passed, parts, submitted_at)
VALUES (
    %(id)s, %(organization)s, %(project)s, %(gold)s, %(task)s, %(version)s, %(expected)s,
    %(user)s, %(state)s, %(iou)s, %(distance_px)s, %(panoptic_quality)s, %(has_passed)s,
    %(parts)s, %(submitted_at)s)
ON CONFLICT (version_id) DO UPDATE SET
    expected_version_id = excluded.expected_version_id, iou = excluded.iou,
    distance_px = excluded.distance_px, panoptic_quality = excluded.panoptic_quality,
    has_passed = excluded.has_passed, parts = excluded.parts, scored_at = now()
"""


def write_attempt(session: Session, found: Submitted, scored: dict[str, Any]) -> None:
    """Keep a score; what was scored before is scored anew."""
    parameters = {
        "id": new_id(),
        "organization": found.organization_id,
        "project": found.project_id,
        "gold": found.gold_id,
        "task": found.task_id,
        "version": found.version_id,
        "expected": found.expected_version_id,
        "user": found.user_id,
        "state": "set_aside" if found.is_retired else "counted",
        "submitted_at": found.submitted_at,
        **scored,
        "parts": Jsonb(scored["parts"]),
    }
    driver_connection(session).execute(_WRITE_ATTEMPT, parameters)


_UNSCORED = """
SELECT t.organization_id, t.project_id, t.id, l.author_id
FROM label l
JOIN task t ON t.id = l.task_id
JOIN label_version v ON v.label_id = l.id AND v.kind = 'submitted'
WHERE l.is_gold AND v.created_at < clock_timestamp() - make_interval(secs => %b)
  AND NOT EXISTS (SELECT FROM gold_attempt g WHERE g.version_id = v.id)
LIMIT 500
"""


def unscored(session: Session, older_than_seconds: float) -> list[tuple[UUID, UUID, UUID, UUID]]:
    """(organisation, project, task, person) whose message was lost."""
    rows = driver_connection(session).execute(_UNSCORED, (older_than_seconds,))
    return [(organization, project, task, user) for organization, project, task, user in rows]
