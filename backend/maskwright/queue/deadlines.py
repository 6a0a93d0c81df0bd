"""When batches will be done, and telling in time that one will miss its deadline.

At the mean pace of the last days, nights and days off included; what is handed out before a batch's
last image has to be done first. The project's own forecast, which knows its spread, is in
`insights`: it takes too long to be made for each of many batches.
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
from maskwright.work import Work

PAST = timedelta(days=7)
#: A project that began a moment ago is taken to be so old at least.
_LEAST = timedelta(hours=1)
_FARTHEST = timedelta(days=10 * 365)
#: Deadlines are watched from so long before, as they begin to raise priorities.
_WATCHED = timedelta(days=7)


def forecast_at(labels: int, done: int, since: datetime, now: datetime) -> datetime | None:
    """When so many labels will be made, if `done` were since then; None without a pace."""
    if labels <= 0 or done <= 0:
        return None
    return now + min(_FARTHEST, max(now - since, _LEAST) * (labels / done))


def with_forecasts(session: Session, batches: Sequence[BatchRow]) -> list[BatchRow]:
    """The same batches, each with when it will be done."""
    now = utc_now()
    paces: dict[UUID, tuple[int, datetime]] = {}
    seen = []
    for batch in batches:
        if batch.project_id not in paces:
            paces[batch.project_id] = deadline_queries.pace(session, batch.project_id, now - PAST)
        done, since = paces[batch.project_id]
        seen.append(replace(batch, forecast_at=forecast_at(batch.ahead, done, since, now)))
    return seen


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
