"""A PostgreSQL and a Redis of one's own, thrown away afterwards: for tests and for simulations."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from maskwright.launcher.errors import LaunchError
from maskwright.launcher.guarded import Guardian
from maskwright.launcher.postgres_server import DISPOSABLE, PostgresServer
from maskwright.launcher.program import Child, Program
from maskwright.launcher.redis_server import RedisServer

_READY_SECONDS = 60


class ServerDidNotStart(LaunchError):
    """A server did not become ready; the message holds its last lines."""


@contextmanager
def disposable_servers(
    root: Path, *, options: Mapping[str, str] = DISPOSABLE
) -> Iterator[tuple[str, str]]:
    """Start both servers with their files under `root`; stop them and remove the files at the end.
    Yields the addresses of an empty database and of the Redis.

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
        yield postgres.url(), redis.url


def _start(program: Program, guardian: Guardian, stack: ExitStack) -> Child:
    child = Child(program, log=lambda name, line: None)
    guardian.watch(child)
    stack.callback(guardian.forget, child)
    stack.callback(child.stop)
    return child
