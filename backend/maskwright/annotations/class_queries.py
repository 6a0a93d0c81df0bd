"""Statements about all objects of a class, for classes that leave an ontology."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection

_COUNT_BY_CLASS = """
SELECT class_id, sum(n)::bigint FROM (
    SELECT o.class_id, count(*) AS n
    FROM label_object o
    JOIN label_version v ON v.id = o.version_id
    JOIN label l ON l.id = v.label_id AND l.current_version_id = v.id
    WHERE o.class_id = ANY (%(classes)s) AND l.project_id = %(project)s
    GROUP BY o.class_id
    UNION ALL
    SELECT o.class_id, count(*)
    FROM draft d JOIN draft_object o ON o.label_id = d.label_id
    WHERE d.project_id = %(project)s AND o.class_id = ANY (%(classes)s)
    GROUP BY o.class_id
) counted
GROUP BY class_id
"""


def count_objects_by_class(
    session: Session, project_id: UUID, class_ids: Sequence[UUID]
) -> dict[UUID, int]:
    """How many objects of current versions and of drafts have these classes."""
    rows = driver_connection(session).execute(
        _COUNT_BY_CLASS, {"project": project_id, "classes": list(class_ids)}
    )
    return {class_id: count for class_id, count in rows}  # noqa: C416  # rows are tuples of Any


# One statement for a whole project, however many labels it has. A version's number follows the
# label's largest, for orphans have numbers too. Its kind is that of the version before: what was
# submitted or reviewed still is. It has no lease, for nobody worked on it.
_MIGRATED_VERSIONS = """
WITH old AS (
    SELECT v.*, uuidv7() AS new_id,
           (SELECT max(number) + 1 FROM label_version WHERE label_id = l.id) AS new_number
    FROM label l JOIN label_version v ON v.id = l.current_version_id
    WHERE l.project_id = %(project)s
      AND EXISTS (
          SELECT FROM label_object o WHERE o.version_id = v.id AND o.class_id = %(class)s)
    FOR UPDATE OF l
), version AS (
    INSERT INTO label_version (
        id, organization_id, label_id, asset_id, number, kind, origin, author_id, parent_id,
        lease_id, ontology_version, active_ms, image_attributes, object_count)
    SELECT new_id, organization_id, label_id, asset_id, new_number, kind, origin, %(actor)s,
           id, NULL, ontology_version, 0, image_attributes,
           (SELECT count(*) FROM label_object o
            WHERE o.version_id = old.id
              AND (%(to)s::uuid IS NOT NULL OR o.class_id <> %(class)s))
    FROM old
), pointed AS (
    UPDATE label SET current_version_id = old.new_id FROM old WHERE label.id = old.label_id
), golds AS (
    -- What is expected of others is that label, as it is with the new classes.
    UPDATE gold SET version_id = old.new_id FROM old
    WHERE gold.version_id = old.id AND gold.state = 'active'
), begun_with AS (
    -- Whoever gets such a task next begins with the new version.
    UPDATE task SET subject_version_id = old.new_id FROM old
    WHERE task.asset_id = old.asset_id AND task.subject_version_id = old.id
      AND task.state IN ('open', 'in_progress', 'waiting', 'parked', 'skipped')
), copied AS (
    INSERT INTO label_object (
        organization_id, version_id, key, class_id, layer, "order", mask_id, attributes, provenance,
        relationships)
    SELECT o.organization_id, old.new_id, o.key,
           CASE WHEN o.class_id = %(class)s THEN %(to)s::uuid ELSE o.class_id END,
           o.layer, o."order", o.mask_id,
           CASE WHEN o.class_id = %(class)s THEN '{}' ELSE o.attributes END,
           o.provenance,
           CASE WHEN %(to)s::uuid IS NULL AND o.relationships <> '[]' THEN (
               SELECT coalesce(jsonb_agg(r), '[]') FROM jsonb_array_elements(o.relationships) r
               WHERE NOT EXISTS (
                   SELECT FROM label_object gone
                   WHERE gone.version_id = o.version_id AND gone.class_id = %(class)s
                     AND gone.key = (r ->> 'to')::uuid)
           ) ELSE o.relationships END
    FROM old JOIN label_object o ON o.version_id = old.id
    WHERE %(to)s::uuid IS NOT NULL OR o.class_id <> %(class)s
)
SELECT count(*) FROM old
"""

_REASSIGN_DRAFTS = """
UPDATE draft_object o SET class_id = %(to)s, attributes = '{}'
FROM draft d
WHERE d.label_id = o.label_id AND d.project_id = %(project)s AND o.class_id = %(class)s
"""

_CLEAR_DRAFTS = """
DELETE FROM draft_object o USING draft d
WHERE d.label_id = o.label_id AND d.project_id = %(project)s AND o.class_id = %(class)s
"""


def migrate_class(
    session: Session,
    *,
    project_id: UUID,
    class_id: UUID,
    to_class_id: UUID | None,
    actor_id: UUID | None,
) -> int:
    """Give every label that has objects of a class a new version in which they have another one,
    or in which they are gone where there is none; drafts likewise.

    Answers to the old class's attributes go: the other class does not ask them; so do
    relationships that lead to objects that are gone. Returns how many
    labels got a new version.
    """
    connection = driver_connection(session)
    parameters = {
        "project": project_id,
        "class": class_id,
        "to": to_class_id,
        "actor": actor_id,
    }
    row = connection.execute(_MIGRATED_VERSIONS, parameters).fetchone()
    connection.execute(_CLEAR_DRAFTS if to_class_id is None else _REASSIGN_DRAFTS, parameters)
    return int(row[0]) if row else 0
