"""The vectors that the front end's tests read are what SciPy and scikit-image say."""

import json
from collections.abc import Callable, Iterator

import pytest

from tests.areas.golden import generate, superpixels


@pytest.mark.parametrize(
    ("file", "vectors"),
    [
        ("shapes.json", generate.shape_vectors),
        ("floods.json", generate.flood_vectors),
        ("thresholds.json", generate.threshold_vectors),
    ],
)
def test_areas_are_what_scipy_and_scikit_image_compute(
    file: str, vectors: Callable[[], Iterator[dict[str, object]]]
) -> None:
    kept = json.loads((generate.FOLDER / file).read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(list(vectors())))


def test_superpixels_are_what_numpy_computes_by_their_rule() -> None:
    kept = json.loads(superpixels.FILE.read_text(encoding="utf-8"))
    assert kept == json.loads(json.dumps(superpixels.vectors()))
