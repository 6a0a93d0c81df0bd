"""What the documents say of files and commands is there."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
COMMAND = re.compile(r"`make ([a-z-]+)")


def documents() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    return [ROOT / name for name in listed] or sorted((ROOT / "docs").rglob("*.md"))


def links_of(document: Path) -> Iterator[str]:
    without_code = re.sub(r"`[^`]*`", "", document.read_text())
    for target in LINK.findall(without_code):
        if "://" not in target:
            yield target


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    dead = [target for target in links_of(document) if not (document.parent / target).exists()]
    assert dead == []


def test_commands_that_documents_name_are_there() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    benches = {path.stem for path in (ROOT / "tests" / "benchmarks").glob("bench_*.py")}
    named = {name for document in documents() for name in COMMAND.findall(document.read_text())}
    unknown = {
        name
        for name in named - targets
        if not name.startswith("bench-") or f"bench_{name.removeprefix('bench-')}" not in benches
    }
    assert named
    assert unknown == set()


def test_the_map_names_every_part_of_the_backend() -> None:
    tree = (ROOT / "ARCHITECTURE.md").read_text()
    parts = {
        path.name
        for path in (ROOT / "backend" / "maskwright").iterdir()
        if path.is_dir() and (path / "__init__.py").exists()
    }
    assert {part for part in parts if f"{part}/" not in tree} == set()
