"""The driver's own connection below a session, for statements that are written as SQL.

The hot paths send few and shaped statements; measured here, SQLAlchemy's layers around one cost
more than Postgres takes to answer it. The connection is the session's: the same transaction.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import psycopg
from sqlalchemy.orm import Session

from maskwright.db.lane import Connection, Lane, Row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Later(Generic[T]):
    """What a statement answers, read when it is asked for: inside of `one_round_trip` asking
    would wait for the server, so it is asked for behind."""

    cursor: psycopg.Cursor[Row]
    convert: Callable[[Row | None], T]

    def read(self) -> T:
        return self.convert(self.cursor.fetchone())


@contextmanager
def one_round_trip(session: Session) -> Iterator[None]:
    """Send the statements of the block together, behind a savepoint, and wait once for all.

    Ask for their answers behind the block; `take_back` undoes what the block did.
    """
    connection = driver_connection(session)
    with connection.pipeline():
        connection.execute("SAVEPOINT together")
        yield


def take_back(session: Session) -> None:
    """Undo the statements of the last `one_round_trip` of this transaction."""
    driver_connection(session).execute("ROLLBACK TO SAVEPOINT together")


def driver_connection(source: Session | Lane) -> Connection:
    """The psycopg connection that a session's transaction, or a lane, runs on.

    Flush the session first where its pending objects matter to the statement.
    """
    if isinstance(source, Lane):
        return source.connection
    return cast(Connection, source.connection().connection.driver_connection)
