"""Every statement about images that are to be fetched."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from maskwright.assets.domain import FetchState
from maskwright.assets.models import AssetFetch

LOST_AFTER = timedelta(minutes=15)
_NOW = sa.func.clock_timestamp()


def insert_fetches(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    session.execute(sa.insert(AssetFetch), list(rows))


def page_of_fetches(
    session: Session, project_id: UUID, *, state: FetchState | None, after: UUID | None, limit: int
) -> Sequence[AssetFetch]:
    """Up to `limit + 1`, the newest first."""
    statement = (
        sa.select(AssetFetch)
        .where(AssetFetch.project_id == project_id)
        .order_by(AssetFetch.id.desc())
        .limit(limit + 1)
    )
    if state is not None:
        statement = statement.where(AssetFetch.state == state)
    if after is not None:
        statement = statement.where(AssetFetch.id < after)
    return session.scalars(statement).all()


def count_fetches(
    session: Session, project_id: UUID, *, since: UUID | None
) -> dict[FetchState, int]:
    """How many stand where, of those from `since` on; a state without any has no entry."""
    statement = (
        sa.select(AssetFetch.state, sa.func.count())
        .where(AssetFetch.project_id == project_id)
        .group_by(AssetFetch.state)
    )
    if since is not None:
        statement = statement.where(AssetFetch.id >= since)
    return {state: count for state, count in session.execute(statement)}  # noqa: C416


def _is_due() -> sa.ColumnElement[bool]:
    """It waits, or its worker is gone."""
    return (AssetFetch.state == FetchState.WAITING) | (
        (AssetFetch.state == FetchState.RUNNING)
        & (AssetFetch.started_at < _NOW - sa.literal(LOST_AFTER, sa.Interval))
    )


def begin_fetch(session: Session, fetch_id: UUID) -> AssetFetch | None:
    """Take one to fetch it; None where somebody has it, or it is done."""
    return session.scalar(
        sa.update(AssetFetch)
        .where(AssetFetch.id == fetch_id, _is_due())
        .values(state=FetchState.RUNNING, started_at=_NOW)
        .returning(AssetFetch)
    )


def end_fetch(
    session: Session,
    fetch_id: UUID,
    state: FetchState,
    *,
    asset_id: UUID | None = None,
    problem: dict[str, Any] | None = None,
) -> None:
    session.execute(
        sa.update(AssetFetch)
        .where(AssetFetch.id == fetch_id)
        .values(state=state, asset_id=asset_id, problem=problem, finished_at=_NOW)
    )


def overdue_fetches(
    session: Session, *, waiting_for: timedelta, limit: int
) -> Sequence[tuple[UUID, UUID]]:
    """(organisation, fetch) whose message or worker may be lost, the oldest first."""
    since = _NOW - sa.literal(waiting_for, sa.Interval)
    rows = session.execute(
        sa.select(AssetFetch.organization_id, AssetFetch.id)
        .where(_is_due(), AssetFetch.created_at < since)
        .order_by(AssetFetch.id)
        .limit(limit)
    )
    return [(organization_id, fetch_id) for organization_id, fetch_id in rows]
