"""`maskwright up` as a person meets it: the real command, in a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.support.scratch import scratch_folder
from tests.support.stack import free_port
from tests.support.waiting import PATIENCE_SECONDS, wait_until

#: Of all processes together, on whatever machine; five seconds of two cores would be ten. Time on
#: the clock depends on what else runs here: `make bench-startup` measures it.
SECOND_START_CPU_SECONDS = 9.0
SETTINGS = {
    "DATABASE_URL": "",
    "REDIS_URL": "",
    "MASKWRIGHT_ADMIN_EMAIL": "",
    "MASKWRIGHT_ADMIN_PASSWORD": "",
    "MASKWRIGHT_DEMO": "0",
    "NO_COLOR": "1",
}


class Running:
    """A started `maskwright up` and what it said."""

    def __init__(self, home: Path, port: int) -> None:
        self.home = home
        self.address = f"http://127.0.0.1:{port}"
        self._log = home.parent / f"log-{time.monotonic_ns()}"
        self._output = self._log.open("w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "maskwright.cli", "up"],
            env={
                **os.environ,
                **SETTINGS,
                "MASKWRIGHT_HOME": str(home),
                "MASKWRIGHT_PORT": str(port),
            },
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    @property
    def log(self) -> str:
        return self._log.read_text()

    def wait_until_ready(self) -> None:
        wait_until(
            lambda: "is ready at" in self.log or self.process.poll() is not None,
            "Maskwright is ready",
            seconds=2 * PATIENCE_SECONDS,
        )
        assert self.process.poll() is None, self.log

    def child(self, words: str) -> psutil.Process:
        """The direct child whose command line holds `words`."""
        return next(
            child
            for child in psutil.Process(self.process.pid).children()
            if words in " ".join(child.cmdline())
        )

    def all_children(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def cpu_seconds(self) -> float:
        """What it has used until now, with its children and those that have ended."""
        times = [
            process.cpu_times()
            for process in (psutil.Process(self.process.pid), *self.all_children())
        ]
        return sum(t.user + t.system + t.children_user + t.children_system for t in times)

    def answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/readyz", timeout=2).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(PATIENCE_SECONDS)
        self._output.close()


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    with scratch_folder() as folder:
        yield folder / "home"


@pytest.fixture(scope="module")
def lasting() -> Iterator[Running]:
    """One that runs through all tests that leave it as they found it."""
    with scratch_folder() as folder:
        started = Running(folder / "home", free_port())
        try:
            started.wait_until_ready()
            yield started
        finally:
            started.end()


@pytest.fixture
def running(home: Path) -> Iterator[Running]:
    """One that the test may end as it likes."""
    started = Running(home, free_port())
    try:
        started.wait_until_ready()
        yield started
    finally:
        started.end()


def gone(processes: list[psutil.Process]) -> bool:
    return not any(
        process.is_running() and process.status() != psutil.STATUS_ZOMBIE
        for process in processes
        if psutil.pid_exists(process.pid)
    )


def test_a_first_start_shows_the_administrator_and_a_second_start_is_quick(home: Path) -> None:
    first = Running(home, free_port())
    try:
        first.wait_until_ready()
        assert re.search(r"The administrator is \S+@\S+, password \S+; this is shown", first.log)
    finally:
        first.end()
    again = Running(home, free_port())
    try:
        again.wait_until_ready()
        assert "password" not in again.log
        assert again.cpu_seconds() < SECOND_START_CPU_SECONDS
        assert httpx.get(again.address).headers["content-type"].startswith("text/html")
    finally:
        again.end()


def test_logs_are_prefixed_by_who_speaks(lasting: Running) -> None:
    assert all(re.match(r"\w+ +\| ", line) for line in lasting.log.splitlines())


@pytest.mark.parametrize(
    ("name", "words"),
    [("api", "maskwright.cli api"), ("postgres", "bin/postgres"), ("redis", "redis-server")],
)
def test_a_killed_child_is_restarted_and_that_is_said(
    lasting: Running, name: str, words: str
) -> None:
    killed = lasting.child(words)
    killed.kill()
    wait_until(
        lambda: f"{name} ended (signal KILL); starting it again" in lasting.log, "it is said"
    )
    wait_until(
        lambda: (
            any(
                words in " ".join(child.cmdline()) and child.pid != killed.pid
                for child in psutil.Process(lasting.process.pid).children()
            )
            and lasting.answers()
        ),
        "it works again",
    )


def test_ctrl_c_stops_everything_in_good_order(running: Running) -> None:
    children = running.all_children()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(PATIENCE_SECONDS) == 0
    assert gone(children)
    assert running.log.rstrip().endswith("Stopped.")
    assert "Traceback" not in running.log
    assert "killed" not in running.log


def test_no_child_survives_a_killed_supervisor_and_the_next_start_recovers(
    running: Running, home: Path
) -> None:
    children = running.all_children()
    assert len(children) >= 4
    running.process.kill()
    running.process.wait()
    next_one = Running(home, free_port())  # at once, while the children may still be ending
    try:
        next_one.wait_until_ready()
        assert gone(children)
        assert next_one.answers()
    finally:
        next_one.end()


def start_in_vain(home: Path, port: int) -> str:
    """What `maskwright up` says when it can't start."""
    failed = Running(home, port)
    try:
        assert failed.process.wait(PATIENCE_SECONDS) == 1
        return failed.log
    finally:
        failed.end()


def test_a_port_in_use_is_one_sentence(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = start_in_vain(home, taken.getsockname()[1])
    assert re.fullmatch(r"maskwright: Port \d+ of 127.0.0.1 is in use by another program.*\n", said)


def test_a_data_folder_in_use_is_one_sentence(lasting: Running) -> None:
    said = start_in_vain(lasting.home, free_port())
    assert re.fullmatch(r"maskwright: The data folder \S+ is already in use by .*\n", said)


def test_a_broken_data_folder_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("12\n")
    said = start_in_vain(tmp_path, free_port())
    assert said.splitlines()[-1].startswith("maskwright: The database in ")
    assert "Traceback" not in said
