"""When batches will be done, and telling in time that one will miss its deadline.

At the pace of the last weeks, nights and days off included, with its spread (`queue.fan`); what is
handed out before a batch's last image has to be done first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from maskwright.accounts.domain import Actor, Permission, Role
from maskwright.kernel.clock import utc_now
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify_all
from maskwright.queue import deadline_queries, desk_queries
from maskwright.queue.desk_queries import BatchRow
from maskwright.queue.fan import Spread, spreads
from maskwright.work import Work

#: Weekends twice, and short enough to follow a change.
PAST = timedelta(days=14)
_FARTHEST = timedelta(days=10 * 365)
#: Deadlines are watched from so long before, as they begin to raise priorities.
_WATCHED = timedelta(days=7)


def with_forecasts(session: Session, batches: Sequence[BatchRow]) -> list[BatchRow]:
    """The same batches, each with when it will be done, and how sure that is."""
    now = utc_now()
    found: dict[UUID, BatchRow] = {}
    for project_id in {batch.project_id for batch in batches}:
        per_hour = deadline_queries.made_per_hour(session, project_id, now - PAST, now)
        own = [batch for batch in batches if batch.project_id == project_id]
        for batch, spread in zip(own, spreads([b.ahead for b in own], per_hour), strict=True):
            found[batch.id] = batch if spread is None else _with_spread(batch, spread, now)
    return [found[batch.id] for batch in batches]


def _with_spread(batch: BatchRow, spread: Spread, now: datetime) -> BatchRow:
    def after(hours: float) -> datetime:
        return now + min(_FARTHEST, timedelta(hours=hours))

    return replace(
        batch,
        forecast_early_at=after(spread.early),
        forecast_at=after(spread.even),
        forecast_late_at=after(spread.late),
    )


def warn_of_deadlines(work: Work) -> int:
    """Tell those who run the queue, once, of each batch that will miss its deadline; how many there
    were. Looked for once a minute, as what is done."""
    warned = 0
    for organization_id, batch_id in deadline_queries.watched(work.session, utc_now() + _WATCHED):
        found = desk_queries.batches(work.session, organization_id, batch_id=batch_id)
        for batch in with_forecasts(work.session, found):
            if not batch.is_late or not deadline_queries.mark_warned(work.session, batch_id):
                continue
            warned += 1
            notify_all(
                work.acting_as(Actor(organization_id, Role.OWNER)),
                Permission.MANAGE_QUEUE,
                NotificationKind.DEADLINE,
                project_id=batch.project_id,
                object_id=batch_id,
                text=batch.name,
            )
    return warned
