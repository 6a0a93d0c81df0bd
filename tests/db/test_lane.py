"""Prepared statements on connections of the hot paths."""

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa

from maskwright.db.lane import Lane, LanePool
from maskwright.db.session import Database
from maskwright.db.statements import Statement
from maskwright.settings import DatabaseSettings

_ECHO = Statement(
    "echo",
    "uuid text bytea bool int4 int8 uuid[] text[] bytea[] int4[] int8[] bool[]",
    "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12",
)
_ID = UUID("0192d6f0-0000-7000-8000-000000000001")
_NAMED = Statement("named", "first:text second:int4", "SELECT :second::text || :first")
_MAKE = Statement("make", "", "CREATE TABLE IF NOT EXISTS kept (n int PRIMARY KEY)")
_INSERT = Statement("insert_kept", "int4", "INSERT INTO kept VALUES ($1)")
_ALL = Statement("all_kept", "", "SELECT n FROM kept ORDER BY n")


@pytest.fixture
def pool(database_url: str) -> Iterator[LanePool]:
    pool = LanePool(DatabaseSettings(url=database_url))
    yield pool
    pool.close()


@pytest.fixture
def lane(pool: LanePool) -> Iterator[Lane]:
    lane = pool.take()
    lane.run(_MAKE)
    yield lane
    pool.give_back(lane)


def test_values_come_back_as_they_were_sent(lane: Lane) -> None:
    values = (
        *(_ID, "Ünï\n", b"\x00\xff", True, -(2**31), 2**63 - 1),
        *([_ID, _ID], ["", "a,{}"], [b"", b"\\x"], [1, -1], [2**40], [False, True]),
    )
    assert lane.one(_ECHO, *values) == values


def test_empty_lists_and_nulls_come_back_as_they_were_sent(lane: Lane) -> None:
    values = (None,) * 6 + ([],) * 6
    assert lane.one(_ECHO, *values) == values


def test_parameters_may_have_names(lane: Lane) -> None:
    assert lane.one(_NAMED, *_NAMED.ordered({"second": 7, "first": "x"})) == ("7x",)


@pytest.mark.parametrize("number", [2**31, -(2**31) - 1, 10**30])
def test_a_number_out_of_bounds_is_an_error_of_the_data(lane: Lane, number: int) -> None:
    with pytest.raises(psycopg.DataError):
        lane.run(_INSERT, number)


def test_an_attempt_that_fails_leaves_nothing(lane: Lane) -> None:
    lane.run(_INSERT, 1)

    def insert_another_and_the_same() -> None:
        with lane.attempt():
            lane.run(_INSERT, 2)
            lane.run(_INSERT, 1)

    with pytest.raises(psycopg.errors.UniqueViolation):
        insert_another_and_the_same()
    assert lane.all(_ALL) == [(1,)]


def test_what_was_not_committed_is_taken_back_with_the_lane(pool: LanePool, lane: Lane) -> None:
    other = pool.take()
    with other.attempt():
        other.run(_INSERT, 3)
    pool.give_back(other)
    assert not other.is_in_transaction
    assert lane.all(_ALL) == []


def test_a_lane_is_used_again_and_a_broken_one_never(pool: LanePool, lane: Lane) -> None:
    first = pool.take()
    pool.give_back(first)
    assert pool.take() is first
    idle = pool.take()
    pool.give_back(idle)
    with psycopg.connect(lane.connection.info.dsn) as administrator:
        pid = first.connection.info.backend_pid
        administrator.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    with pytest.raises(psycopg.OperationalError):
        first.all(_ALL)
    pool.give_back(first)
    assert pool.idle == 0
    assert pool.in_use == 1
    fresh = pool.take()
    assert fresh.all(_ALL) == []
    pool.give_back(fresh)


def test_what_is_given_back_after_closing_is_closed(pool: LanePool) -> None:
    lane = pool.take()
    pool.close()
    pool.give_back(lane)
    assert lane.connection.closed


def test_a_session_that_outlives_its_database_leaves_no_connection_open(database_url: str) -> None:
    database = Database(DatabaseSettings(url=database_url))
    with database.open_session() as session:
        connection = session.connection().connection.driver_connection
        database.close()
        assert session.scalar(sa.text("SELECT 1")) == 1
    assert isinstance(connection, psycopg.Connection)
    assert connection.closed
