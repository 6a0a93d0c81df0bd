"""Taking in reports of time, and summing them up.

A report says how long its sender worked since the last one, in stretches by lease and tool. The
browser measures with a clock that only moves forward, so that no setting of a computer's clock
changes anything; what it may claim is bounded here by the time that passed on ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from maskwright.accounts.domain import Permission
from maskwright.kernel.ids import first_id_at
from maskwright.projects.service import require_project
from maskwright.work import Work
from maskwright.workforce import ledger_queries as queries
from maskwright.workforce.domain import (
    Cost,
    Segment,
    TimeGrouping,
    TimeRow,
    TimeState,
    within,
)
from maskwright.workforce.errors import UnknownLeases
from maskwright.workforce.service.teams import team_in_sight

#: Two clocks tick and two requests travel differently: so much more than passed is believed, once.
_SLACK = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """What became of a report. `seq` is the last one that was taken in from this tab."""

    seq: int
    counted_ms: int
    refused_ms: int


def report_time(
    work: Work,
    *,
    client_id: UUID,
    seq: int,
    segments: Sequence[Segment],
    ago: timedelta = timedelta(0),
) -> TimeTaken:
    """Take a report of the actor's own time into the ledger.

    A report that came before (its `seq` is not above the last one) is acknowledged and counted
    once. It ended `ago`: what waited for the network counts where it belongs, one after the other.
    Counted time can't exceed what passed until then on the server's clock since the later of this
    tab's last report, the grant of the lease, and the moment up to which this person's time is
    counted already: of two tabs that count at once, one does.
    """
    actor = work.require_somewhere(Permission.LABEL)
    session, person_id = work.session, actor.person_id
    counted_until = queries.lock_clock(session, actor.organization_id, person_id)
    tab = queries.tab_of(session, person_id, client_id)
    if tab is not None and seq <= tab.last_seq:
        return TimeTaken(tab.last_seq, 0, 0)
    places = _places(work, segments)
    if not segments:
        return TimeTaken(tab.last_seq if tab else 0, 0, 0)
    ended = next(iter(places.values())).now - ago
    began = min(place.granted_at for place in places.values())
    since = max(counted_until, tab.reported_at if tab else began, began)
    judged = within(segments, _milliseconds(ended - since + _SLACK))
    is_taken = tab is not None and counted_until > tab.reported_at + _SLACK
    judged = _name_overlaps(judged, is_taken=is_taken)
    counted = _total(judged, TimeState.COUNTED)
    # The slack of this report is no time of the next one.
    told_until = max(ended, since + timedelta(milliseconds=counted)) if counted else counted_until
    queries.write_report(
        session,
        organization_id=actor.organization_id,
        user_id=person_id,
        client_id=client_id,
        seq=seq,
        reported_at=max(ended, tab.reported_at) if tab else ended,
        counted_until=told_until,
        segments=judged,
    )
    asked = _total(segments, TimeState.COUNTED)
    return TimeTaken(seq, counted, asked - counted)


def _places(work: Work, segments: Sequence[Segment]) -> dict[UUID, queries.Place]:
    actor = work.actor
    wanted = {segment.lease_id for segment in segments}
    places = queries.places_of(work.session, actor.organization_id, actor.person_id, sorted(wanted))
    missing = wanted - places.keys()
    if missing:
        raise UnknownLeases(leases=sorted(str(lease_id) for lease_id in missing))
    return places


def _name_overlaps(segments: Sequence[Segment], *, is_taken: bool) -> list[Segment]:
    """Where another tab counted since this one's last report, that is why there was no more."""
    if not is_taken:
        return list(segments)
    return [
        Segment(segment.lease_id, segment.tool, TimeState.OTHER_TAB, segment.ms)
        if segment.state is TimeState.IMPLAUSIBLE
        else segment
        for segment in segments
    ]


def _milliseconds(span: timedelta) -> int:
    return int(span / timedelta(milliseconds=1))


def _total(segments: Iterable[Segment], state: TimeState) -> int:
    return sum(segment.ms for segment in segments if segment.state is state)


# Looking at it


@dataclass(frozen=True, slots=True)
class TimeSheet:
    """Time of one project or person by groups, and in total."""

    rows: list[TimeRow]
    total: TimeRow
    objects: int
    """that the images hold today on which the time was spent"""

    def without_costs(self) -> "TimeSheet":
        """For who may not know what an hour costs."""
        rows = [replace(row, costs=()) for row in self.rows]
        return TimeSheet(rows, replace(self.total, costs=()), self.objects)


def read_project_time(
    work: Work,
    project_id: UUID,
    grouping: TimeGrouping,
    *,
    begin: datetime | None,
    end: datetime | None,
    team_id: UUID | None,
    user_id: UUID | None,
) -> TimeSheet:
    """All time of a project, for its manager; that of his own people for a team's lead."""
    require_project(work, project_id)
    in_sight = team_in_sight(work)
    wanted = _filter([project_id], begin, end, in_sight or team_id, user_id)
    sheet = _sheet(work, grouping, wanted)
    # A team's lead knows what his own people cost.
    return sheet if in_sight or work.actor.may(Permission.VIEW_MONEY) else sheet.without_costs()


def read_own_time(
    work: Work,
    grouping: TimeGrouping,
    *,
    begin: datetime | None,
    end: datetime | None,
    project_id: UUID | None,
) -> TimeSheet:
    """The actor's own seconds, counted and not, each with the reason."""
    actor = work.require_somewhere(Permission.VIEW_PROJECT)
    person_id = actor.person_id
    projects = queries.projects_of_person(work.session, actor.organization_id, person_id)
    if project_id is not None:
        projects = [project_id] if project_id in projects else []
    sheet = _sheet(work, grouping, _filter(projects, begin, end, None, person_id))
    return sheet if actor.may(Permission.VIEW_MONEY) else sheet.without_costs()


def _filter(
    projects: Sequence[UUID],
    begin: datetime | None,
    end: datetime | None,
    team_id: UUID | None,
    user_id: UUID | None,
) -> queries.TimeFilter:
    return queries.TimeFilter(
        projects=projects,
        from_id=first_id_at(begin or datetime(2000, 1, 1, tzinfo=UTC)),
        to_id=first_id_at(end or datetime(9000, 1, 1, tzinfo=UTC)),
        team_id=team_id,
        user_id=user_id,
    )


def _sheet(work: Work, grouping: TimeGrouping, wanted: queries.TimeFilter) -> TimeSheet:
    if grouping is TimeGrouping.CLASS:
        found = queries.sums_by_class(work.session, wanted)
    else:
        found = queries.sums(work.session, grouping, wanted)
    rows = [_row(key, group) for key, group in _by_key(found).items()]
    everything = queries.sums(work.session, TimeGrouping.ASSET, wanted)
    total = _row("", everything)
    images = len({row.key for row in everything})
    objects = queries.objects_worked_on(work.session, wanted)
    paid = queries.objects_paid_for(work.session, wanted) if total.costs else {}
    costs = tuple(replace(cost, objects=paid.get(cost.currency, 0)) for cost in total.costs)
    return TimeSheet(
        rows=rows,
        total=TimeRow("", "Total", total.counted_ms, total.uncounted_ms, images, costs),
        objects=objects,
    )


def _by_key(found: Iterable[queries.SumRow]) -> dict[str, list[queries.SumRow]]:
    groups: dict[str, list[queries.SumRow]] = {}
    for row in found:
        groups.setdefault(row.key, []).append(row)
    return groups


def _row(key: str, group: Sequence[queries.SumRow]) -> TimeRow:
    counted_ms, uncounted, costs = 0, dict[TimeState, int](), dict[str, Cost]()
    for row in group:
        state = TimeState(row.state)
        if state is TimeState.COUNTED:
            counted_ms += row.ms
        else:
            uncounted[state] = uncounted.get(state, 0) + row.ms
        if row.currency is not None and row.amount is not None:
            sofar = costs.get(row.currency, Cost(Decimal(0), row.currency))
            amount, units = sofar.amount + row.amount, sofar.units + row.images
            costs[row.currency] = Cost(amount, row.currency, units)
    return TimeRow(
        key=key,
        name=group[0].name if group else "",
        counted_ms=counted_ms,
        uncounted_ms=uncounted,
        units=max((row.images for row in group), default=0),
        costs=tuple(
            replace(cost, amount=cost.amount.quantize(Decimal("0.0001")))
            for _, cost in sorted(costs.items())
        ),
    )
