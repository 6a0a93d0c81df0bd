"""The whole product as a person starts it, on a free port with data of its own."""

import os
import socket
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from maskwright.launcher.postgres_server import PostgresServer
from maskwright.launcher.program import Child, Program
from maskwright.launcher.redis_server import RedisServer

OWNER_EMAIL = "owner@example.com"
OWNER_PASSWORD = "correct horse battery staple"
_READY_SECONDS = 90


@dataclass(frozen=True)
class Stack:
    """A running Maskwright.

    address  of its pages, without a slash at the end
    home     its data folder
    pid      the supervisor's
    """

    address: str
    home: Path
    pid: int

    @property
    def database_url(self) -> str | None:
        """Where its embedded PostgreSQL is reached; None while it does not run."""
        return PostgresServer.running_url(self.home / "postgres")

    @property
    def redis_url(self) -> str | None:
        return RedisServer.running_url(self.home / "redis")

    @property
    def is_well(self) -> bool:
        """Whether everything runs."""
        return _is_ready(self.address) and bool(self.database_url) and bool(self.redis_url)

    def program(self, words: str) -> psutil.Process | None:
        """The supervisor's child whose command line holds `words`; None where it was killed and
        is not started again yet."""
        for child in psutil.Process(self.pid).children():
            with suppress(psutil.NoSuchProcess):
                if words in " ".join(child.cmdline()):
                    return child
        return None

    def signed_in(self, email: str = OWNER_EMAIL, password: str = OWNER_PASSWORD) -> httpx.Client:
        """A client with a session, as the pages have one; the caller closes it."""
        client = httpx.Client(base_url=f"{self.address}/api/v1", timeout=60)
        answer = client.post("/session", json={"email": email, "password": password})
        answer.raise_for_status()
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        # httpx keeps a Secure cookie back on plain http, which browsers don't on a loopback
        # address; so it is sent by hand.
        client.headers["Cookie"] = answer.headers["set-cookie"].split(";")[0]
        return client

    def with_token(self, token: str) -> httpx.Client:
        """A client as the ML team's scripts are; the caller closes it."""
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=f"{self.address}/api/v1", headers=headers, timeout=60)


@contextmanager
def running_stack(
    home: Path, *, demo: bool = False, settings: Mapping[str, str] | None = None
) -> Iterator[Stack]:
    """`maskwright up` with its data under `home`, stopped at the end.

    settings  further environment variables
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    program = Program(
        name="maskwright",
        argv=[sys.executable, "-m", "maskwright.cli", "up"],
        environment={
            "MASKWRIGHT_HOME": str(home),
            "MASKWRIGHT_PORT": str(port),
            "MASKWRIGHT_ADMIN_EMAIL": OWNER_EMAIL,
            "MASKWRIGHT_ADMIN_PASSWORD": OWNER_PASSWORD,
            "MASKWRIGHT_DEMO": "1" if demo else "0",
            # Tests sign in hundreds of times, and nobody is after these passwords.
            "MASKWRIGHT_PASSWORD_MEMORY_KIB": "8",
            "MASKWRIGHT_PASSWORD_PASSES": "1",
            "MASKWRIGHT_PASSWORD_LANES": "1",
            "DATABASE_URL": "",
            "REDIS_URL": "",
            **(settings or {}),
        },
        is_ready=lambda: _is_ready(address),
        stop_seconds=30,
    )
    verbose = "MASKWRIGHT_TEST_LOG" in os.environ
    child = Child(program, log=lambda name, line: print(line) if verbose else None)
    try:
        if not child.wait_until_ready(_READY_SECONDS):
            raise RuntimeError("Maskwright did not start:\n" + "\n".join(child.last_lines))
        yield Stack(address, home, child.pid)
    finally:
        child.stop()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=2).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
