"""Statements that list versions of labels, for who may see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version with its author's name."""

    id: UUID
    asset_id: UUID
    project_id: UUID
    number: int
    kind: str
    origin: str
    author_id: UUID | None
    author_name: str | None
    created_at: datetime
    active_ms: int
    ontology_version: int
    is_current: bool
    object_count: int
    image_attributes: dict[str, object]


# An answer about a part of the image is nobody's label: whoever looks for the one that counts must
# not find it.
_VERSION_COLUMNS = """
SELECT v.id, v.asset_id, a.project_id, v.number, v.kind, v.origin, v.author_id, u.name,
       v.created_at, v.active_ms, v.ontology_version,
       v.kind <> 'region'
       AND (v.id IS NOT DISTINCT FROM l.current_version_id OR l.is_gold AND v.kind <> 'orphan'),
       v.object_count, v.image_attributes
FROM label_version v
JOIN label l ON l.id = v.label_id
JOIN asset a ON a.id = v.asset_id
JOIN project p ON p.id = a.project_id
LEFT JOIN user_account u ON u.id = v.author_id
WHERE v.organization_id = %(organization)s AND a.deleted_at IS NULL AND p.deleted_at IS NULL
  AND v.kind <> 'surroundings'
  AND CASE WHEN %(labeler)s::uuid IS NULL THEN NOT l.is_gold
      ELSE l.author_id = %(labeler)s OR NOT p.is_watched AND NOT EXISTS (
          SELECT FROM task t
          WHERE t.asset_id = v.asset_id AND t.stage = 'label' AND t.id <> l.task_id
            AND t.state NOT IN ('submitted', 'done', 'withdrawn')) END
  AND (%(team)s::uuid[] IS NULL OR v.author_id IS NULL OR v.author_id = ANY (%(team)s)
       OR EXISTS (
          SELECT FROM task t JOIN lease held ON held.task_id = t.id
          WHERE t.asset_id = v.asset_id AND t.stage = 'review' AND held.holder_id = ANY (%(team)s)))
"""

_VERSIONS_OF_ASSET = f"""
{_VERSION_COLUMNS} AND v.asset_id = %(asset)s AND (%(after)s::uuid IS NULL OR v.id < %(after)s)
ORDER BY v.id DESC LIMIT %(limit)s
"""


def page_of_versions(
    session: Session,
    organization_id: UUID,
    asset_id: UUID,
    *,
    labeler_id: UUID | None,
    team: frozenset[UUID] | None,
    after: UUID | None,
    limit: int,
) -> list[VersionRow]:
    """Up to `limit + 1` versions of all labels of an asset, newest first. A labeler is shown no
    other person's label while somebody, perhaps he, is still to give another opinion; and none at
    all where golds may be mixed in, for one of them might be the answer to his next task. His own
    answer to a gold looks like any label of his; nobody else is shown it here.

    team  of a vendor: who belongs to it is shown what they made, and all of what they review
    """
    rows = driver_connection(session).execute(
        _VERSIONS_OF_ASSET,
        {
            "organization": organization_id,
            "asset": asset_id,
            "labeler": labeler_id,
            "team": _listed(team),
            "after": after,
            "limit": limit + 1,
        },
    )
    return [VersionRow(*row) for row in rows]


_PROJECT = """
SELECT l.project_id FROM label_version v
JOIN label l ON l.id = v.label_id
JOIN project p ON p.id = l.project_id AND p.deleted_at IS NULL
WHERE v.organization_id = %b AND v.id = %b
"""


def project_of_version(session: Session, organization_id: UUID, version_id: UUID) -> UUID | None:
    row = driver_connection(session).execute(_PROJECT, (organization_id, version_id)).fetchone()
    return row[0] if row else None


def find_version(
    session: Session,
    organization_id: UUID,
    version_id: UUID,
    *,
    labeler_id: UUID | None,
    team: frozenset[UUID] | None,
) -> VersionRow | None:
    """As `page_of_versions` would show it."""
    row = (
        driver_connection(session)
        .execute(
            f"{_VERSION_COLUMNS} AND v.id = %(version)s",
            {
                "organization": organization_id,
                "version": version_id,
                "labeler": labeler_id,
                "team": _listed(team),
            },
        )
        .fetchone()
    )
    return VersionRow(*row) if row else None


def _listed(people: frozenset[UUID] | None) -> list[UUID] | None:
    return None if people is None else list(people)
