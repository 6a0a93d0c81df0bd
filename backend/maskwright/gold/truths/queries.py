"""Statements about ground truth that was uploaded: which images it is of."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection

# In no order, so that the ages of some are those of any.
_SOME = """
SELECT id FROM asset WHERE project_id = %b AND deleted_at IS NULL ORDER BY random() LIMIT %b
"""


def some_images(session: Session, project_id: UUID, number: int) -> list[UUID]:
    """So many images of a project at random, or all where it has fewer."""
    rows = driver_connection(session).execute(_SOME, (project_id, number))
    return [asset_id for (asset_id,) in rows]


@dataclass(frozen=True, slots=True)
class Place:
    """An image of the project. `task_id` is that of its label; None before it is ready."""

    asset_id: UUID
    external_id: str | None
    name: str
    height: int | None
    width: int | None
    task_id: UUID | None
    is_gold: bool
    sha256: bytes


# Masks have the image's name with another ending, so that names are compared without theirs.
_PLACES = r"""
SELECT a.id AS asset_id, a.external_id, a.name, a.height, a.width, a.sha256, t.id AS task_id,
       EXISTS (SELECT FROM gold g WHERE g.asset_id = a.id AND g.state = 'active') AS is_gold
FROM asset a
LEFT JOIN task t ON t.asset_id = a.id AND t.stage = 'label' AND t.slot = 1 AND t.step = 0
    AND a.state = 'ready'
WHERE a.project_id = %(project)s AND a.deleted_at IS NULL
  AND (a.id = ANY (%(ids)s) OR a.external_id = ANY (%(external_ids)s)
       OR lower(regexp_replace(a.name, '\.[^.]*$', '')) = ANY (%(stems)s)
       OR a.sha256 = ANY (%(sha256s)s))
LIMIT 50000
"""


def find_places(
    session: Session,
    project_id: UUID,
    *,
    ids: Sequence[UUID],
    external_ids: Sequence[str],
    stems: Sequence[str],
    sha256s: Sequence[bytes],
) -> list[Place]:
    """The images of a project that are named in any of these ways; `stems` in small letters."""
    parameters = {
        "project": project_id,
        "ids": list(ids),
        "external_ids": list(external_ids),
        "stems": list(stems),
        "sha256s": list(sha256s),
    }
    with driver_connection(session).cursor(row_factory=class_row(Place)) as cursor:
        return cursor.execute(_PLACES, parameters).fetchall()
