"""A real PostgreSQL and a real Redis for the tests, thrown away afterwards.

Each pytest process (each xdist worker, too) has its own pair: a cluster is made in half a second
and needs about 50 MB, and tests of different workers then can't meet.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from maskwright.launcher.disposable import disposable_servers
from maskwright.launcher.postgres_server import DISPOSABLE
from tests.support.waiting import wait_until


@dataclass(frozen=True)
class Servers:
    """Where the servers are.

    database_url  an empty database, `maskwright`, whose role may make further databases
    """

    database_url: str
    redis_url: str

    def url_of(self, database: str) -> str:
        """The URL of another database of the same cluster."""
        return urlunsplit(urlsplit(self.database_url)._replace(path=f"/{database}"))

    def create_database(self, name: str, *, template: str = "template1") -> str:
        """Make a database, by default empty, else a copy of `template`; returns its URL.

        Nobody may be connected to the template meanwhile: dispose of its engine first.
        """
        self._administer(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.url_of(name)

    def drop_database(self, name: str) -> None:
        """Drop a database, and the connections that somebody left open to it.

        Postgres' own vacuum may be at work in it, whom we may not send away: it goes by itself.
        """
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))

        def is_dropped() -> bool:
            try:
                self._administer(drop)
            except InsufficientPrivilege:
                return False
            return True

        wait_until(is_dropped, f"{name} was dropped")

    def _administer(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def embedded_servers(root: Path, *, options: Mapping[str, str] = DISPOSABLE) -> Iterator[Servers]:
    """Both servers, with their files under `root`, until the block is left."""
    with disposable_servers(root, options=options) as (database_url, redis_url):
        yield Servers(database_url, redis_url)
