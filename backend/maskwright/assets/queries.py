"""Every statement about assets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from psycopg.rows import class_row
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from maskwright.assets.domain import RENDITION_SET, AssetState
from maskwright.assets.models import Asset
from maskwright.db.driver import driver_connection


@dataclass(frozen=True, slots=True)
class AssetTask:
    """The work on an asset, and who is at it or did it."""

    asset_id: UUID
    task_id: UUID
    state: str
    labeler_id: UUID | None
    labeler_name: str | None


@dataclass(frozen=True, slots=True)
class AssetFiles:
    """What is needed to hand out an asset's files."""

    id: UUID
    name: str
    media_type: str
    byte_size: int
    original_key: str
    display_key: str | None
    display_media_type: str | None
    thumbnail_key: str | None
    tiles: dict[str, Any] | None
    deep: dict[str, Any] | None


def find_asset(session: Session, organization_id: UUID, asset_id: UUID) -> Asset | None:
    """An asset of this organisation that is not deleted, as it stands now."""
    return session.scalar(
        sa.select(Asset)
        .where(
            Asset.organization_id == organization_id,
            Asset.id == asset_id,
            Asset.deleted_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )


def find_asset_by_content(session: Session, project_id: UUID, sha256: bytes) -> Asset | None:
    return session.scalar(
        sa.select(Asset).where(
            Asset.project_id == project_id, Asset.sha256 == sha256, Asset.deleted_at.is_(None)
        )
    )


def external_id_is_taken(
    session: Session, project_id: UUID, external_id: str, *, except_asset: UUID | None = None
) -> bool:
    statement = sa.select(Asset.id).where(
        Asset.project_id == project_id,
        Asset.external_id == external_id,
        Asset.deleted_at.is_(None),
    )
    if except_asset is not None:
        statement = statement.where(Asset.id != except_asset)
    return session.scalar(statement) is not None


def insert_asset(session: Session, values: dict[str, Any]) -> Asset | None:
    """The new asset; None where the project has the same content or external id already, also
    where another request is writing it at this moment: this waits for that one's end."""
    return session.scalar(insert(Asset).values(values).on_conflict_do_nothing().returning(Asset))


def page_of_assets(
    session: Session,
    project_id: UUID,
    *,
    state: AssetState | None,
    text: str | None,
    after: UUID | None,
    limit: int,
) -> Sequence[Asset]:
    """Up to `limit + 1` assets, newest first; `text` is looked for in names and external ids."""
    statement = (
        sa.select(Asset)
        .where(Asset.project_id == project_id, Asset.deleted_at.is_(None))
        .order_by(Asset.id.desc())
        .limit(limit + 1)
    )
    if state is not None:
        statement = statement.where(Asset.state == state)
    if text:
        statement = statement.where(
            Asset.name.icontains(text, autoescape=True)
            | Asset.external_id.icontains(text, autoescape=True)
        )
    if after is not None:
        statement = statement.where(Asset.id < after)
    return session.scalars(statement).all()


_TASKS = """
SELECT t.asset_id, t.id AS task_id, t.state, u.id AS labeler_id, u.name AS labeler_name
FROM task t
LEFT JOIN LATERAL (
    SELECT coalesce(
        (SELECT holder_id FROM lease WHERE task_id = t.id AND ended_at IS NULL LIMIT 1),
        (SELECT author_id FROM label WHERE task_id = t.id AND current_version_id IS NOT NULL
           AND model_id IS NULL
         ORDER BY id DESC LIMIT 1)
    ) AS id
) who ON true
LEFT JOIN user_account u ON u.id = who.id
WHERE t.asset_id = ANY (%b) AND t.stage = 'label' AND t.gold_id IS NULL
ORDER BY array_position('{done,submitted,waiting,open,parked,skipped,in_progress}', t.state::text)
"""


def tasks_of_assets(session: Session, asset_ids: Sequence[UUID]) -> dict[UUID, AssetTask]:
    """The task of each asset that has one; its labeler is who holds it, else who submitted it. Of
    several, the one that has furthest to go, or that somebody works on."""
    with driver_connection(session).cursor(row_factory=class_row(AssetTask)) as cursor:
        rows = cursor.execute(_TASKS, (list(asset_ids),)).fetchall()
    return {row.asset_id: row for row in rows}


_OWN_TASKS = """
SELECT DISTINCT ON (t.asset_id) t.asset_id, t.id AS task_id,
       CASE WHEN t.state = 'done' THEN 'submitted' ELSE t.state END AS state,
       u.id AS labeler_id, u.name AS labeler_name
FROM task t
JOIN lease l ON l.task_id = t.id AND l.holder_id = %(person)s
JOIN user_account u ON u.id = l.holder_id
WHERE t.asset_id = ANY (%(assets)s) AND t.stage = 'label'
  AND (l.ended_at IS NULL OR l.outcome IN ('submitted', 'parked'))
ORDER BY t.asset_id, l.id DESC
"""


def own_tasks_of_assets(
    session: Session, asset_ids: Sequence[UUID], person_id: UUID
) -> dict[UUID, AssetTask]:
    """What this person has in hand or handed in, golds among it; nothing of what others did. What
    is done looks like what is in review: a gold never is reviewed."""
    with driver_connection(session).cursor(row_factory=class_row(AssetTask)) as cursor:
        parameters = {"assets": list(asset_ids), "person": person_id}
        rows = cursor.execute(_OWN_TASKS, parameters).fetchall()
    return {row.asset_id: row for row in rows}


def find_files(session: Session, asset_id: UUID) -> AssetFiles | None:
    """The files of an asset, whoever's it is: the caller has a signed link."""
    row = session.execute(_FILES.where(Asset.id == asset_id)).one_or_none()
    return None if row is None else AssetFiles(*row)


def find_files_of(session: Session, organization_id: UUID, asset_id: UUID) -> AssetFiles | None:
    """The same, within one organisation."""
    row = session.execute(
        _FILES.where(Asset.organization_id == organization_id, Asset.id == asset_id)
    ).one_or_none()
    return None if row is None else AssetFiles(*row)


_FILES = sa.select(
    Asset.id,
    Asset.name,
    Asset.media_type,
    Asset.byte_size,
    Asset.original_key,
    Asset.display_key,
    Asset.display_media_type,
    Asset.thumbnail_key,
    Asset.tiles,
    Asset.deep,
).where(Asset.deleted_at.is_(None))


# Laterally, so that each project costs one row of the index and not all of its assets.
_COVERS = """
SELECT wanted.id, cover.id
FROM unnest(%b::uuid[]) AS wanted (id)
CROSS JOIN LATERAL (
    SELECT id FROM asset
    WHERE project_id = wanted.id AND state = 'ready' AND deleted_at IS NULL
    ORDER BY id LIMIT 1
) cover
"""


def first_ready_assets(session: Session, project_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The id of the oldest ready asset of each project that has one."""
    return dict(driver_connection(session).execute(_COVERS, (list(project_ids),)).fetchall())


def try_lock_processing(session: Session, asset_id: UUID) -> bool:
    """Whether nobody else is processing this asset. Held until the transaction ends, also by the
    worker's death; the row itself stays free for everybody."""
    # The low half of a UUIDv7 is random; its high half is the time.
    key = int.from_bytes(asset_id.bytes[8:], signed=True)
    return bool(session.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(key))))


def finish_processing(session: Session, asset_id: UUID, values: dict[str, Any]) -> bool:
    """Write what processing made of the asset, unless it was deleted or finished meanwhile."""
    written = session.scalar(
        sa.update(Asset)
        .where(
            Asset.id == asset_id,
            Asset.state == AssetState.PROCESSING,
            Asset.deleted_at.is_(None),
        )
        .values(values)
        .returning(Asset.id)
    )
    return written is not None


def assets_in_processing(
    session: Session, *, created_before: datetime, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """(organisation, asset), oldest first, of those that wait for a worker."""
    rows = session.execute(
        sa.select(Asset.organization_id, Asset.id)
        .where(
            Asset.state == AssetState.PROCESSING,
            Asset.created_at < created_before,
            Asset.deleted_at.is_(None),
        )
        .order_by(Asset.id)
        .limit(limit)
    )
    return [(organization_id, asset_id) for organization_id, asset_id in rows]


def assets_that_lack_renditions(session: Session, *, limit: int) -> Sequence[tuple[UUID, UUID]]:
    """(organisation, asset), newest first: those are the likeliest to be worked on."""
    rows = session.execute(
        sa.select(Asset.organization_id, Asset.id)
        .where(
            Asset.rendition_set < RENDITION_SET,
            Asset.state == AssetState.READY,
            Asset.deleted_at.is_(None),
        )
        .order_by(Asset.id.desc())
        .limit(limit)
    )
    return [(organization_id, asset_id) for organization_id, asset_id in rows]


def finish_renewal(session: Session, asset_id: UUID, deep: dict[str, Any] | None) -> None:
    """Write what was made, and that the image has all there is."""
    values: dict[str, Any] = {"rendition_set": RENDITION_SET}
    if deep is not None:
        values["deep"] = deep
    session.execute(sa.update(Asset).where(Asset.id == asset_id).values(values))
