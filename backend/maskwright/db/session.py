"""The connection pool, and sessions on it."""

import sqlalchemy as sa
from sqlalchemy.orm import Session, sessionmaker

from maskwright.settings import DatabaseSettings


class Database:
    """One pool of connections to Postgres, shared by all threads of a process."""

    def __init__(self, settings: DatabaseSettings) -> None:
        self.engine = sa.create_engine(
            settings.sqlalchemy_url,
            pool_size=settings.pool_size,
            max_overflow=settings.max_overflow,
            pool_pre_ping=False,
            hide_parameters=True,  # errors are logged, and must not take people's data there
            connect_args={
                "options": f"-c statement_timeout={settings.statement_timeout_ms} -c timezone=UTC",
                "application_name": "maskwright",
            },
        )
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._single_statements = sessionmaker(
            self.engine.execution_options(isolation_level="AUTOCOMMIT"), expire_on_commit=False
        )

    def open_session(self, *, single_statement: bool = False) -> Session:
        """A session that holds a connection from its first statement on; whoever opens it commits
        and closes it.

        single_statement  every statement is a transaction of its own, which spares the two round
                          trips that begin and end one: for use cases that write with one statement
        """
        return self._single_statements() if single_statement else self._sessions()

    def close(self) -> None:
        self.engine.dispose()
