"""Nothing that hangs may hold up the whole suite."""

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_HANGING = """
import threading
import pytest

@pytest.fixture
def door():
    opened = threading.Event()
    yield opened
    threading.Event().wait()

def test_fails_and_hangs_afterwards(door):
    assert door.is_set()

def test_hangs():
    threading.Event().wait()

def test_comes_after_them():
    pass
"""


def test_a_test_that_hangs_is_ended_and_those_after_it_run(tmp_path: Path) -> None:
    file = tmp_path / "test_hanging.py"
    file.write_text(_HANGING)
    plugins = ["-p", "tests.hanging", "-p", "no:hypothesispytest", "-p", "no:playwright"]
    place = ["-c", str(_ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    quickly = ["-p", "no:cacheprovider", "--basetemp", str(tmp_path / "t"), "--timeout", "0.5"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", str(file), *plugins, *place, *quickly],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "2 failed, 1 passed, 1 error" in run.stdout, run.stdout + run.stderr
    assert run.stdout.count("Timeout (>0.5s)") >= 2
