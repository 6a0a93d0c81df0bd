"""Children that wait at a gate, as real processes."""

import sys
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest

from maskwright.launcher.gate import Gate
from maskwright.launcher.program import Program
from tests.launcher.test_supervision import Bench, is_running
from tests.support.waiting import wait_until

_AT_THE_GATE = """
import sys
from maskwright.launcher.gate import wait_at
print("at the gate", flush=True)
wait_at(int(sys.argv[1]))
print("through", flush=True)
"""


@pytest.fixture
def bench() -> Iterator[Bench]:
    opened = Bench()
    yield opened
    opened.close()


@pytest.fixture
def gate() -> Iterator[Gate]:
    with closing(Gate()) as made:
        yield made


def waiting(gate: Gate, code: str = _AT_THE_GATE) -> Program:
    argv = [sys.executable, "-c", code, str(gate.fd)]
    return Program(name="setup", argv=argv, pass_fds=(gate.fd,))


def test_a_child_waits_until_the_gate_is_open(bench: Bench, gate: Gate) -> None:
    child = bench.supervisor.begin(waiting(gate))
    wait_until(lambda: "at the gate" in bench.log, "it waits")
    assert "through" not in bench.log
    gate.open()
    bench.supervisor.finish(child)
    assert "through" in bench.log


def test_a_child_that_is_started_again_finds_it_open(bench: Bench, gate: Gate) -> None:
    gate.open()
    for _ in range(2):
        bench.supervisor.run_once(waiting(gate))
    assert bench.log.count("through") == 2


def test_other_children_do_not_hold_it_shut(bench: Bench, gate: Gate) -> None:
    sleeper = Program(name="redis", argv=[sys.executable, "-c", "import time; time.sleep(600)"])
    bench.supervisor.start(sleeper, stage=0)
    child = bench.supervisor.begin(waiting(gate))
    gate.open()
    finishing = threading.Thread(target=bench.supervisor.finish, args=(child,))
    finishing.start()
    wait_until(lambda: "through" in bench.log, "it went through")
    finishing.join()


def test_who_still_waits_when_all_is_stopped_is_ended(bench: Bench, gate: Gate) -> None:
    child = bench.supervisor.begin(waiting(gate))
    wait_until(lambda: "at the gate" in bench.log, "it waits")
    bench.supervisor.stop_all()
    assert not is_running(child.pid)
    assert "through" not in bench.log
