"""An export steps back while the database is busy with others, and only then."""

from dataclasses import dataclass

import psycopg

from maskwright.exports import queries
from maskwright.exports.pacing import BUSY_PER_SECOND, RESTS_PER_WORK, Pace
from maskwright.work import Resources
from tests.support.waiting import wait_until


@dataclass
class Hours:
    """Time as it is told, and what is done in it."""

    seconds: float = 0.0
    worked: float = 0.0
    committed: int = 1_000_000

    def pass_by(self, seconds: float, *, committed: float) -> None:
        self.seconds += seconds
        self.worked += seconds / 2
        self.committed += int(committed)

    def pace(self) -> Pace:
        return Pace(lambda: self.committed, now=lambda: self.seconds, worked=lambda: self.worked)


def test_nobody_in_the_way_lets_it_go_on_at_once() -> None:
    hours = Hours()
    pace = hours.pace()
    for _ in range(5):
        hours.pass_by(2, committed=2 * BUSY_PER_SECOND)
        assert pace.rest_seconds() == 0


def test_among_many_it_rests_for_longer_than_it_worked() -> None:
    hours = Hours()
    pace = hours.pace()
    hours.pass_by(2, committed=2 * BUSY_PER_SECOND + 1)

    assert pace.rest_seconds() == RESTS_PER_WORK * 1.0
    # Within the second it holds for what was worked since.
    hours.pass_by(0.5, committed=0)
    assert pace.rest_seconds() == RESTS_PER_WORK * 0.25


def test_it_goes_on_when_they_are_gone() -> None:
    hours = Hours()
    pace = hours.pace()
    hours.pass_by(1, committed=10 * BUSY_PER_SECOND)
    assert pace.rest_seconds() > 0
    hours.pass_by(1, committed=1)

    assert pace.rest_seconds() == 0


def test_what_others_commit_is_counted(resources: Resources) -> None:
    def committed() -> int:
        with resources.database.open_session() as session:
            return queries.count_committed(session)

    before = committed()
    url = resources.settings.database.url
    with psycopg.connect(url, autocommit=True) as other:
        for _ in range(100):
            other.execute("SELECT 1")
        other.execute("SELECT pg_stat_force_next_flush()")

    wait_until(lambda: committed() >= before + 100, "Postgres has counted")
