"""The connection pools, and sessions on them."""

from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from maskwright.db.lane import LanePool, connection_options
from maskwright.settings import DatabaseSettings


class Database:
    """The connections to Postgres, shared by all threads of a process: those of sessions, and the
    lanes of the hot paths (see `db.lane`)."""

    def __init__(self, settings: DatabaseSettings) -> None:
        self.engine = sa.create_engine(
            settings.sqlalchemy_url,
            pool_size=settings.pool_size,
            max_overflow=settings.max_overflow,
            pool_pre_ping=False,
            hide_parameters=True,  # errors are logged, and must not take people's data there
            connect_args=connection_options(settings),
        )
        self.lanes = LanePool(settings)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @property
    def connections_in_use(self) -> int:
        return self._pool.checkedout() + self.lanes.in_use

    @property
    def connections_idle(self) -> int:
        return self._pool.checkedin() + self.lanes.idle

    @property
    def _pool(self) -> QueuePool:
        return cast(QueuePool, self.engine.pool)

    def open_session(self) -> Session:
        """A session that holds a connection from its first statement on; whoever opens it commits
        and closes it."""
        return self._sessions()

    def close(self) -> None:
        """Connections in use are closed when they are given back."""
        sa.event.listen(self._pool, "checkin", _close_returned)
        self.engine.dispose()
        self.lanes.close()


def _close_returned(_connection: object, entry: ConnectionPoolEntry) -> None:
    entry.invalidate()
