"""Every statement about exports, and the reading of what is exported.

An export reads across slices, in pages that each are one short transaction: no snapshot is held
open while files are written, and no cursor. Those statements are SQL on the driver's connection,
since nothing of the mapping is needed for rows that are only copied.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from psycopg.rows import dict_row
from sqlalchemy.orm import Session

from maskwright.annotations.domain import Origin, VersionKind
from maskwright.db.driver import driver_connection
from maskwright.db.lane import Connection
from maskwright.exports.domain import ExportedAsset, ExportedVersion, ExportState
from maskwright.exports.models import Export

# The version that is exported of an asset: the newest of those that count for its labels.
_VERSION_OF_ASSET = """JOIN LATERAL (
        SELECT v.*
        FROM label l
        JOIN label_version v ON v.id = l.current_version_id
        WHERE l.asset_id = a.id AND v.kind = ANY(%(kinds)s)
          AND l.model_id IS NOT DISTINCT FROM %(model)s::uuid
        ORDER BY v.id DESC
        LIMIT 1
    ) v ON true
"""
_EXPORTABLE = """
    a.project_id = %(project_id)s AND a.deleted_at IS NULL AND a.state = 'ready'
"""


def find_export(session: Session, organization_id: UUID, export_id: UUID) -> Export | None:
    return session.scalar(
        sa.select(Export).where(Export.organization_id == organization_id, Export.id == export_id)
    )


def page_of_exports(
    session: Session, project_id: UUID, *, after: UUID | None, limit: int
) -> Sequence[Export]:
    """Up to `limit + 1` exports, newest first."""
    statement = (
        sa.select(Export)
        .where(Export.project_id == project_id)
        .order_by(Export.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(Export.id < after)
    return session.scalars(statement).all()


def names_of_people(session: Session, user_ids: Sequence[UUID]) -> dict[UUID, str]:
    rows = driver_connection(session).execute(
        "SELECT id, name FROM user_account WHERE id = ANY(%s)", [list(user_ids)]
    )
    return {user_id: name for user_id, name in rows}  # noqa: C416  # a cursor is no mapping


def begin_run(session: Session, export_id: UUID, *, lost_after: timedelta) -> Export | None:
    """Take an export to run it: one that waits, or whose worker has been silent for so long.

    `started_at` is the fence of the run: every later write of it names it.
    """
    now = sa.func.clock_timestamp()
    return session.scalar(
        sa.update(Export)
        .where(
            Export.id == export_id,
            (Export.state == ExportState.QUEUED)
            | (
                (Export.state == ExportState.RUNNING)
                & (Export.heartbeat_at < now - sa.literal(lost_after, sa.Interval))
            ),
        )
        .values(
            state=ExportState.RUNNING,
            started_at=now,
            heartbeat_at=now,
            assets_done=0,
            assets_total=0,
            objects=0,
            problem=None,
        )
        .returning(Export)
    )


def update_run(session: Session, export_id: UUID, fence: datetime, **values: Any) -> bool:
    """Write to an export that is still this run's; False where it is not any more."""
    result = session.execute(
        sa.update(Export)
        .where(
            Export.id == export_id,
            Export.state == ExportState.RUNNING,
            Export.started_at == fence,
        )
        .values(heartbeat_at=sa.func.clock_timestamp(), **values)
        .returning(Export.id)
    )
    return result.first() is not None


def state_of(session: Session, export_id: UUID) -> ExportState | None:
    return session.scalar(sa.select(Export.state).where(Export.id == export_id))


def exports_to_send_again(session: Session, *, lost_after: timedelta) -> Sequence[UUID]:
    """Exports whose message or worker may be lost, oldest first."""
    silent_since = sa.func.clock_timestamp() - sa.literal(lost_after, sa.Interval)
    waiting = (Export.state == ExportState.QUEUED) & (Export.created_at < silent_since)
    lost = (Export.state == ExportState.RUNNING) & (Export.heartbeat_at < silent_since)
    return session.scalars(sa.select(Export.id).where(waiting | lost).order_by(Export.id)).all()


def has_model(session: Session, project_id: UUID, model_id: UUID) -> bool:
    """Whether a model predicted something in this project."""
    row = driver_connection(session).execute(
        "SELECT FROM prediction_model WHERE project_id = %b AND id = %b AND deleted_at IS NULL",
        (project_id, model_id),
    )
    return row.fetchone() is not None


def count_exportable_assets(
    session: Session,
    project_id: UUID,
    *,
    kinds: Sequence[str],
    model_id: UUID | None = None,
    include_unlabelled: bool,
) -> int:
    row = (
        _connection(session)
        .execute(
            f"SELECT count(*) FROM asset a {_join(include_unlabelled)} WHERE {_EXPORTABLE}",  # noqa: S608  # constants
            {"project_id": project_id, "kinds": list(kinds), "model": model_id},
        )
        .fetchone()
    )
    return int(row[0]) if row else 0


def page_of_exportable_assets(
    session: Session,
    project_id: UUID,
    *,
    kinds: Sequence[str],
    model_id: UUID | None = None,
    include_unlabelled: bool,
    after: UUID | None,
    limit: int,
) -> list[ExportedAsset]:
    """Up to `limit` assets in the order of their ids, each with the version to export."""
    statement = f"""
        SELECT a.id, a.name, a.external_id, a.width, a.height, a.media_type, a.original_key,
               v.id AS version_id, v.number, v.kind, v.origin, v.ontology_version, v.active_ms,
               v.created_at, v.object_count, v.image_attributes
        FROM asset a {_join(include_unlabelled)}
        WHERE {_EXPORTABLE} AND a.id > %(after)s
        ORDER BY a.id
        LIMIT %(limit)s
    """  # noqa: S608  # made of constants
    values = {
        "project_id": project_id,
        "kinds": list(kinds),
        "model": model_id,
        # Before all ids, rather than `after IS NULL OR`, which would hide the index from the plan.
        "after": after or UUID(int=0),
        "limit": limit,
    }
    with _connection(session).cursor(row_factory=dict_row) as cursor:
        return [_asset(row) for row in cursor.execute(statement, values)]


def objects_of_versions(
    session: Session, version_ids: Sequence[UUID], class_ids: Sequence[UUID] | None
) -> list[dict[str, Any]]:
    """All objects of these versions with their masks, each version's in painting order."""
    statement = """
        SELECT o.version_id, o.key, o.class_id, o.layer, o.attributes, o.provenance,
               o.relationships, m.counts, m.area, m.bbox
        FROM label_object o
        JOIN mask m ON m.id = o.mask_id
        WHERE o.version_id = ANY(%(version_ids)s)
          AND (%(class_ids)s::uuid[] IS NULL OR o.class_id = ANY(%(class_ids)s))
        ORDER BY o.version_id, o.layer, o."order", o.key
    """
    values = {
        "version_ids": list(version_ids),
        "class_ids": None if class_ids is None else list(class_ids),
    }
    with _connection(session).cursor(row_factory=dict_row, binary=True) as cursor:
        return cursor.execute(statement, values).fetchall()


def count_committed(session: Session) -> int:
    """Transactions that anybody committed in this database since it was made; Postgres counts a
    second behind."""
    statement = "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()"
    row = _connection(session).execute(statement).fetchone()
    return int(row[0]) if row else 0


def _join(include_unlabelled: bool) -> str:
    return f"LEFT {_VERSION_OF_ASSET}" if include_unlabelled else _VERSION_OF_ASSET


def _connection(session: Session) -> Connection:
    """The driver's connection, on which this transaction goes by indexes.

    A page reads a few hundred rows of tables of any size, and every join has its index. After a
    large import, until the tables are next analysed, the planner takes them for small and reads
    each page by scanning them whole: 100 times slower at 10,000 masks, measured.
    """
    connection = driver_connection(session)
    connection.execute("SET LOCAL enable_seqscan = off")
    return connection


def _asset(row: Mapping[str, Any]) -> ExportedAsset:
    version = None
    if row["version_id"] is not None:
        version = ExportedVersion(
            id=row["version_id"],
            number=row["number"],
            kind=VersionKind(row["kind"]),
            origin=Origin(row["origin"]),
            ontology_version=row["ontology_version"],
            active_ms=row["active_ms"],
            created_at=row["created_at"],
            object_count=row["object_count"],
            image_attributes=row["image_attributes"],
        )
    return ExportedAsset(
        id=row["id"],
        name=row["name"],
        external_id=row["external_id"],
        width=row["width"],
        height=row["height"],
        media_type=row["media_type"],
        original_key=row["original_key"],
        version=version,
    )
