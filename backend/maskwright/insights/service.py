"""What managers read of a project, and the leads of teams of their own people."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from maskwright.accounts.domain import Permission
from maskwright.insights import quality_queries, queries
from maskwright.insights.domain import (
    Bucket,
    Column,
    Report,
    Table,
    forecast,
)
from maskwright.insights.errors import SpanTooLong
from maskwright.insights.queries import Span
from maskwright.kernel.clock import utc_now
from maskwright.projects.service import require_project
from maskwright.work import Work
from maskwright.workforce.service.sight import Sight, sight_of
from maskwright.workforce.service.teams import team_in_sight

PersonsRow = TypeVar("PersonsRow", queries.PersonsWork, quality_queries.AuthorVerdicts)

_MAX_BUCKETS = 2000
#: A forecast looks back so far: long enough for weekends, short enough to follow a change.
_FORECAST_PAST = timedelta(days=28)
#: A forecast counts in the longest steps of which the past has some to draw from.
_STEPS_TO_DRAW_FROM = 3


def read_report(
    work: Work,
    project_id: UUID,
    report: Report,
    *,
    begin: datetime | None,
    end: datetime | None,
    bucket: Bucket,
    team_id: UUID | None,
) -> Table:
    """One table of a project's past. Without `begin` it starts where the project did.

    Raises SpanTooLong where the buckets would be more than anybody could look at.
    """
    project = require_project(work, project_id)
    team = team_in_sight(work, Permission.VIEW_QUALITY) or team_id
    now = utc_now()
    began = max(begin or project.created_at, project.created_at)
    span = Span(
        project_id=project.id,
        begin=began,
        # What ends before it begins is empty.
        end=max(min(end or now, now), began),
        people=None if team is None else queries.people_of(work.session, team),
    )
    if report in _STEPPED:
        buckets = (span.end - span.begin) / bucket.length
        if buckets > _MAX_BUCKETS:
            raise SpanTooLong(buckets=round(buckets), most=_MAX_BUCKETS)
    if report in _STEPPED:
        return _STEPPED[report](work, span, bucket)
    return _READERS[report](work, span)


def _throughput(work: Work, span: Span, bucket: Bucket) -> Table:
    return Table(
        (
            Column("at", "From"),
            Column("images", "Handed in", "images"),
            Column("objects", "Objects", "objects"),
            Column("people", "People", "people"),
        ),
        [
            (row.at.isoformat(), row.images, row.objects, row.people)
            for row in queries.throughput(work.session, span, bucket)
        ],
    )


def _depth(work: Work, span: Span, bucket: Bucket) -> Table:
    return Table(
        (
            Column("at", "From"),
            Column("waiting", "Waiting", "images"),
            Column("handed_in", "Handed in", "images"),
        ),
        [
            (row.at.isoformat(), row.waiting, row.handed_in)
            for row in queries.depth(work.session, span, bucket)
        ],
    )


def _step_to_draw_from(past: timedelta) -> Bucket:
    for step in (Bucket.DAY, Bucket.HOUR, Bucket.TEN_MINUTES):
        if past >= _STEPS_TO_DRAW_FROM * step.length:
            return step
    return Bucket.MINUTE


def _forecast(work: Work, span: Span) -> Table:
    begin = max(span.begin, span.end - _FORECAST_PAST)
    step = _step_to_draw_from(span.end - begin)
    recent = Span(span.project_id, begin, span.end, None)
    past = queries.throughput(work.session, recent, step)
    # The bucket that is not over yet would look like a slow one.
    finished = [row.images for row in past[:-1]] or [row.images for row in past]
    states = queries.depth(work.session, recent, Bucket.WEEK)
    remaining = states[-1].waiting if states else 0
    return Table(
        (
            Column("share", "Sure to", "%"),
            Column("at", "Done by"),
            Column("remaining", "Waiting", "images"),
        ),
        [
            (round(100 * entry.share), entry.at.isoformat(), remaining)
            for entry in forecast(remaining, finished, step, span.end)
        ],
    )


def _durations(work: Work, span: Span) -> Table:
    return Table(
        (
            Column("stage", "Stage"),
            Column("tasks", "Tasks", "tasks"),
            Column("p10", "Fastest tenth", "s"),
            Column("p50", "Median", "s"),
            Column("p90", "Slowest tenth", "s"),
            Column("total", "Together", "s"),
        ),
        [
            (row.stage, row.tasks, *(round(v, 1) for v in (row.p10, row.p50, row.p90, row.total)))
            for row in queries.durations(work.session, span)
        ],
    )


def _people(work: Work, span: Span) -> Table:
    return Table(
        (
            Column("person", "Person"),
            Column("team", "Team"),
            Column("images", "Handed in", "images"),
            Column("objects", "Objects", "objects"),
            Column("counted", "Counted time", "s"),
            Column("per_image", "Per image", "s"),
            Column("per_object", "Per object", "s"),
            Column("skips", "Skipped", "images"),
            Column("reviewed", "Reviewed", "labels"),
            Column("approved_share", "Approved share", "%"),
            Column("golds", "Golds", "images"),
            Column("gold_iou", "IoU on golds", "%"),
            Column("person_id", "Person's id"),
        ),
        [
            (
                row.name,
                row.team,
                row.images,
                row.objects,
                round(row.seconds, 1),
                _per(row.seconds, row.images),
                _per(row.seconds, row.objects),
                row.skips,
                row.reviewed,
                _percent(row.approved),
                row.golds,
                _percent(row.gold_iou),
                str(row.user_id),
            )
            for row in _by_person(work, span, queries.people(work.session, span), "user_id")
        ],
    )


def _classes(work: Work, span: Span) -> Table:
    return Table(
        (
            Column("class", "Class"),
            Column("objects", "Objects", "objects"),
            Column("images", "Images", "images"),
            Column("pixels", "Pixels", "px"),
        ),
        [
            (row.name, row.objects, row.images, row.pixels)
            for row in queries.classes(work.session, span)
        ],
    )


def _skips(work: Work, span: Span) -> Table:
    return Table(
        (
            Column("reason", "Reason"),
            Column("skips", "Times", "skips"),
            Column("images", "Images", "images"),
            Column("people", "People", "people"),
        ),
        [
            (row.reason, row.skips, row.images, row.people)
            for row in queries.skips(work.session, span)
        ],
    )


def _agreement(work: Work, span: Span) -> Table:
    return Table(
        (
            Column("one", "Person"),
            Column("other", "With"),
            Column("images", "Images", "images"),
            Column("iou", "Mean IoU", "%"),
            Column("worst", "Worst image", "%"),
            Column("one_id", "Person's id"),
            Column("other_id", "Other's id"),
        ),
        [
            (
                row.one,
                row.other,
                row.images,
                round(100 * row.iou, 1),
                round(100 * row.worst, 1),
                str(row.one_id),
                str(row.other_id),
            )
            for row in _names(work, span).cover_all(
                queries.agreement(work.session, span), ("one_id", "one"), ("other_id", "other")
            )
        ],
    )


def _class_agreement(work: Work, span: Span) -> Table:
    return Table(
        (
            Column("name", "Class"),
            Column("images", "Images", "images"),
            Column("things", "Objects", "objects"),
            Column("iou", "Mean IoU", "%"),
            Column("kappa", "Kappa"),
            Column("worst", "Worst image", "%"),
            Column("class_id", "Class's id"),
        ),
        [
            (
                row.name,
                row.images,
                row.things,
                round(100 * row.iou, 1),
                round(row.kappa, 3),
                round(100 * row.worst, 1),
                str(row.class_id),
            )
            for row in quality_queries.class_agreement(work.session, span)
        ],
    )


def _consensus(work: Work, span: Span) -> Table:
    return Table(
        (
            Column("image", "Image"),
            Column("asset_id", "Id"),
            Column("people", "People", "people"),
            Column("agreement", "Agreement", "%"),
            Column("kappa", "Kappa"),
            Column("disputed", "Disputed", "%"),
            Column("at", "At"),
        ),
        [
            (
                row.name,
                str(row.asset_id),
                row.people,
                round(100 * row.agreement, 1),
                round(row.kappa, 3),
                round(100 * row.disputed_share, 1),
                row.created_at.isoformat(),
            )
            for row in quality_queries.consensus(work.session, span)
        ],
    )


def _verdicts(work: Work, span: Span) -> Table:
    return Table(
        (
            Column("person", "Person"),
            Column("team", "Team"),
            Column("reviewed", "Reviewed", "labels"),
            Column("approved", "Approved", "labels"),
            Column("rejected", "Sent back", "labels"),
            Column("corrected", "Corrected", "labels"),
            Column("approved_share", "Approved share", "%"),
            Column("person_id", "Person's id"),
        ),
        [
            (
                row.name or "Several people together",
                row.team,
                row.reviewed,
                row.approved,
                row.rejected,
                row.corrected,
                round(100 * row.approved / row.reviewed, 1),
                None if row.author_id is None else str(row.author_id),
            )
            for row in _by_person(
                work, span, quality_queries.verdicts(work.session, span), "author_id"
            )
        ],
    )


def _by_person(
    work: Work, span: Span, rows: Sequence[PersonsRow], id_field: str
) -> list[PersonsRow]:
    """Who is not shown by name is not shown by his team either: it may be small."""
    sight = _names(work, span)
    teamless = [
        row if sight.sees(getattr(row, id_field)) else replace(row, team=None) for row in rows
    ]
    return sight.cover_all(teamless, (id_field, "name"))


def _names(work: Work, span: Span) -> Sight:
    """Who is shown by name. A team's lead is given the rows of his own people alone, and knows
    them."""
    sight = sight_of(work, span.project_id)
    return sight if work.actor.may(Permission.VIEW_QUALITY) else replace(sight, visible=None)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def _per(seconds: float, units: int) -> float | None:
    return round(seconds / units, 1) if units else None


#: Those that go step by step through time.
_STEPPED: dict[Report, Callable[[Work, Span, Bucket], Table]] = {
    Report.THROUGHPUT: _throughput,
    Report.DEPTH: _depth,
}
_READERS: dict[Report, Callable[[Work, Span], Table]] = {
    Report.FORECAST: _forecast,
    Report.DURATIONS: _durations,
    Report.PEOPLE: _people,
    Report.CLASSES: _classes,
    Report.SKIPS: _skips,
    Report.AGREEMENT: _agreement,
    Report.CLASS_AGREEMENT: _class_agreement,
    Report.CONSENSUS: _consensus,
    Report.VERDICTS: _verdicts,
}
