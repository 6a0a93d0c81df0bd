"""Every statement behind the dashboards, as SQL on the driver's connection. Reads only.

Work handed in is a label version under a lease; when, is in its id (a UUIDv7 begins with its
time), so that a span of time is one range of an index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row
from sqlalchemy.orm import Session

from maskwright.db.driver import driver_connection
from maskwright.insights.domain import Bucket
from maskwright.kernel.ids import first_id_at


@dataclass(frozen=True, slots=True)
class Span:
    """What part of a project's past is looked at, and whose work."""

    project_id: UUID
    begin: datetime
    end: datetime
    people: Sequence[UUID] | None
    """whose work; None: everybody's"""

    def parameters(self, **more: object) -> dict[str, Any]:
        return {
            "project": self.project_id,
            "begin": self.begin,
            "end": self.end,
            "first": first_id_at(self.begin),
            "last": first_id_at(self.end),
            "people": None if self.people is None else list(self.people),
            **more,
        }


_TEAM = "SELECT user_id FROM team_member WHERE team_id = %(team)s"


def people_of(session: Session, team_id: UUID) -> list[UUID]:
    """Who belongs to a team today: its past work is theirs."""
    return [user_id for (user_id,) in driver_connection(session).execute(_TEAM, {"team": team_id})]


_HANDED_IN = """
handed_in AS (
    SELECT v.id, v.author_id, v.asset_id, v.object_count, v.created_at
    FROM label_version v JOIN label l ON l.id = v.label_id
    WHERE l.project_id = %(project)s AND v.lease_id IS NOT NULL AND v.kind IN ({kinds})
      AND v.id >= %(first)s AND v.id < %(last)s
      AND (%(people)s::uuid[] IS NULL OR v.author_id = ANY (%(people)s)) {golds}
)
"""
#: A gold task is work that is paid, and no progress; so is an answer about a part of an image.
_PAID_WORK = _HANDED_IN.format(golds="", kinds="'submitted', 'region'")
_PROGRESS = _HANDED_IN.format(golds="AND NOT l.is_gold", kinds="'submitted'")

# Steps begin with days of UTC, weeks with a Monday, as that day was.
_BUCKETS = """
buckets AS (
    SELECT at FROM generate_series(
        date_bin(%(step)s, %(begin)s::timestamptz, '2001-01-01T00:00Z'),
        date_bin(
            %(step)s, %(end)s::timestamptz - interval '1 microsecond', '2001-01-01T00:00Z'),
        %(step)s
    ) AS at
)
"""

_THROUGHPUT = """
WITH {handed_in}, {buckets}
SELECT b.at, count(h.id) AS images, coalesce(sum(h.object_count), 0)::bigint AS objects,
       count(DISTINCT h.author_id) AS people
FROM buckets b
LEFT JOIN handed_in h ON date_bin(%(step)s, h.created_at, '2001-01-01T00:00Z') = b.at
GROUP BY b.at ORDER BY b.at
"""


@dataclass(frozen=True, slots=True)
class Throughput:
    at: datetime
    images: int
    objects: int
    people: int


def throughput(session: Session, span: Span, bucket: Bucket) -> list[Throughput]:
    """What was handed in, bucket by bucket; the empty ones too."""
    with driver_connection(session).cursor(row_factory=class_row(Throughput)) as cursor:
        return cursor.execute(
            _THROUGHPUT.format(handed_in=_PROGRESS, buckets=_BUCKETS).encode(),
            span.parameters(step=bucket.length),
        ).fetchall()


# An image is open from the making of its task to the first time that it is handed in. It waits for
# everybody; who handed it in is one team's or another's.
_DEPTH = """
WITH {buckets}, tasks AS (
    SELECT t.created_at AS opened_at, first.created_at AS closed_at,
           %(people)s::uuid[] IS NULL OR first.author_id = ANY (%(people)s) AS is_theirs
    FROM task t
    LEFT JOIN LATERAL (
        SELECT v.created_at, v.author_id FROM label l JOIN label_version v ON v.label_id = l.id
        WHERE l.task_id = t.id AND v.kind = 'submitted'
        ORDER BY v.created_at LIMIT 1
    ) first ON true
    WHERE t.project_id = %(project)s AND t.state <> 'withdrawn' AND t.stage = 'label' AND t.slot = 1
)
SELECT b.at,
       count(*) FILTER (WHERE opened_at < ends) AS added,
       count(*) FILTER (WHERE closed_at < ends) AS closed,
       count(*) FILTER (WHERE closed_at < ends AND is_theirs) AS handed_in
FROM buckets b
CROSS JOIN LATERAL (
    SELECT least(b.at + %(step)s, %(end)s::timestamptz) AS ends
) e
LEFT JOIN tasks ON opened_at < ends
GROUP BY b.at ORDER BY b.at
"""


@dataclass(frozen=True, slots=True)
class Depth:
    """`handed_in` is what of `closed` was handed in by those whose work is looked at."""

    at: datetime
    added: int
    closed: int
    handed_in: int

    @property
    def waiting(self) -> int:
        return self.added - self.closed


def depth(session: Session, span: Span, bucket: Bucket) -> list[Depth]:
    """How many images there were by the end of each bucket, and how many of them handed in."""
    with driver_connection(session).cursor(row_factory=class_row(Depth)) as cursor:
        return cursor.execute(
            _DEPTH.format(buckets=_BUCKETS).encode(), span.parameters(step=bucket.length)
        ).fetchall()


_DURATIONS = """
WITH spent AS (
    SELECT e.stage, e.task_id, sum(e.ms) / 1000.0 AS seconds
    FROM time_entry e
    WHERE e.project_id = %(project)s AND e.state = 'counted'
      AND e.id >= %(first)s AND e.id < %(last)s
      AND (%(people)s::uuid[] IS NULL OR e.user_id = ANY (%(people)s))
    GROUP BY e.stage, e.task_id
)
SELECT stage, count(*) AS tasks,
       percentile_cont(0.1) WITHIN GROUP (ORDER BY seconds) AS p10,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) AS p50,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds) AS p90,
       sum(seconds)::float8 AS total
FROM spent GROUP BY stage ORDER BY stage
"""


@dataclass(frozen=True, slots=True)
class Durations:
    """Counted seconds of a task in one stage."""

    stage: str
    tasks: int
    p10: float
    p50: float
    p90: float
    total: float


def durations(session: Session, span: Span) -> list[Durations]:
    with driver_connection(session).cursor(row_factory=class_row(Durations)) as cursor:
        return cursor.execute(_DURATIONS, span.parameters()).fetchall()


_PEOPLE = """
WITH {handed_in}, done AS (
    SELECT author_id AS user_id, count(DISTINCT asset_id) AS images,
           sum(object_count)::bigint AS objects
    FROM handed_in GROUP BY author_id
), spent AS (
    SELECT user_id, sum(ms) / 1000.0 AS seconds FROM time_entry e
    WHERE e.project_id = %(project)s AND e.state = 'counted'
      AND e.id >= %(first)s AND e.id < %(last)s
      AND (%(people)s::uuid[] IS NULL OR e.user_id = ANY (%(people)s))
    GROUP BY user_id
), skipped AS (
    SELECT s.user_id, count(*) AS skips FROM task_skip s JOIN task t ON t.id = s.task_id
    WHERE t.project_id = %(project)s AND s.created_at >= %(begin)s AND s.created_at < %(end)s
      AND (%(people)s::uuid[] IS NULL OR s.user_id = ANY (%(people)s))
    GROUP BY s.user_id
), judged AS (
    SELECT r.author_id AS user_id, count(*) AS reviewed,
           avg((r.decision = 'approved')::int)::float8 AS approved
    FROM review_verdict r
    WHERE r.project_id = %(project)s AND r.id >= %(first)s AND r.id < %(last)s
    GROUP BY r.author_id
), tested AS (
    SELECT g.user_id, count(*) AS golds, avg(g.iou) AS gold_iou FROM gold_attempt g
    WHERE g.project_id = %(project)s AND g.state = 'counted'
      AND g.submitted_at >= %(begin)s AND g.submitted_at < %(end)s
    GROUP BY g.user_id
)
SELECT w.user_id, u.name, t.name AS team, coalesce(images, 0) AS images,
       coalesce(objects, 0) AS objects, coalesce(skips, 0) AS skips,
       coalesce(seconds, 0)::float8 AS seconds, coalesce(reviewed, 0) AS reviewed, approved,
       coalesce(golds, 0) AS golds, gold_iou
FROM (done FULL JOIN spent USING (user_id) FULL JOIN skipped USING (user_id)) AS w
JOIN user_account u ON u.id = w.user_id
LEFT JOIN judged USING (user_id)
LEFT JOIN tested USING (user_id)
JOIN project p ON p.id = %(project)s
LEFT JOIN team_member m ON m.organization_id = p.organization_id AND m.user_id = u.id
LEFT JOIN team t ON t.id = m.team_id
ORDER BY images DESC, u.name, w.user_id
"""


@dataclass(frozen=True, slots=True)
class PersonsWork:
    """What somebody did, and how well; shares and IoU from 0 to 1, None where nothing tells."""

    user_id: UUID
    name: str
    team: str | None
    images: int
    objects: int
    skips: int
    seconds: float
    reviewed: int
    approved: float | None
    golds: int
    gold_iou: float | None


def people(session: Session, span: Span) -> list[PersonsWork]:
    """Everybody who handed in, skipped or spent counted time."""
    with driver_connection(session).cursor(row_factory=class_row(PersonsWork)) as cursor:
        return cursor.execute(
            _PEOPLE.format(handed_in=_PAID_WORK).encode(), span.parameters()
        ).fetchall()


# An image has one label that counts, also where several people labelled it: the newest, as in an
# export.
_CLASSES = """
WITH counting AS (
    SELECT DISTINCT ON (l.asset_id) l.asset_id, l.current_version_id AS version_id
    FROM label l
    JOIN label_version v ON v.id = l.current_version_id AND v.kind NOT IN ('region', 'surroundings')
    WHERE l.project_id = %(project)s AND l.model_id IS NULL
      AND (%(people)s::uuid[] IS NULL OR l.author_id = ANY (%(people)s))
    ORDER BY l.asset_id, l.current_version_id DESC
)
SELECT c.id::text AS id, c.name, count(o.key) AS objects,
       count(DISTINCT n.asset_id) AS images, coalesce(sum(m.area), 0)::bigint AS pixels
FROM ontology_class c
LEFT JOIN (
    label_object o
    JOIN counting n ON n.version_id = o.version_id
         AND n.version_id >= %(first)s AND n.version_id < %(last)s
    JOIN mask m ON m.id = o.mask_id
) ON o.class_id = c.id
WHERE c.project_id = %(project)s
GROUP BY c.id, c.name
ORDER BY objects DESC, c.name
"""


@dataclass(frozen=True, slots=True)
class ClassShare:
    id: str
    name: str
    objects: int
    images: int
    pixels: int


def classes(session: Session, span: Span) -> list[ClassShare]:
    """How often each class of the ontology was drawn, in the labels that count now."""
    with driver_connection(session).cursor(row_factory=class_row(ClassShare)) as cursor:
        return cursor.execute(_CLASSES, span.parameters()).fetchall()


_SKIPS = """
SELECT min(s.reason) AS reason, count(*) AS skips, count(DISTINCT s.task_id) AS images,
       count(DISTINCT s.user_id) AS people
FROM task_skip s JOIN task t ON t.id = s.task_id
WHERE t.project_id = %(project)s AND s.created_at >= %(begin)s AND s.created_at < %(end)s
  AND (%(people)s::uuid[] IS NULL OR s.user_id = ANY (%(people)s))
GROUP BY lower(s.reason)
ORDER BY skips DESC, reason
LIMIT 100
"""


@dataclass(frozen=True, slots=True)
class SkipReason:
    reason: str
    skips: int
    images: int
    people: int


def skips(session: Session, span: Span) -> list[SkipReason]:
    """Why images were passed over, the most frequent reason first; at most a hundred."""
    with driver_connection(session).cursor(row_factory=class_row(SkipReason)) as cursor:
        return cursor.execute(_SKIPS, span.parameters()).fetchall()


_AGREEMENT = """
SELECT p.one_id, one.name AS one, p.other_id, other.name AS other, count(*) AS images,
       avg(p.iou) AS iou, min(p.iou) AS worst
FROM consensus_pair p
JOIN image_consensus c ON c.asset_id = p.asset_id
JOIN user_account one ON one.id = p.one_id
JOIN user_account other ON other.id = p.other_id
WHERE p.project_id = %(project)s AND NOT p.is_regional
  AND c.created_at >= %(begin)s AND c.created_at < %(end)s
  AND (%(people)s::uuid[] IS NULL
       OR (p.one_id = ANY (%(people)s) AND p.other_id = ANY (%(people)s)))
GROUP BY p.one_id, p.other_id, one.name, other.name
ORDER BY one.name, p.one_id, other.name, p.other_id
"""


@dataclass(frozen=True, slots=True)
class PairAgreement:
    one_id: UUID
    one: str
    other_id: UUID
    other: str
    images: int
    iou: float
    worst: float


def agreement(session: Session, span: Span) -> list[PairAgreement]:
    """How far each two people agreed about the images that both labelled."""
    with driver_connection(session).cursor(row_factory=class_row(PairAgreement)) as cursor:
        return cursor.execute(_AGREEMENT, span.parameters()).fetchall()
