"""`maskwright up`: everything on this machine, under one supervisor."""

import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket

from maskwright.launcher.console import Console
from maskwright.launcher.gate import Gate
from maskwright.launcher.guarded import Guardian
from maskwright.launcher.home import DataHome
from maskwright.launcher.home_parts import refuse_wrong_kinds
from maskwright.launcher.listener import browser_address, listen
from maskwright.launcher.notes import NOTE_MARK
from maskwright.launcher.postgres_server import PostgresServer
from maskwright.launcher.program import Child, Program
from maskwright.launcher.redis_server import RedisServer
from maskwright.launcher.supervisor import StopRequested, Supervisor
from maskwright.settings import Settings

_SERVERS, _PROGRAMS = 0, 1  # stages: what has the higher one is stopped first
_SERVER_SECONDS = 60.0
_API_SECONDS = 60.0
_WORKER_STOP_SECONDS = 15.0
#: Signals that come closer together are one asking: make and systemd hand on what the whole group
#: was sent already.
_SAME_ASKING_SECONDS = 1.0
_FRONTEND = Path(__file__).parents[3] / "frontend"


@dataclass(frozen=True)
class _Servers:
    """The embedded ones; None where a setting names another."""

    postgres: PostgresServer | None
    redis: RedisServer | None


@dataclass(frozen=True)
class _Gates:
    """Opened when the servers are ready, and when setting up is done."""

    servers: Gate
    setup: Gate


def up(settings: Settings, *, dev: bool = False) -> None:
    """Start everything and keep it running until SIGINT or SIGTERM; raises LaunchError.

    dev  restart the API when its code changes, and serve the front end from its sources
    """
    started = time.monotonic()
    console = Console()
    with ExitStack() as cleanup:
        stopping, hurry = cleanup.enter_context(stop_signals(console))
        home = DataHome.open(settings.home)
        cleanup.callback(home.close)
        refuse_wrong_kinds(settings, home.path)
        listener = cleanup.enter_context(listen(settings.host, settings.port))
        guardian = Guardian(hold_fds=(home.lock_fd,))
        cleanup.callback(guardian.dismiss)
        gates = _Gates(*(cleanup.enter_context(closing(Gate())) for _ in range(2)))
        supervisor = Supervisor(console, guardian, stopping, hurry)
        cleanup.callback(supervisor.stop_all)
        try:
            servers = _prepare_servers(settings, home)
            environment = _environment(settings, home, servers)
            notes = _start_serving(supervisor, servers, gates, listener, environment, dev=dev)
            address = _start_others(supervisor, listener, environment, dev=dev)
            console.say(f"Maskwright is ready at {address} ({time.monotonic() - started:.1f} s)")
            for note in notes:
                console.say(note.removeprefix(NOTE_MARK))
            supervisor.watch_until_stopped()
        except StopRequested:
            console.say("Stopped before everything was started.")


def _start_serving(
    supervisor: Supervisor,
    servers: _Servers,
    gates: _Gates,
    listener: socket,
    environment: Mapping[str, str],
    *,
    dev: bool,
) -> list[str]:
    """Start the servers, bring the database to where the API can start, and serve; what setting up
    left to be told. All are started at once: Python imports for as long as the others need."""
    serving = _start_servers(supervisor, servers)
    api = supervisor.start(
        _api_program(listener, gates.setup, environment, dev=dev), stage=_PROGRAMS
    )
    setup = supervisor.begin(_setup_program(gates.servers, environment))
    for child in serving:
        supervisor.wait_until_ready(child, _SERVER_SECONDS)
    if servers.postgres:
        servers.postgres.ensure_database()
    gates.servers.open()
    notes = supervisor.finish(setup)
    gates.setup.open()
    supervisor.wait_until_ready(api, _API_SECONDS)
    return notes


def _prepare_servers(settings: Settings, home: DataHome) -> _Servers:
    """Those that are not replaced by a setting; their files are made where there are none."""
    postgres = redis = None
    if not settings.database.url:
        postgres = PostgresServer.prepare(home.path / "postgres")
    if not settings.redis.url:
        redis = RedisServer.prepare(home.path / "redis")
    return _Servers(postgres, redis)


def _environment(settings: Settings, home: DataHome, servers: _Servers) -> dict[str, str]:
    """What children are told."""
    environment = {
        "MASKWRIGHT_HOME": str(home.path),
        "DATABASE_URL": servers.postgres.url() if servers.postgres else settings.database.url,
        "REDIS_URL": servers.redis.url if servers.redis else settings.redis.url,
        "PYTHONUNBUFFERED": "1",
        # The worker's processes share the cores already; threads of BLAS on top only fight.
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),
    }
    if not settings.security.secret_key.get_secret_value():
        environment["MASKWRIGHT_SECRET_KEY"] = home.secret_key()
    return environment


def _start_servers(supervisor: Supervisor, servers: _Servers) -> list[Child]:
    children = []
    if servers.postgres:
        servers.postgres.clear_leftovers()
        children.append(supervisor.start(servers.postgres.program(), stage=_SERVERS))
    if servers.redis:
        children.append(supervisor.start(servers.redis.program(), stage=_SERVERS))
    return children


def _setup_program(gate: Gate, environment: Mapping[str, str]) -> Program:
    """Migrations, the first administrator and the demo, in a process that ends afterwards: what
    they import would otherwise stay in the supervisor's memory."""
    return Program(
        name="setup",
        argv=[sys.executable, "-m", "maskwright.cli", "setup", "--gate-fd", str(gate.fd)],
        environment=environment,
        pass_fds=(gate.fd,),
        is_noise=lambda line: line.startswith(NOTE_MARK),  # shown at the end
    )


def _api_program(
    listener: socket, gate: Gate, environment: Mapping[str, str], *, dev: bool
) -> Program:
    fd = listener.fileno()
    ready = f"{browser_address(listener)}/readyz"
    return Program(
        name="api",
        argv=[
            *(sys.executable, "-m", "maskwright.cli", "api"),
            *("--listener-fd", str(fd), "--gate-fd", str(gate.fd)),
            *(["--reload"] if dev else []),
        ],
        environment=environment,
        pass_fds=(fd, gate.fd),
        is_ready=lambda: _answers(ready),
    )


def _start_others(
    supervisor: Supervisor, listener: socket, environment: Mapping[str, str], *, dev: bool
) -> str:
    """Start the worker and, for developers, Vite; returns the address to open. After the API: they
    would share the cores with it, and the page come later."""
    address = browser_address(listener)
    worker = Program(
        name="worker",
        argv=[sys.executable, "-m", "maskwright.cli", "worker"],
        environment=environment,
        stop_seconds=_WORKER_STOP_SECONDS,
    )
    supervisor.start(worker, stage=_PROGRAMS)
    if not dev:
        return address
    web = Program(
        name="web",
        argv=["npm", "run", "--silent", "dev"],
        environment={**environment, "MASKWRIGHT_API": address},
        folder=_FRONTEND,
    )
    supervisor.start(web, stage=_PROGRAMS)
    return "the address that `web` prints below (API: " + address + ")"


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as response:  # noqa: S310 - always http, ours
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def stop_signals(console: Console) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Two events: somebody asked to stop; and somebody asked again, so that he is in a hurry."""
    stopping, hurry = threading.Event(), threading.Event()
    first_at = 0.0

    def stop(number: int, _frame: object) -> None:
        nonlocal first_at
        if not stopping.is_set():
            first_at = time.monotonic()
            stopping.set()
        elif time.monotonic() - first_at > _SAME_ASKING_SECONDS:
            hurry.set()

    watched = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in watched}
    try:
        yield stopping, hurry
    finally:
        if stopping.is_set():
            console.say("Stopped.")
        for number, handler in before.items():
            signal.signal(number, handler)
