"""What `make up` says on machines that lack something. The real `make`, with a PATH of our own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "make", "awk", "env", "dirname", "test", "echo")


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for PATH that holds what make needs, and no Python, Node or git yet."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        if found:
            (folder / name).symlink_to(found)
    return folder


def add_tool(tools: Path, name: str, script: str) -> None:
    (tools / name).write_text(f"#!/bin/sh\n{script}\n")
    (tools / name).chmod(0o755)


def add_python(tools: Path) -> None:
    add_tool(tools, "python3", f'exec "{sys.executable}" "$@"')


def make(target: str, tools: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "-C", str(ROOT), "--no-print-directory", target],
        env={"PATH": str(tools), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_python_one_sentence_says_so(tools: Path) -> None:
    outcome = make("up", tools)
    assert outcome.returncode != 0
    assert "maskwright: Python 3.11 or newer is not installed." in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_with_a_python_that_is_too_old_one_sentence_says_so(tools: Path) -> None:
    add_tool(tools, "python3", "exit 1  # what an old one answers when asked for its version")
    outcome = make("up", tools)
    assert outcome.returncode != 0
    assert "maskwright: Python 3.11 or newer is not installed." in outcome.stderr


def test_a_newer_python_is_preferred_to_an_old_python3(tools: Path) -> None:
    add_tool(tools, "python3", "exit 1")
    add_tool(tools, "python3.11", f'exec "{sys.executable}" "$@"')
    outcome = make("up", tools)
    assert "Python 3.11 or newer" not in outcome.stderr
    assert "git is not installed" in outcome.stderr


@pytest.mark.parametrize("missing", ["git", "node", "npm"])
def test_without_a_tool_one_sentence_names_it(tools: Path, missing: str) -> None:
    add_python(tools)
    for name in {"git", "node", "npm"} - {missing}:
        add_tool(tools, name, "echo v22.0.0")
    outcome = make("up", tools)
    assert outcome.returncode != 0
    assert f"maskwright: {missing} is not installed" in outcome.stderr
    assert "Traceback" not in outcome.stderr


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        ("v18.20.4", "Node v18.20.4 is too old; Maskwright needs Node 20.19 or newer."),
        ("v20.3.1", "Node v20.3.1 is too old; Maskwright needs Node 20.19 or newer."),
        ("nightly", "`node --version` answers 'nightly', which is no version."),
    ],
)
def test_a_node_that_is_too_old_is_named(tools: Path, answer: str, complaint: str) -> None:
    add_python(tools)
    add_tool(tools, "git", "exit 0")
    add_tool(tools, "npm", "exit 0")
    add_tool(tools, "node", f"echo {answer}")
    outcome = make("up", tools)
    assert outcome.returncode != 0
    assert f"maskwright: {complaint}" in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_help_lists_every_command_that_the_contributing_guide_names() -> None:
    listed = subprocess.run(
        ["make", "-C", str(ROOT), "help"], capture_output=True, text=True, check=True
    ).stdout
    for name in ("up", "dev", "test", "check", "format", "bench", "lock", "openapi", "clean"):
        assert f"make {name} " in listed
