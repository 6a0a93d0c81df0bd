"""The supervisor and its guardian, with small programs in the places of the real ones."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from maskwright.launcher.console import Console
from maskwright.launcher.errors import ChildFailed
from maskwright.launcher.guarded import Guardian
from maskwright.launcher.program import Child, Program
from maskwright.launcher.supervisor import StopRequested, Supervisor
from maskwright.launcher.up import stop_signals
from tests.support.waiting import wait_until

SLEEPER = "import time; time.sleep(600)"
STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up'); time.sleep(600)"


def program(name: str, code: str, stop_seconds: float = 5, **options: object) -> Program:
    argv = [sys.executable, "-I", "-S", "-u", "-c", code]
    return Program(name=name, argv=argv, stop_seconds=stop_seconds, **options)


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Bench:
    """A supervisor with its log and its events, on a thread of its own while it watches."""

    def __init__(self) -> None:
        self.stopping, self.hurry = threading.Event(), threading.Event()
        self._stream = io.StringIO()
        self.guardian = Guardian()
        self.supervisor = Supervisor(
            Console(self._stream), self.guardian, self.stopping, self.hurry
        )
        self._thread = threading.Thread(target=self.supervisor.watch_until_stopped)

    @property
    def log(self) -> str:
        return self._stream.getvalue()

    def watch(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self.stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        self.supervisor.stop_all()
        self.guardian.dismiss()


@pytest.fixture
def bench() -> Iterator[Bench]:
    opened = Bench()
    yield opened
    opened.close()


def test_lines_of_a_child_are_prefixed_with_its_name(bench: Bench) -> None:
    bench.supervisor.start(program("api", "print('hello')"), stage=1)
    wait_until(lambda: "api        | hello" in bench.log, "the line is logged")


def test_a_child_that_dies_is_restarted_and_that_is_said(bench: Bench) -> None:
    child = bench.supervisor.start(
        program("worker", "import os; print('pid', os.getpid());" + SLEEPER), stage=1
    )
    bench.watch()
    wait_until(lambda: bench.log.count("pid ") == 1, "the child runs")
    os.kill(child.pid, signal.SIGKILL)
    wait_until(lambda: bench.log.count("pid ") == 2, "the child runs again")
    assert "worker ended (signal KILL); starting it again in 0.5 s." in bench.log


def test_a_child_that_keeps_dying_is_restarted_ever_later(bench: Bench) -> None:
    bench.supervisor.start(program("worker", "raise SystemExit(3)"), stage=1)
    bench.watch()
    wait_until(lambda: "starting it again in 2 s" in bench.log, "it died three times")
    assert "worker ended (exit code 3); starting it again in 0.5 s." in bench.log
    assert "worker ended (exit code 3); starting it again in 1 s." in bench.log


def test_what_a_crash_left_behind_is_mended_before_the_restart(bench: Bench) -> None:
    mended = threading.Event()
    child = bench.supervisor.start(program("postgres", SLEEPER, before_restart=mended.set), stage=0)
    bench.watch()
    assert not mended.is_set()
    os.kill(child.pid, signal.SIGKILL)
    wait_until(mended.is_set, "the leftovers are cleared")


def test_users_of_a_server_are_stopped_before_it(bench: Bench, tmp_path: Path) -> None:
    order = tmp_path / "order"
    note = (
        "import signal, sys, time\n"
        f"def end(*_): print(sys.argv[1], file=open({str(order)!r}, 'a')); sys.exit()\n"
        "signal.signal(15, end); print('up')\n"
    )
    for name, stage in (("postgres", 0), ("api", 1)):
        code = note.replace("sys.argv[1]", repr(name)) + SLEEPER
        bench.supervisor.start(program(name, code), stage=stage)
    wait_until(lambda: bench.log.count("up") == 2, "both run")
    bench.supervisor.stop_all()
    assert order.read_text().split() == ["api", "postgres"]


def test_a_child_that_will_not_stop_is_killed_and_that_is_said(bench: Bench) -> None:
    child = bench.supervisor.start(program("worker", STUBBORN, stop_seconds=0.2), stage=1)
    wait_until(lambda: "up" in bench.log, "it runs")
    bench.supervisor.stop_all()
    assert not is_running(child.pid)
    assert "worker did not stop in time; killed." in bench.log


def test_asking_twice_to_stop_does_not_wait(bench: Bench) -> None:
    child = bench.supervisor.start(program("worker", STUBBORN, stop_seconds=600), stage=1)
    wait_until(lambda: "up" in bench.log, "it runs")
    bench.hurry.set()
    bench.supervisor.stop_all()
    assert not is_running(child.pid)


def test_a_server_that_does_not_come_up_fails_with_its_last_words(bench: Bench) -> None:
    child = bench.supervisor.start(
        program("postgres", "raise SystemExit('no space left')", is_ready=lambda: False), stage=0
    )
    with pytest.raises(ChildFailed, match="postgres could not start: no space left"):
        bench.supervisor.wait_until_ready(child, seconds=600)


def test_what_a_program_said_last_is_told_whole_and_without_our_name(bench: Bench) -> None:
    said = "LOG: up\\nFATAL: wrong permissions\\nDETAIL: They should be 0700."
    for code, begins, told in (
        (f"raise SystemExit('{said}')", "FATAL", "FATAL: wrong permissions DETAIL: They should"),
        ("raise SystemExit('maskwright: No room.')", "", "setup could not start: No room.$"),
    ):
        child = bench.supervisor.start(
            program(
                "setup",
                code,
                is_ready=lambda: False,
                begins_message=lambda line, begins=begins: line.startswith(begins),
            ),
            stage=0,
        )
        with pytest.raises(ChildFailed, match=told):
            bench.supervisor.wait_until_ready(child, seconds=600)


def test_signals_that_come_together_are_one_asking(bench: Bench) -> None:
    with stop_signals(Console(io.StringIO())) as (stopping, hurry):
        for _ in range(3):  # to the group, by make, by whoever watches over make
            os.kill(os.getpid(), signal.SIGTERM)
        assert stopping.is_set()
        assert not hurry.is_set()

        def asked_again() -> bool:
            os.kill(os.getpid(), signal.SIGTERM)
            return hurry.is_set()

        wait_until(asked_again, "somebody who asks again is in a hurry")


def test_waiting_for_a_server_ends_when_somebody_asks_to_stop(bench: Bench) -> None:
    child = bench.supervisor.start(program("api", SLEEPER, is_ready=lambda: False), stage=1)
    bench.stopping.set()
    with pytest.raises(StopRequested):
        bench.supervisor.wait_until_ready(child, seconds=600)


def test_a_step_that_fails_stops_the_start_with_its_last_words(bench: Bench) -> None:
    with pytest.raises(ChildFailed, match="the schema is from the future"):
        bench.supervisor.run_once(
            program("setup", "raise SystemExit('the schema is from the future')")
        )


def test_a_killed_guardian_is_replaced(bench: Bench) -> None:
    first = bench.guardian.pid
    bench.watch()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: bench.guardian.pid != first, "another guardian watches")
    wait_until(lambda: "another one watches now" in bench.log, "that is said")


def test_the_guardian_ends_all_children_of_a_supervisor_that_was_killed() -> None:
    supervisor = subprocess.Popen(
        [sys.executable, "-c", _SUPERVISOR_TO_KILL], stdout=subprocess.PIPE, text=True
    )
    with supervisor:
        assert supervisor.stdout
        pids = [int(word) for word in supervisor.stdout.readline().split()]
        assert all(map(is_running, pids))
        supervisor.kill()
    wait_until(lambda: not any(map(is_running, pids)), "every child is gone")


_SUPERVISOR_TO_KILL = f"""
import sys, time
from maskwright.launcher.guarded import Guardian
from maskwright.launcher.program import Child, Program
guardian = Guardian()
pids = [guardian.pid]
for code in ({SLEEPER!r}, {STUBBORN!r}):
    program = Program("child", [sys.executable, "-S", "-c", code], stop_seconds=0.5)
    child = Child(program, log=lambda name, line: None)
    guardian.watch(child)
    pids.append(child.pid)
print(*pids, flush=True)
time.sleep(600)
"""


def test_a_child_ends_with_whatever_it_started(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys; "
        f"p = subprocess.Popen([sys.executable, '-S', '-c', {SLEEPER!r}]); print(p.pid); p.wait()"
    )
    lines: list[str] = []
    child = Child(program("worker", code), log=lambda name, line: lines.append(line))
    wait_until(lambda: bool(lines), "the grandchild runs")
    child.stop()
    assert not is_running(child.pid)
    wait_until(lambda: not is_running(int(lines[0])), "the grandchild is gone")
