"""Every statement about consensus, as SQL on the driver's connection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from psycopg.types.json import Jsonb
from sqlalchemy.orm import Session

from maskwright.annotations.domain import VersionKind
from maskwright.annotations.masks import MaskRow
from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.queue.domain import TaskState
from maskwright.reviews.domain import Method

NO_ANSWERS: Mapping[str, Any] = MappingProxyType({})

# The first slot's row stands for all: whoever wants to know of the others waits for it.
_LOCK_FIRST = """
SELECT FROM task WHERE asset_id = %b AND stage = 'label' AND slot = 1 FOR UPDATE
"""
_SLOTS = """
SELECT state FROM task WHERE asset_id = %b AND stage = 'label' AND gold_id IS NULL ORDER BY slot
"""


def lock_slots(session: Session, asset_id: UUID) -> list[TaskState]:
    """The states of an image's label tasks by slot; nobody else routes one until this ends."""
    connection = driver_connection(session)
    connection.execute(_LOCK_FIRST, (asset_id,))
    return [TaskState(state) for (state,) in connection.execute(_SLOTS, (asset_id,))]


_WAITING = """
SELECT t.asset_id, t.organization_id FROM task t
JOIN project_workflow w ON w.project_id = t.project_id AND w.overlap IS NOT NULL
WHERE t.stage = 'label' AND t.state = 'submitted' AND t.slots > 1 AND t.gold_id IS NULL
  AND t.updated_at < clock_timestamp() - make_interval(secs => %b)
GROUP BY t.asset_id, t.organization_id
HAVING count(*) = (
       SELECT count(*) FROM task o
       WHERE o.asset_id = t.asset_id AND o.stage = 'label' AND o.gold_id IS NULL)
   AND NOT EXISTS (SELECT FROM image_consensus c WHERE c.asset_id = t.asset_id)
LIMIT 500
"""


def waiting_for_consensus(session: Session, older_than_seconds: float) -> list[tuple[UUID, UUID]]:
    """(asset, organisation) of images that all handed in and whose labels nobody made one:
    the message was lost."""
    rows = driver_connection(session).execute(_WAITING, (older_than_seconds,))
    return [(asset_id, organization_id) for asset_id, organization_id in rows]


@dataclass(frozen=True, slots=True)
class Place:
    """The image that a consensus is of."""

    organization_id: UUID
    project_id: UUID
    asset_id: UUID
    height: int
    width: int

    @property
    def size(self) -> tuple[int, int]:
        """(height, width)"""
        return self.height, self.width


_PLACE = """
SELECT a.organization_id, a.project_id, a.id AS asset_id, a.height, a.width FROM asset a
WHERE a.id = %b AND a.deleted_at IS NULL
"""


def place_of(session: Session, asset_id: UUID) -> Place | None:
    with driver_connection(session).cursor(row_factory=class_row(Place)) as cursor:
        return cursor.execute(_PLACE, (asset_id,)).fetchone()


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One person's label that counts, and what is known of him in the project.

    region           the boxes that he was asked about; None: the whole image
    surroundings_id  the version that he was shown around them
    """

    task_id: UUID
    label_id: UUID
    version_id: UUID
    person_id: UUID
    ontology_version: int
    image_attributes: dict[str, Any]
    region: list[int] | None
    surroundings_id: UUID | None
    items: int
    distance: float


# What people disagree about is harder than the rest: how near somebody came there says nothing of
# how far he is to be relied on elsewhere.
_OPINIONS = """
SELECT t.id AS task_id, l.id AS label_id, v.id AS version_id, l.author_id AS person_id,
       v.ontology_version, v.image_attributes, t.region, shown.version_id AS surroundings_id,
       coalesce(known.items, 0) AS items,
       coalesce(known.distance, 0) AS distance
FROM task t
JOIN label l ON l.task_id = t.id AND l.current_version_id IS NOT NULL AND l.author_id IS NOT NULL
JOIN label_version v ON v.id = l.current_version_id
LEFT JOIN LATERAL (
    SELECT s.current_version_id AS version_id FROM label s
    WHERE s.task_id = t.id AND s.author_id IS NULL AND s.current_version_id IS NOT NULL
      AND t.region IS NOT NULL
) shown ON true
LEFT JOIN LATERAL (
    SELECT count(*) AS items, sum(1 - o.iou) AS distance FROM consensus_opinion o
    WHERE o.project_id = t.project_id AND o.person_id = l.author_id AND NOT o.is_regional
) known ON true
WHERE t.asset_id = %b AND t.stage = 'label'
ORDER BY t.slot
"""


def opinions_of(session: Session, asset_id: UUID) -> list[OpinionRow]:
    """By slot."""
    with driver_connection(session).cursor(row_factory=class_row(OpinionRow)) as cursor:
        return cursor.execute(_OPINIONS, (asset_id,)).fetchall()


_WRITE_VERSION = """
WITH own AS (
    INSERT INTO label (
        id, organization_id, project_id, asset_id, task_id, author_id, current_version_id)
    VALUES (%(label)s, %(organization)s, %(project)s, %(asset)s, %(task)s, NULL, %(version)s)
    RETURNING id
), stored AS (
    INSERT INTO mask (id, organization_id, asset_id, sha256, counts, area, bbox)
    SELECT m.id, %(organization)s, %(asset)s, m.sha256, m.counts, m.area,
           ARRAY[m.x, m.y, m.w, m.h]
    FROM unnest(
        %(mask_ids)b::uuid[], %(sha256s)b::bytea[], %(counts)b::bytea[], %(areas)b::bigint[],
        %(xs)b::integer[], %(ys)b::integer[], %(widths)b::integer[], %(heights)b::integer[]
    ) AS m (id, sha256, counts, area, x, y, w, h)
    ON CONFLICT DO NOTHING
), version AS (
    INSERT INTO label_version (
        id, organization_id, label_id, asset_id, number, kind, origin, ontology_version,
        object_count, image_attributes)
    SELECT %(version)s, %(organization)s, own.id, %(asset)s, 1, %(kind)s, 'consensus',
           %(ontology)s, %(object_count)s, %(image_attributes)s
    FROM own
)
INSERT INTO label_object (
    organization_id, version_id, key, class_id, layer, "order", mask_id, attributes, provenance)
SELECT %(organization)s, %(version)s, o.key, o.class_id, o.layer, o.place, o.mask_id,
       o.attributes::jsonb, o.provenance::jsonb
FROM unnest(
    %(keys)b::uuid[], %(class_ids)b::uuid[], %(layers)b::integer[], %(orders)b::integer[],
    %(object_mask_ids)b::uuid[], %(attributes)b::text[], %(provenances)b::text[]
) AS o (key, class_id, layer, place, mask_id, attributes, provenance)
"""


@dataclass(frozen=True, slots=True)
class AgreedRow:
    """An object of a consensus ready to be stored; the two last are JSON texts."""

    key: UUID
    class_id: UUID
    layer: int
    mask: MaskRow
    attributes: str
    provenance: str


def write_consensus_label(
    session: Session,
    place: Place,
    *,
    version_id: UUID,
    kind: VersionKind,
    task_id: UUID,
    ontology_version: int,
    objects: Sequence[AgreedRow],
    image_attributes: Mapping[str, Any] = NO_ANSWERS,
) -> None:
    """Write what people agreed on as a label of nobody's, on this task, in this version."""
    masks = [row.mask for row in objects]
    driver_connection(session).execute(
        _WRITE_VERSION,
        {
            "label": new_id(),
            "version": version_id,
            "kind": kind.value,
            "organization": place.organization_id,
            "project": place.project_id,
            "asset": place.asset_id,
            "task": task_id,
            "ontology": ontology_version,
            "object_count": len(objects),
            "image_attributes": Jsonb(dict(image_attributes)),
            "mask_ids": [mask.id for mask in masks],
            "sha256s": [mask.sha256 for mask in masks],
            "counts": [mask.counts for mask in masks],
            "areas": [mask.area for mask in masks],
            "xs": [mask.bbox.x for mask in masks],
            "ys": [mask.bbox.y for mask in masks],
            "widths": [mask.bbox.width for mask in masks],
            "heights": [mask.bbox.height for mask in masks],
            "keys": [row.key for row in objects],
            "class_ids": [row.class_id for row in objects],
            "layers": [row.layer for row in objects],
            "orders": list(range(len(objects))),
            "object_mask_ids": [mask.id for mask in masks],
            "attributes": [row.attributes for row in objects],
            "provenances": [row.provenance for row in objects],
        },
    )


_WRITE_RESULT = """
INSERT INTO image_consensus (
    asset_id, organization_id, project_id, version_id, people, method, agreement, kappa,
    disputed_share, disputed_counts, tied_px, ties)
VALUES (
    %(asset)s, %(organization)s, %(project)s, %(version)s, %(people)s, %(method)s, %(agreement)s,
    %(kappa)s, %(disputed_share)s, %(disputed)b, %(tied_px)s, %(ties)s)
ON CONFLICT (asset_id) DO NOTHING
RETURNING asset_id
"""
_WRITE_OPINIONS = """
INSERT INTO consensus_opinion (
    asset_id, organization_id, project_id, person_id, version_id, iou, is_regional)
SELECT %(asset)s, %(organization)s, %(project)s, o.person_id, o.version_id, o.iou, o.is_regional
FROM jsonb_to_recordset(%(opinions)s) AS o (
    person_id uuid, version_id uuid, iou double precision, is_regional boolean)
"""
_WRITE_PAIRS = """
INSERT INTO consensus_pair (
    asset_id, organization_id, project_id, one_id, other_id, iou, is_regional)
SELECT %(asset)s, %(organization)s, %(project)s, least(p.one, p.other), greatest(p.one, p.other),
       p.iou, p.is_regional
FROM jsonb_to_recordset(%(pairs)s) AS p (
    one uuid, other uuid, iou double precision, is_regional boolean)
"""
_WRITE_CLASSES = """
INSERT INTO consensus_class (asset_id, organization_id, project_id, class_id, things, iou, kappa)
SELECT %(asset)s, %(organization)s, %(project)s, c.class_id, c.things, c.iou, c.kappa
FROM jsonb_to_recordset(%(classes)s)
    AS c (class_id uuid, things integer, iou double precision, kappa double precision)
"""


def write_result(
    session: Session,
    place: Place,
    *,
    values: Mapping[str, Any],
    opinions: Sequence[Mapping[str, Any]],
    pairs: Sequence[Mapping[str, Any]],
    classes: Sequence[Mapping[str, Any]],
) -> bool:
    """Keep how far people agreed; False where that was done before."""
    connection = driver_connection(session)
    where = {
        "asset": place.asset_id,
        "organization": place.organization_id,
        "project": place.project_id,
    }
    if connection.execute(_WRITE_RESULT, {**where, **values}).fetchone() is None:
        return False
    connection.execute(_WRITE_OPINIONS, {**where, "opinions": Jsonb(list(opinions))})
    connection.execute(_WRITE_PAIRS, {**where, "pairs": Jsonb(list(pairs))})
    connection.execute(_WRITE_CLASSES, {**where, "classes": Jsonb(list(classes))})
    return True


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """What several people's labels of an image came to."""

    version_id: UUID
    people: int
    method: Method
    agreement: float
    kappa: float
    disputed_share: float
    disputed_counts: bytes
    tied_px: int
    ties: list[dict[str, Any]]
    created_at: datetime


_RESULT = """
SELECT version_id, people, method, agreement, kappa, disputed_share, disputed_counts, tied_px,
       ties, created_at
FROM image_consensus WHERE asset_id = %b
"""


def find_result(session: Session, asset_id: UUID) -> ConsensusRow | None:
    with driver_connection(session).cursor(
        row_factory=class_row(ConsensusRow), binary=True
    ) as cursor:
        return cursor.execute(_RESULT, (asset_id,)).fetchone()


_OPINIONS_OF_RESULT = """
SELECT o.person_id, u.name, o.version_id, o.iou, t.region FROM consensus_opinion o
JOIN user_account u ON u.id = o.person_id
JOIN label_version v ON v.id = o.version_id
JOIN label l ON l.id = v.label_id
JOIN task t ON t.id = l.task_id
WHERE o.asset_id = %b ORDER BY o.is_regional, o.iou DESC, u.name
"""


@dataclass(frozen=True, slots=True)
class OpinionOfResult:
    """How near one person came to the consensus; `region` is what he was asked about."""

    person_id: UUID
    name: str
    version_id: UUID
    iou: float
    region: list[int] | None


def opinions_of_result(session: Session, asset_id: UUID) -> list[OpinionOfResult]:
    """Those about the whole image first, the nearest of each at the top."""
    with driver_connection(session).cursor(row_factory=class_row(OpinionOfResult)) as cursor:
        return cursor.execute(_OPINIONS_OF_RESULT, (asset_id,)).fetchall()
