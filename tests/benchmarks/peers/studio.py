"""Label Studio as a peer: in a virtual environment of its own, on a port of its own.

Installed once, under the benchmarks' folder; nothing of it is part of this project.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.benchmarks.report import BENCH_FOLDER
from tests.support.stack import free_port
from tests.support.waiting import wait_until

REQUIREMENTS = ("label-studio==1.23.0", "gunicorn==27.0.1")
GUNICORN_WORKERS = 2 * (os.cpu_count() or 1) + 1
_SEED = Path(__file__).with_name("studio_seed.py")
_START_SECONDS = 240


@dataclass(frozen=True)
class Installed:
    """A virtual environment with Label Studio."""

    folder: Path

    @property
    def python(self) -> Path:
        return self.folder / "bin" / "python"

    @property
    def application(self) -> Path:
        """The folder of its Django application."""
        [found] = self.folder.glob("lib/python*/site-packages/label_studio")
        return found


@dataclass(frozen=True)
class Peer:
    """A running Label Studio with projects.

    result  one brush mask, as its editor hands it in
    """

    address: str
    projects: list[int]
    tokens: list[str]
    result: list[dict[str, Any]]

    @property
    def project(self) -> int:
        """The first of them."""
        return self.projects[0]


@dataclass(frozen=True)
class Wanted:
    """A project to be made. `{n}` in the image's address is the task's number."""

    image: str
    tool: str


def install() -> Installed:
    """Install it where it is not installed yet; takes minutes and a gigabyte."""
    folder = (BENCH_FOLDER / "peers" / "-".join(REQUIREMENTS).replace("=", "")).absolute()
    installed, finished = Installed(folder), folder / "installed"
    if not finished.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pip = [str(installed.python), "-m", "pip", "install", "--quiet", *REQUIREMENTS]
        subprocess.run(pip, check=True)
        finished.touch()
    return installed


@contextmanager
def on_sqlite(
    installed: Installed, folder: Path, *, people: int, tasks: int, wanted: Sequence[Wanted]
) -> Iterator[Peer]:
    """As it starts by default: its own server, and SQLite."""
    environment = _environment(folder) | {"DJANGO_DB": "sqlite"}
    command = [installed.folder / "bin" / "label-studio", "start", "--no-browser"]
    with _running(installed, environment, command, "--port", people, tasks, wanted) as peer:
        yield peer


@contextmanager
def on_postgres(
    installed: Installed,
    folder: Path,
    database_url: str,
    *,
    people: int,
    tasks: int,
    wanted: Sequence[Wanted],
) -> Iterator[Peer]:
    """As its makers advise for teams: PostgreSQL, and a server with processes of its own.

    database_url  of an empty database, as our embedded server names it
    """
    parts = urlsplit(database_url)
    environment = _environment(folder) | {
        "DJANGO_DB": "default",
        "POSTGRE_NAME": parts.path.removeprefix("/"),
        "POSTGRE_USER": parts.username or "",
        "POSTGRE_PASSWORD": parts.password or "",
        "POSTGRE_HOST": parts.hostname or parse_qs(parts.query)["host"][0],
        "POSTGRE_PORT": str(parts.port or 5432),
    }
    command = [
        *(installed.python, "-m", "gunicorn", "core.wsgi:application"),
        *("--workers", str(GUNICORN_WORKERS), "--timeout", "120", "--keep-alive", "75"),
    ]
    with _running(installed, environment, command, "--bind", people, tasks, wanted) as peer:
        yield peer


def _environment(folder: Path) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    return {
        **{name: value for name, value in os.environ.items() if name != "PYTHONPATH"},
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "core.settings.label_studio",
        "COLLECT_ANALYTICS": "false",
        "LATEST_VERSION_CHECK": "false",
        "SENTRY_DSN": "",
        "FRONTEND_SENTRY_DSN": "",
        "LOG_LEVEL": "ERROR",
        # Official switches: our PostgreSQL has no pg_trgm. Their search is slower without these
        # indexes, and their submit faster.
        "SKIP_TRIGRAM_EXTENSION": "full",
        "SKIP_BTREE_GIN_EXTENSION": "full",
    }


@contextmanager
def _running(
    installed: Installed,
    environment: dict[str, str],
    command: list[Any],
    port_option: str,
    people: int,
    tasks: int,
    wanted: Sequence[Wanted],
) -> Iterator[Peer]:
    def run(*arguments: object) -> str:
        done = subprocess.run(
            [str(installed.python), *map(str, arguments)],
            cwd=installed.application,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"Label Studio could not be set up:\n{done.stderr[-3000:]}")
        return done.stdout

    run("manage.py", "migrate", "--verbosity", "0")
    projects = json.dumps([asdict(one) for one in wanted])
    seeded = json.loads(run("-P", _SEED, people, tasks, projects).splitlines()[-1])
    port = free_port()
    place = f"127.0.0.1:{port}" if port_option == "--bind" else str(port)
    address = f"http://127.0.0.1:{port}"
    with (Path(environment["LABEL_STUDIO_BASE_DATA_DIR"]) / "log").open("w") as log:
        process = subprocess.Popen(
            [str(word) for word in (*command, port_option, place)],
            cwd=installed.application,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until(
                lambda: _answers(address) or process.poll() is not None,
                "Label Studio answers",
                seconds=_START_SECONDS,
            )
            if process.poll() is not None:
                raise SystemExit(f"Label Studio ended: see {log.name}.")
            yield Peer(address, **seeded)
        finally:
            process.terminate()
            process.wait(30)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", timeout=10).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
