"""The vectors that the front end's tests read are what numpy says."""

import json

from tests.display.generate import GOLDEN, vectors


def test_the_golden_file_is_what_numpy_computes() -> None:
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == vectors()
