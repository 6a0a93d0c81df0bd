"""Statements about rules, their history, and what they put in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from psycopg.rows import class_row
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.quality.domain import Seen
from maskwright.quality.models import QualityRule


def rules_of(session: Session, project_id: UUID) -> Sequence[QualityRule]:
    """All that are not deleted, the oldest first."""
    return session.scalars(
        sa.select(QualityRule)
        .where(QualityRule.project_id == project_id, QualityRule.deleted_at.is_(None))
        .order_by(QualityRule.id)
    ).all()


def find_rule(session: Session, organization_id: UUID, rule_id: UUID) -> QualityRule | None:
    return session.scalar(
        sa.select(QualityRule).where(
            QualityRule.organization_id == organization_id,
            QualityRule.id == rule_id,
            QualityRule.deleted_at.is_(None),
        )
    )


_HAS_RULES = """
SELECT FROM quality_rule WHERE project_id = %b AND is_active AND deleted_at IS NULL LIMIT 1
"""


def has_rules(session: Session, project_id: UUID) -> bool:
    found = driver_connection(session).execute(_HAS_RULES, (project_id,)).fetchone()
    return found is not None


# Of two workers that look at one person at once, the second one waits, and sees what the first did.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%b::text || %b::text, 20))"


def lock_person(session: Session, project_id: UUID, user_id: UUID) -> None:
    driver_connection(session).execute(_LOCK, (str(project_id), str(user_id)))


_LAST_SEEN = "SELECT max(last_at) FROM rule_firing WHERE rule_id = %b AND user_id = %b"


def last_seen(session: Session, rule_id: UUID, user_id: UUID) -> datetime | None:
    """What is not newer has been seen by a firing of this rule."""
    row = driver_connection(session).execute(_LAST_SEEN, (rule_id, user_id)).fetchone()
    return row[0] if row else None


_WRITE = """
INSERT INTO rule_firing (
    id, organization_id, project_id, rule_id, user_id, rule, value, observations, first_at, last_at)
SELECT %(id)s, r.organization_id, r.project_id, r.id, %(user)s, %(rule)s, %(value)s,
       %(observations)s, %(first_at)s, %(last_at)s
FROM quality_rule r WHERE r.id = %(rule_id)s
"""


def write_firing(
    session: Session, rule_id: UUID, user_id: UUID, rule: dict[str, Any], seen: Seen
) -> UUID:
    """Keep that the rule, as it is now, was met; returns the entry's id."""
    id_ = new_id()
    parameters = {
        "id": id_,
        "rule_id": rule_id,
        "user": user_id,
        "rule": Jsonb(rule),
        "value": seen.value,
        "observations": seen.observations,
        "first_at": seen.first_at,
        "last_at": seen.last_at,
    }
    driver_connection(session).execute(_WRITE, parameters)
    return id_


# Review

_RAISED = """
SELECT coalesce(max(percent), 0) FROM review_raise
WHERE project_id = %b AND user_id = %b AND ended_at IS NULL
"""


def raised_review(session: Session, project_id: UUID, user_id: UUID) -> int:
    """How much of his work is reviewed because of rules, in percent."""
    row = driver_connection(session).execute(_RAISED, (project_id, user_id)).fetchone()
    return int(row[0]) if row else 0


_RAISE = """
INSERT INTO review_raise (id, organization_id, project_id, user_id, percent, firing_id)
SELECT %b, f.organization_id, f.project_id, f.user_id, %b, f.id
FROM rule_firing f WHERE f.id = %b
"""


def raise_review(session: Session, firing_id: UUID, percent: int) -> None:
    driver_connection(session).execute(_RAISE, (new_id(), percent, firing_id))


_LOWER = """
UPDATE review_raise SET ended_at = clock_timestamp() WHERE firing_id = %b AND ended_at IS NULL
"""


def lower_review(session: Session, firing_id: UUID) -> bool:
    """Whether what the firing raised was still so."""
    return driver_connection(session).execute(_LOWER, (firing_id,)).rowcount > 0


# History


@dataclass(frozen=True, slots=True)
class FiringRow:
    """What a rule did, with the names of those in it. `is_in_force`: it holds until it is over, or
    somebody takes it back."""

    id: UUID
    project_id: UUID
    rule_id: UUID
    user_id: UUID
    user_name: str
    rule: dict[str, Any]
    value: float
    observations: int
    first_at: datetime
    last_at: datetime
    created_at: datetime
    undone_at: datetime | None
    undone_by_id: UUID | None
    undone_by_name: str | None
    is_in_force: bool


_FIRINGS = """
SELECT f.id, f.project_id, f.rule_id, f.user_id, u.name AS user_name, f.rule, f.value,
       f.observations, f.first_at, f.last_at, f.created_at, f.undone_at,
       f.undone_by AS undone_by_id, who.name AS undone_by_name,
       f.undone_at IS NULL AND (
           f.rule ->> 'action' = 'remove_skill'
           OR EXISTS (SELECT FROM work_pause p WHERE p.firing_id = f.id AND p.ended_at IS NULL
                        AND (p.until IS NULL OR p.until > clock_timestamp()))
           OR EXISTS (SELECT FROM review_raise r
                      WHERE r.firing_id = f.id AND r.ended_at IS NULL)) AS is_in_force
FROM rule_firing f
JOIN user_account u ON u.id = f.user_id
LEFT JOIN user_account who ON who.id = f.undone_by
WHERE f.organization_id = %(organization)s
  AND (%(project)s::uuid IS NULL OR f.project_id = %(project)s)
  AND (%(firing)s::uuid IS NULL OR f.id = %(firing)s)
  AND (%(after)s::uuid IS NULL OR f.id < %(after)s)
ORDER BY f.id DESC LIMIT %(limit)s
"""


def firings(
    session: Session,
    organization_id: UUID,
    *,
    project_id: UUID | None = None,
    firing_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = 1,
) -> list[FiringRow]:
    """The newest first."""
    parameters = {
        "organization": organization_id,
        "project": project_id,
        "firing": firing_id,
        "after": after,
        "limit": limit,
    }
    with driver_connection(session).cursor(row_factory=class_row(FiringRow)) as cursor:
        return cursor.execute(_FIRINGS, parameters).fetchall()


_UNDO = """
UPDATE rule_firing SET undone_at = clock_timestamp(), undone_by = %b
WHERE id = %b AND undone_at IS NULL
"""


def mark_undone(session: Session, firing_id: UUID, by: UUID) -> None:
    driver_connection(session).execute(_UNDO, (by, firing_id))


_NAMES = "SELECT id, name FROM user_account WHERE id = ANY (%b)"


def names_of(session: Session, user_ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = driver_connection(session).execute(_NAMES, (list(user_ids),))
    return {id_: name for id_, name in rows}  # noqa: C416  # rows are tuples of Any


_LEADS = """
SELECT lead.user_id FROM team_member his
JOIN team_member lead ON lead.team_id = his.team_id AND lead.is_lead
WHERE his.organization_id = %b AND his.user_id = %b AND lead.user_id <> his.user_id
"""


def leads_of(session: Session, organization_id: UUID, user_id: UUID) -> list[UUID]:
    """Who leads this person's team."""
    rows = driver_connection(session).execute(_LEADS, (organization_id, user_id))
    return [lead for (lead,) in rows]
