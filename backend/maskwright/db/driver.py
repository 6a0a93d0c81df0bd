"""The driver's own connection below a session, for statements that are written as SQL.

Measured here, SQLAlchemy's layers around a statement cost more than Postgres takes to answer it.
The connection is the session's: the same transaction. The hot paths go further: see `db.lane`.
"""

from typing import cast

from sqlalchemy.orm import Session

from maskwright.db.lane import Connection, Lane


def driver_connection(source: Session | Lane) -> Connection:
    """The psycopg connection that a session's transaction, or a lane, runs on.

    Flush the session first where its pending objects matter to the statement.
    """
    if isinstance(source, Lane):
        return source.connection
    return cast(Connection, source.connection().connection.driver_connection)
