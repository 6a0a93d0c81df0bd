"""The hot paths' way to Postgres: prepared statements, handed to libpq as they are.

A driver's cursor costs more than many of the statements it sends: one row by its key takes 75
microseconds of Python through psycopg's cursor and 10 through a lane, and Python is what the hot
paths have least of, for all threads share one interpreter. Values come back through psycopg's
own loaders, and errors are psycopg's.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from psycopg import pq
from psycopg.adapt import Transformer
from psycopg.errors import error_from_result
from sqlalchemy.orm import Session

from maskwright.db.statements import Statement
from maskwright.settings import DatabaseSettings

Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]

_BINARY = 1
_GOOD = frozenset({pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK})


class Lane:
    """A connection to run `Statement`s on, used by one thread at a time.

    On an autocommitting connection every statement is a transaction of its own, unless `begin`
    makes one of those that follow.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._pgconn = connection.pgconn
        self._is_a_sessions = not connection.autocommit
        self._loading = Transformer(connection)
        self._prepared: set[bytes] = set()

    @property
    def is_in_transaction(self) -> bool:
        return self._pgconn.transaction_status != pq.TransactionStatus.IDLE

    @property
    def is_broken(self) -> bool:
        return self._pgconn.status != pq.ConnStatus.OK

    def one(self, statement: Statement, *values: Any) -> Row | None:
        """The first row; None where there is none."""
        result = self._execute(statement, values)
        if result.ntuples == 0:
            return None
        self._loading.set_pgresult(result)
        return self._loading.load_row(0, tuple)

    def all(self, statement: Statement, *values: Any) -> list[Row]:
        """Every row."""
        result = self._execute(statement, values)
        self._loading.set_pgresult(result)
        return self._loading.load_rows(0, result.ntuples, tuple)

    def run(self, statement: Statement, *values: Any) -> None:
        """Where nothing is answered."""
        self._execute(statement, values)

    def begin(self) -> None:
        self._checked(self._pgconn.exec_(b"BEGIN"))

    def commit(self) -> None:
        self._checked(self._pgconn.exec_(b"COMMIT"))

    def rollback(self) -> None:
        self._checked(self._pgconn.exec_(b"ROLLBACK"))

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """All of the block or nothing of it: what raises is taken back. Committed later, by the
        work that it is part of."""
        if self._is_a_sessions:
            if not self.is_in_transaction:
                self._checked(self._pgconn.exec_(b"BEGIN"))
            begin, undo = b"SAVEPOINT attempt", b"ROLLBACK TO SAVEPOINT attempt"
        else:
            begin, undo = b"BEGIN", b"ROLLBACK"
        self._checked(self._pgconn.exec_(begin))
        try:
            yield
        except BaseException:
            if not self.is_broken:
                self._checked(self._pgconn.exec_(undo))
            raise

    def close(self) -> None:
        self.connection.close()

    def _execute(self, statement: Statement, values: Sequence[Any]) -> pq.abc.PGresult:
        written = statement.dump(values)
        formats = statement.formats
        if self._is_a_sessions:
            return self._execute_unprepared(statement, written, formats)
        if statement.name not in self._prepared:
            self._checked(self._pgconn.prepare(statement.name, statement.sql, statement.oids))
            self._prepared.add(statement.name)
        return self._checked(self._pgconn.exec_prepared(statement.name, written, formats, _BINARY))

    def _execute_unprepared(
        self, statement: Statement, written: list[Any], formats: list[int]
    ) -> pq.abc.PGresult:
        """A session's driver throws away all that is prepared when a transaction fails."""
        if not self.is_in_transaction:
            self.begin()
        return self._checked(
            self._pgconn.exec_params(statement.sql, written, statement.oids, formats, _BINARY)
        )

    def _checked(self, result: pq.abc.PGresult) -> pq.abc.PGresult:
        if result.status not in _GOOD:
            if self.is_broken:  # what libpq says itself has no code to make another error of
                raise psycopg.OperationalError(result.get_error_message())
            raise error_from_result(result, encoding=self.connection.info.encoding)
        return result


def lane_of(session: Session) -> Lane:
    """A session's connection as a lane: the same transaction.

    Flush the session first where its pending objects matter to the statement.
    """
    pooled = session.connection().connection
    found = pooled.info.get(_LANE)
    if found is None:
        found = pooled.info[_LANE] = Lane(cast(Connection, pooled.driver_connection))
    return cast(Lane, found)


_LANE = "maskwright_lane"


_PLANS = (
    "plan_cache_mode=force_generic_plan",
    "enable_seqscan=off",
    "enable_hashjoin=off",
    "enable_mergejoin=off",
)


class LanePool:
    """Lanes that nobody uses at the moment, the last used first.

    There come to be as many as are used at a time, and the threads that use them are bounded.
    """

    def __init__(self, settings: DatabaseSettings) -> None:
        self._url = settings.libpq_url
        options = connection_options(settings)
        # A claim, planned anew for the ids that it is called with, takes half as long again. And a
        # plan that is kept must be none for tables that were empty when it was made: each of these
        # statements finds its few rows by their keys, however many there are.
        for setting in _PLANS:
            options["options"] += f" -c {setting}"
        self._options = options
        self._idle: deque[Lane] = deque()
        self._in_use: set[Lane] = set()
        self._is_closed = False

    @property
    def idle(self) -> int:
        return len(self._idle)

    @property
    def in_use(self) -> int:
        return len(self._in_use)

    def take(self) -> Lane:
        """One to use and to give back; raises OperationalError where none can be opened."""
        try:
            lane = self._idle.pop()
        except IndexError:
            lane = Lane(psycopg.connect(self._url, autocommit=True, **self._options))
        self._in_use.add(lane)
        return lane

    def give_back(self, lane: Lane) -> None:
        """Whose connection broke takes the idle ones with it: the server went, most likely, and
        each of them would fail a request to find that out."""
        self._in_use.discard(lane)
        if lane.is_broken:
            lane.close()
            self._close_idle()
            return
        if lane.is_in_transaction:
            lane.rollback()
        self._idle.append(lane)
        if self._is_closed:
            self._close_idle()

    def close(self) -> None:
        """Lanes in use are closed when they are given back: a request may outlive the process'
        wish to stop."""
        self._is_closed = True
        self._close_idle()

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()


def connection_options(settings: DatabaseSettings) -> dict[str, Any]:
    """What every connection of this process is opened with."""
    return {
        "options": f"-c statement_timeout={settings.statement_timeout_ms} -c timezone=UTC",
        "application_name": "maskwright",
    }
