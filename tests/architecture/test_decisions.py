"""Decision records are numbered one after the other, and say their number."""

from pathlib import Path

DECISIONS = Path(__file__).parents[2] / "docs" / "decisions"


def test_each_decision_has_a_number_of_its_own() -> None:
    """What refers to one by its number must not find two."""
    files = sorted(DECISIONS.glob("*.md"))
    assert [path.name[:4] for path in files] == [f"{n:04}" for n in range(1, len(files) + 1)]
    for path in files:
        heading = path.read_text().splitlines()[0]
        assert heading.startswith(f"# {int(path.name[:4])}. "), f"{path.name}: {heading}"
