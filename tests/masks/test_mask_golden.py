"""Our codec and pycocotools against the vectors that the browser's codec is tested with too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from pycocotools import mask as coco

from maskwright.masks import codec
from maskwright.masks.codec import Rle
from maskwright.masks.errors import InvalidMask

GOLDEN = Path(__file__).parent / "golden"


def vectors(name: str) -> list[Any]:
    return [
        pytest.param(vector, id=vector["name"])
        for vector in json.loads((GOLDEN / name).read_text(encoding="utf-8"))
    ]


def dense(vector: dict[str, Any]) -> npt.NDArray[np.bool_]:
    colours = np.arange(len(vector["runs"])) % 2 == 1
    pixels = np.repeat(colours, vector["runs"])
    return pixels.reshape(tuple(vector["size"]), order="F")


@pytest.mark.parametrize("vector", vectors("valid.json"))
def test_a_valid_vector_is_read_and_written_exactly(vector: dict[str, Any]) -> None:
    size = (vector["size"][0], vector["size"][1])
    mask = dense(vector)

    rle = codec.parse_wire({"size": vector["size"], "counts": vector["counts"]}, size)

    assert codec.encode(mask) == rle == Rle(size, vector["counts"].encode())
    assert np.array_equal(codec.decode(rle), mask)
    assert codec.area(rle) == vector["area"]
    assert list(codec.bbox(rle)) == vector["bbox"]


@pytest.mark.parametrize("vector", vectors("valid.json"))
def test_the_vectors_are_what_pycocotools_makes_of_their_rows(vector: dict[str, Any]) -> None:
    mask = dense(vector)
    if "rows" in vector:
        rows = np.array([[c == "1" for c in row] for row in vector["rows"]])
        assert np.array_equal(rows, mask)

    assert coco.encode(np.asfortranarray(mask, dtype=np.uint8)) == {
        "size": vector["size"],
        "counts": vector["counts"].encode(),
    }


@pytest.mark.parametrize("vector", vectors("noncanonical.json"))
def test_a_noncanonical_mask_is_accepted_and_kept_canonically(vector: dict[str, Any]) -> None:
    size = (vector["size"][0], vector["size"][1])

    rle = codec.parse_wire({"size": vector["size"], "counts": vector["counts"]}, size)

    assert rle.counts.decode() == vector["canonical"]


@pytest.mark.parametrize("vector", vectors("invalid.json"))
def test_an_invalid_vector_is_refused_for_its_reason(vector: dict[str, Any]) -> None:
    image = (vector["image"][0], vector["image"][1])

    with pytest.raises(InvalidMask) as refused:
        codec.parse_wire({"size": vector["size"], "counts": vector["counts"]}, image)

    assert refused.value.fault == vector["reason"]
