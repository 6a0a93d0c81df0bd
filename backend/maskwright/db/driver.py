"""The driver's own connection below a session, for statements that are written as SQL.

The hot paths send few and shaped statements; measured here, SQLAlchemy's layers around one cost
more than Postgres takes to answer it. The connection is the session's: the same transaction.
"""

from typing import Any, cast

import psycopg
from sqlalchemy.orm import Session

Connection = psycopg.Connection[tuple[Any, ...]]


def driver_connection(session: Session) -> Connection:
    """The psycopg connection that this session's transaction runs on.

    Flush the session first where its pending objects matter to the statement.
    """
    return cast(Connection, session.connection().connection.driver_connection)
