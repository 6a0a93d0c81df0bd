"""How long a start takes, and what the idle stack needs: `make bench-startup`.

A fresh clone of the committed state is brought up by `make up` in a temporary folder, stopped, and
brought up again. What pip and npm fetch may come from their caches: the figure is the machine's,
not the network's.
"""

import os
import re
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.report import Row, publish, row

ROOT = Path(__file__).parents[2]
IDLE_SECONDS = 10
MEGABYTE = 1024**2


@dataclass
class Start:
    """One `make up`, from the command to the served page."""

    process: subprocess.Popen[str]
    address: str
    seconds: float
    phases: dict[str, float]
    ready_seconds: float


@contextmanager
def make_up(checkout: Path) -> Iterator[Start]:
    started = time.monotonic()
    process = subprocess.Popen(
        ["make", "up"],
        cwd=checkout,
        env={
            **os.environ,
            "MASKWRIGHT_PORT": str(_free_port()),
            "MASKWRIGHT_HOME": str(checkout / "var"),
            "DATABASE_URL": "",
            "REDIS_URL": "",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        phases, address, ready = _read_until_ready(process)
        urllib.request.urlopen(address, timeout=10).close()
        yield Start(process, address, time.monotonic() - started, phases, ready)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=60)


def _read_until_ready(process: subprocess.Popen[str]) -> tuple[dict[str, float], str, float]:
    phases: dict[str, float] = {}
    assert process.stdout
    for line in process.stdout:
        print("   ", line, end="")
        if found := re.match(r"  (.+): ([\d.]+) s$", line):
            phases[found[1]] = float(found[2])
        if found := re.search(r"is ready at (\S+) \(([\d.]+) s\)", line):
            return phases, found[1], float(found[2])
    raise RuntimeError("`make up` ended before it was ready.")


def idle_megabytes(process: subprocess.Popen[str]) -> float:
    """Memory of the whole tree; pages that processes share count once (PSS)."""
    tree = psutil.Process(process.pid)
    total = 0
    for member in [tree, *tree.children(recursive=True)]:
        memory = member.memory_full_info()
        total += getattr(memory, "pss", memory.uss)
        print(
            f"    {getattr(memory, 'pss', 0) / MEGABYTE:6.1f} MB  {' '.join(member.cmdline())[:90]}"
        )
    return total / MEGABYTE


def main() -> None:
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="maskwright-startup-") as folder:
        checkout = Path(folder) / "maskwright"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(checkout)], check=True)
        with make_up(checkout) as first:
            rows.append(
                row(
                    "first start",
                    first.seconds,
                    "s",
                    at_most=240,
                    method="`make up` in a fresh clone, until the page is served",
                )
            )
            rows += [
                row(f"  {phase}", seconds, "s", method="as `make up` itself reports it")
                for phase, seconds in first.phases.items()
            ]
            rows.append(
                row(
                    "  after installation",
                    first.ready_seconds,
                    "s",
                    at_most=10,
                    method="servers, migrations, administrator, demo, API",
                )
            )
            time.sleep(IDLE_SECONDS)  # renditions of the demo's photographs are made meanwhile
        with make_up(checkout) as second:
            rows.append(
                row(
                    "second start",
                    second.seconds,
                    "s",
                    at_most=5,
                    method="`make up` again, until the page is served",
                )
            )
            time.sleep(IDLE_SECONDS)
            rows.append(
                row(
                    "idle memory",
                    idle_megabytes(second.process),
                    "MB",
                    at_most=700,
                    method=f"PSS of all processes {IDLE_SECONDS} s after the second start",
                )
            )
    publish("startup", rows)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
