"""The vectors that the front end's tests read are what numpy and SciPy say."""

import json
from typing import Any

import pytest

from tests.masks.golden import drawing, gestures


def test_gestures_leave_what_numpy_computes() -> None:
    assert json.loads(gestures.FILE.read_text(encoding="utf-8")) == plain(gestures.vectors())


@pytest.mark.parametrize("kind", ["sweeps", "cuts", "pushes", "outlines"])
def test_shapes_are_what_numpy_computes(kind: str) -> None:
    kept = json.loads(drawing.FILE.read_text(encoding="utf-8"))
    assert kept[kind] == plain(getattr(drawing, kind)())


def plain(vectors: Any) -> Any:
    return json.loads(json.dumps(vectors))
