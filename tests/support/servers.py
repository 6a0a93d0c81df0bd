"""A real PostgreSQL and a real Redis for the tests, thrown away afterwards.

Each pytest process (each xdist worker, too) has its own pair: a cluster is made in half a second
and needs about 50 MB, and tests of different workers then can't meet.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from maskwright.launcher.guarded import Guardian
from maskwright.launcher.postgres_server import DISPOSABLE, PostgresServer
from maskwright.launcher.program import Child, Program
from maskwright.launcher.redis_server import RedisServer

_READY_SECONDS = 60


class ServerDidNotStart(Exception):
    """A server for the tests did not become ready; the message holds its last lines."""


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
        """Drop a database, and the connections that somebody left open to it."""
        self._administer(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )

    def _administer(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def embedded_servers(root: Path, *, options: Mapping[str, str] = DISPOSABLE) -> Iterator[Servers]:
    """Start both servers with their files under `root`; stop them and remove the files at the end.

    Ctrl-C leaves the block like any exception. If this process is killed, the launcher's guardian
    stops the servers.
    """
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, root, ignore_errors=True)
        guardian = Guardian()
        stack.callback(guardian.dismiss)
        postgres = PostgresServer.prepare(root / "postgres", options=options)
        redis = RedisServer.prepare(root / "redis", keeps_data=False)
        children = [_start(server.program(), guardian, stack) for server in (postgres, redis)]
        for child in children:
            if not child.wait_until_ready(_READY_SECONDS):
                lines = "\n".join(child.last_lines)
                raise ServerDidNotStart(f"{child.program.name} did not start:\n{lines}")
        postgres.ensure_database()
        yield Servers(postgres.url(), redis.url)


def _start(program: Program, guardian: Guardian, stack: ExitStack) -> Child:
    child = Child(program, log=lambda name, line: None)
    guardian.watch(child)
    stack.callback(guardian.forget, child)
    stack.callback(child.stop)
    return child
