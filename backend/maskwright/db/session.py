"""The connection pools, and sessions on them."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from maskwright.settings import DatabaseSettings


class Database:
    """The connections to Postgres, shared by all threads of a process.

    Those for single statements have a pool of their own: to turn a connection to autocommit and
    back at each use costs as much again as the session around it. A thread holds one connection
    of either pool at a time, so that there are not twice as many in use.
    """

    def __init__(self, settings: DatabaseSettings) -> None:
        self.engine = _create_engine(settings)
        self._autocommit = _create_engine(settings, isolation_level="AUTOCOMMIT")
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._single_statements = sessionmaker(self._autocommit, expire_on_commit=False)

    @property
    def pools(self) -> list[QueuePool]:
        """Both pools, to be looked at."""
        pools = (self.engine.pool, self._autocommit.pool)
        return [pool for pool in pools if isinstance(pool, QueuePool)]

    def open_session(self, *, single_statement: bool = False) -> Session:
        """A session that holds a connection from its first statement on; whoever opens it commits
        and closes it.

        single_statement  every statement is a transaction of its own, which spares the two round
                          trips that begin and end one: for use cases that write with one statement
        """
        return self._single_statements() if single_statement else self._sessions()

    def close(self) -> None:
        self.engine.dispose()
        self._autocommit.dispose()


def _create_engine(settings: DatabaseSettings, **options: Any) -> sa.Engine:
    return sa.create_engine(
        settings.sqlalchemy_url,
        pool_size=settings.pool_size,
        max_overflow=settings.max_overflow,
        pool_pre_ping=False,
        hide_parameters=True,  # errors are logged, and must not take people's data there
        connect_args={
            "options": f"-c statement_timeout={settings.statement_timeout_ms} -c timezone=UTC",
            "application_name": "maskwright",
        },
        **options,
    )
