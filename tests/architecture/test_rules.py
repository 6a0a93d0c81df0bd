"""Rules that hold for the code as a whole; a rule that no machine checks is forgotten."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# "About" 500, 400 and 60: a tenth more is not worth a split that only the rule asks for.
PYTHON_LINES = 550
TYPESCRIPT_LINES = 440
FUNCTION_LINES = 60
IMPORTS_OF_THE_API = "import maskwright.main, sys; print(*sys.modules)"


def sources(folder: str, *patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted((ROOT / folder).rglob(pattern))


def test_modules_import_only_what_they_may() -> None:
    outcome = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def test_starting_the_api_loads_neither_torch_nor_workers_nor_scikit_image() -> None:
    outcome = subprocess.run(
        [sys.executable, "-c", IMPORTS_OF_THE_API], capture_output=True, text=True, check=True
    )
    loaded = set(outcome.stdout.split())
    assert not loaded & {"torch", "skimage", "scipy", "maskwright_workers"}


@pytest.mark.parametrize("folder", ["backend", "workers", "tests"])
def test_python_files_are_short_or_say_why_not(folder: str) -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources(folder, "*.py")
        if (lines := len(path.read_text().splitlines())) > PYTHON_LINES
        and "long because" not in path.read_text()[:1000]
    }
    assert not long


def test_functions_are_short() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": length
        for folder in ("backend", "workers")
        for path in sources(folder, "*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    }
    assert not long


def test_front_end_files_are_short_or_say_why_not() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources("frontend/src", "*.ts", "*.tsx")
        if path.name != "schema.d.ts"  # generated
        and (lines := len(path.read_text().splitlines())) > TYPESCRIPT_LINES
        and "long because" not in path.read_text()[:1000]
    }
    assert not long


def test_services_never_commit() -> None:
    committing = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources("backend/maskwright", "service.py", "service/*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("commit", "rollback")
    ]
    assert not committing
