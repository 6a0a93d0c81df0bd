"""Migrations are one chain, and their files say where in it they stand."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_REVISION = re.compile(r'^revision: str = "(\d{4})"$', re.MULTILINE)
_DOWN = re.compile(r'^down_revision: str \| None = (?:"(\d{4})"|None)$', re.MULTILINE)


def test_each_migration_follows_the_one_numbered_before() -> None:
    """Two of one number would leave half of the databases without one of them."""
    files = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    chain = []
    for path in files:
        revision, down = _REVISION.search(path.read_text()), _DOWN.search(path.read_text())
        assert revision is not None, f"{path.name} has no revision"
        assert down is not None, f"{path.name} does not say what it follows"
        chain.append((path.name[:4], revision[1], down[1]))
    expected = [f"{number:04}" for number in range(1, len(files) + 1)]
    assert chain == list(zip(expected, expected, [None, *expected[:-1]], strict=True))
