"""Every statement about the ledger of time, as SQL on the driver's connection.

What was reported is never changed: sums are made from the entries when somebody asks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg.rows import class_row, namedtuple_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.workforce.domain import Segment, TimeGrouping

# The rows are locked in this order always: the person's clock, then the tab. Both are written in
# the same transaction as the entries, so that a report that is sent again finds itself.
_OPEN_CLOCK = """
INSERT INTO time_clock (user_id, organization_id, counted_until)
VALUES (%(user)s, %(organization)s, 'epoch')
ON CONFLICT (user_id) DO UPDATE SET user_id = excluded.user_id
RETURNING counted_until
"""

_TAB = """
SELECT last_seq, reported_at FROM time_client
WHERE user_id = %(user)s AND client_id = %(client)s
"""


@dataclass(frozen=True, slots=True)
class Tab:
    """What a tab reported last."""

    last_seq: int
    reported_at: datetime


def lock_clock(session: Session, organization_id: UUID, user_id: UUID) -> datetime:
    """Up to when this person's time is counted; nobody else reports for him until the end."""
    cursor = driver_connection(session).execute(
        _OPEN_CLOCK, {"user": user_id, "organization": organization_id}
    )
    row = cursor.fetchone()
    if row is None:
        raise LookupError("A statement that always answers did not.")
    counted_until: datetime = row[0]
    return counted_until


def tab_of(session: Session, user_id: UUID, client_id: UUID) -> Tab | None:
    with driver_connection(session).cursor(row_factory=class_row(Tab)) as cursor:
        return cursor.execute(_TAB, {"user": user_id, "client": client_id}).fetchone()


_PLACES = """
SELECT l.id, l.project_id, l.task_id, t.asset_id, l.granted_at, t.stage,
       clock_timestamp() AS now
FROM lease l JOIN task t ON t.id = l.task_id
WHERE l.id = ANY (%(leases)s) AND l.organization_id = %(organization)s AND l.holder_id = %(user)s
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where time was spent."""

    id: UUID
    project_id: UUID
    task_id: UUID
    asset_id: UUID
    granted_at: datetime
    stage: str
    now: datetime


def places_of(
    session: Session, organization_id: UUID, user_id: UUID, lease_ids: Sequence[UUID]
) -> dict[UUID, Place]:
    """This person's leases among these, live or ended."""
    with driver_connection(session).cursor(row_factory=class_row(Place)) as cursor:
        cursor.execute(
            _PLACES,
            {"leases": list(lease_ids), "organization": organization_id, "user": user_id},
        )
        return {place.id: place for place in cursor}


_WRITE_TAB = """
INSERT INTO time_client (user_id, organization_id, client_id, last_seq, reported_at)
VALUES (%(user)s, %(organization)s, %(client)s, %(seq)s, %(until)s)
ON CONFLICT (user_id, client_id) DO UPDATE
SET last_seq = excluded.last_seq, reported_at = excluded.reported_at
"""

_SET_CLOCK = "UPDATE time_clock SET counted_until = %(until)s WHERE user_id = %(user)s"

_WRITE_ENTRIES = """
INSERT INTO time_entry (id, organization_id, user_id, team_id, project_id, task_id, asset_id,
                        lease_id, stage, tool, state, ms)
SELECT e.id, %(organization)s, %(user)s,
       (SELECT team_id FROM team_member
        WHERE organization_id = %(organization)s AND user_id = %(user)s),
       l.project_id, l.task_id, t.asset_id, l.id, t.stage, e.tool, e.state, e.ms
FROM unnest(%(ids)s::uuid[], %(leases)s::uuid[], %(tools)s::text[], %(states)s::text[],
            %(ms)s::bigint[]) AS e(id, lease_id, tool, state, ms)
JOIN lease l ON l.id = e.lease_id
JOIN task t ON t.id = l.task_id
"""


def write_report(
    session: Session,
    *,
    organization_id: UUID,
    user_id: UUID,
    client_id: UUID,
    seq: int,
    reported_at: datetime,
    counted_until: datetime,
    segments: Sequence[Segment],
) -> None:
    """Keep a report whose segments were judged, and until when it tells."""
    connection = driver_connection(session)
    person = {"user": user_id, "organization": organization_id}
    connection.execute(
        _WRITE_TAB, {**person, "client": client_id, "seq": seq, "until": reported_at}
    )
    connection.execute(_SET_CLOCK, {"user": user_id, "until": counted_until})
    connection.execute(
        _WRITE_ENTRIES,
        {
            **person,
            "ids": [new_id() for _ in segments],
            "leases": [segment.lease_id for segment in segments],
            "tools": [segment.tool for segment in segments],
            "states": [segment.state.value for segment in segments],
            "ms": [segment.ms for segment in segments],
        },
    )


# Sums. A group's key and name differ; the rest is the same for all of them.

_GROUPS = {
    TimeGrouping.PERSON: ("e.user_id::text", "max(u.name)"),
    TimeGrouping.TEAM: ("coalesce(e.team_id::text, '')", "coalesce(max(t.name), 'No team')"),
    TimeGrouping.STAGE: ("e.stage", "e.stage"),
    TimeGrouping.TOOL: ("e.tool", "e.tool"),
    TimeGrouping.DAY: (
        "to_char(e.reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
        "to_char(e.reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    ),
    TimeGrouping.ASSET: ("e.asset_id::text", "max(a.name)"),
}

_FILTER = """
    e.project_id = ANY (%(projects)s)
    AND e.id >= %(from_id)s AND e.id < %(to_id)s
    AND (%(team)s::uuid IS NULL OR e.team_id = %(team)s)
    AND (%(user)s::uuid IS NULL OR e.user_id = %(user)s)
"""

# The rate of an entry is the one that had begun when it was reported.
_PRICED = """
    LEFT JOIN LATERAL (
        SELECT r.hourly, r.currency FROM team_rate r
        WHERE r.team_id = e.team_id AND r.starts_at <= e.reported_at
        ORDER BY r.starts_at DESC LIMIT 1
    ) rate ON e.state = 'counted'
"""

_SUMS = """
SELECT {key} AS key, {name} AS name, e.state, rate.currency,
       sum(e.ms)::bigint AS ms, sum(e.ms * rate.hourly / 3600000) AS amount,
       count(DISTINCT e.asset_id) AS images
FROM time_entry e
JOIN user_account u ON u.id = e.user_id
JOIN asset a ON a.id = e.asset_id
LEFT JOIN team t ON t.id = e.team_id
{priced}
WHERE {filter}
GROUP BY {group}, e.state, rate.currency
ORDER BY key
"""


@dataclass(frozen=True, slots=True)
class TimeFilter:
    """Which entries count. Times are those of the report; ids bound them in the index."""

    projects: Sequence[UUID]
    from_id: UUID
    to_id: UUID
    team_id: UUID | None = None
    user_id: UUID | None = None

    def parameters(self) -> dict[str, Any]:
        return {
            "projects": list(self.projects),
            "from_id": self.from_id,
            "to_id": self.to_id,
            "team": self.team_id,
            "user": self.user_id,
        }


@dataclass(frozen=True, slots=True)
class SumRow:
    """Time of one group in one state and at one currency."""

    key: str
    name: str
    state: str
    currency: str | None
    ms: int
    amount: Decimal | None
    images: int


def sums(session: Session, grouping: TimeGrouping, wanted: TimeFilter) -> list[SumRow]:
    key, name = _GROUPS[grouping]
    statement = _SUMS.format(key=key, name=name, priced=_PRICED, filter=_FILTER, group=key)
    with driver_connection(session).cursor(row_factory=class_row(SumRow)) as cursor:
        return cursor.execute(statement.encode(), wanted.parameters()).fetchall()


# Of an image that several people labelled one label counts: the newest, as in an export.
_COUNTING = """
    SELECT DISTINCT ON (l.asset_id) l.asset_id, l.current_version_id AS version_id
    FROM label l
    JOIN label_version v ON v.id = l.current_version_id AND v.kind NOT IN ('region', 'surroundings')
    WHERE l.model_id IS NULL AND l.asset_id IN ({assets})
    ORDER BY l.asset_id, l.current_version_id DESC
"""

# An image's time is divided between its objects of today in equal parts; an image without
# objects belongs to no class.
_BY_CLASS = """
WITH spent AS (
    SELECT e.asset_id, e.state, rate.currency, sum(e.ms) AS ms,
           sum(e.ms * rate.hourly / 3600000) AS amount
    FROM time_entry e
    {priced}
    WHERE {filter}
    GROUP BY e.asset_id, e.state, rate.currency
), counting AS ({counting}), drawn AS (
    SELECT n.asset_id, o.class_id, count(*) AS objects,
           sum(count(*)) OVER (PARTITION BY n.asset_id) AS total
    FROM counting n JOIN label_object o ON o.version_id = n.version_id
    GROUP BY n.asset_id, o.class_id
)
SELECT coalesce(d.class_id::text, '') AS key, coalesce(max(c.name), 'No object') AS name, s.state,
       s.currency, sum(s.ms * coalesce(d.objects / d.total, 1))::bigint AS ms,
       sum(s.amount * coalesce(d.objects / d.total, 1)) AS amount,
       coalesce(sum(d.objects), 0)::bigint AS images
FROM spent s
LEFT JOIN drawn d ON d.asset_id = s.asset_id
LEFT JOIN ontology_class c ON c.id = d.class_id
GROUP BY d.class_id, s.state, s.currency
ORDER BY key
"""


def sums_by_class(session: Session, wanted: TimeFilter) -> list[SumRow]:
    """As `sums`; `images` counts objects here."""
    counting = _COUNTING.format(assets="SELECT asset_id FROM spent")
    statement = _BY_CLASS.format(priced=_PRICED, filter=_FILTER, counting=counting)
    with driver_connection(session).cursor(row_factory=class_row(SumRow)) as cursor:
        return cursor.execute(statement.encode(), wanted.parameters()).fetchall()


_OBJECTS = """
SELECT count(*) FROM ({counting}) n JOIN label_object o ON o.version_id = n.version_id
"""
_WORKED_ON = "SELECT e.asset_id FROM time_entry e WHERE {filter}"


def objects_worked_on(session: Session, wanted: TimeFilter) -> int:
    """How many objects the images hold today that this time was spent on."""
    cursor = driver_connection(session).cursor(row_factory=namedtuple_row)
    counting = _COUNTING.format(assets=_WORKED_ON.format(filter=_FILTER))
    statement = _OBJECTS.format(counting=counting)
    row = cursor.execute(statement.encode(), wanted.parameters()).fetchone()
    return int(row[0]) if row else 0


_PAID_OBJECTS = """
WITH paid AS (
    SELECT DISTINCT e.asset_id, rate.currency
    FROM time_entry e
    {priced}
    WHERE {filter} AND rate.currency IS NOT NULL
), counting AS ({counting})
SELECT p.currency, count(*)
FROM paid p
JOIN counting n ON n.asset_id = p.asset_id
JOIN label_object o ON o.version_id = n.version_id
GROUP BY p.currency
"""


def objects_paid_for(session: Session, wanted: TimeFilter) -> dict[str, int]:
    """By currency: how many objects the images hold today whose time was paid in it."""
    counting = _COUNTING.format(assets="SELECT asset_id FROM paid")
    statement = _PAID_OBJECTS.format(priced=_PRICED, filter=_FILTER, counting=counting)
    rows = driver_connection(session).execute(statement.encode(), wanted.parameters())
    return dict(rows.fetchall())


_PROJECTS = """
SELECT DISTINCT project_id FROM time_entry e
WHERE e.organization_id = %(organization)s AND e.user_id = %(user)s
"""


def projects_of_person(session: Session, organization_id: UUID, user_id: UUID) -> list[UUID]:
    """The projects in which somebody spent time."""
    rows = driver_connection(session).execute(
        _PROJECTS, {"organization": organization_id, "user": user_id}
    )
    return [project_id for (project_id,) in rows]
