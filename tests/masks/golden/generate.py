"""Writes the golden vectors beside it: `.venv/bin/python -m tests.masks.golden.generate`.

The counts come from pycocotools, so that the vectors do not merely repeat what our codec does.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pycocotools import mask as coco

BoolMask = npt.NDArray[np.bool_]
FOLDER = Path(__file__).parent
LARGEST_SIDE_WITH_ROWS = 32


def main() -> None:
    write("valid.json", [valid_vector(name, mask) for name, mask in valid_masks()])
    write("noncanonical.json", list(noncanonical_vectors()))
    write("invalid.json", list(invalid_vectors()))


def write(name: str, vectors: list[dict[str, object]]) -> None:
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors)
    (FOLDER / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def valid_vector(name: str, mask: BoolMask) -> dict[str, object]:
    height, width = mask.shape
    encoded = coco.encode(np.asfortranarray(mask, dtype=np.uint8))
    vector: dict[str, object] = {"name": name, "size": [height, width], "runs": runs_of(mask)}
    if max(height, width) <= LARGEST_SIDE_WITH_ROWS:
        vector["rows"] = ["".join("1" if pixel else "0" for pixel in row) for row in mask]
    vector["counts"] = encoded["counts"].decode("ascii")
    vector["area"] = int(mask.sum())
    vector["bbox"] = [int(v) for v in coco.toBbox(encoded)]
    return vector


def runs_of(mask: BoolMask) -> list[int]:
    """Run lengths down the columns, zeros first."""
    pixels = np.concatenate(([False], mask.ravel(order="F")))
    changes = np.flatnonzero(pixels[1:] != pixels[:-1])
    edges = np.concatenate(([0], changes, [mask.size]))
    return [int(run) for run in np.diff(edges)]


def valid_masks() -> Iterator[tuple[str, BoolMask]]:
    def empty(height: int, width: int) -> BoolMask:
        return np.zeros((height, width), dtype=bool)

    def disk(height: int, width: int, row: float, column: float, radius: float) -> BoolMask:
        y, x = np.mgrid[:height, :width]
        inside: BoolMask = (y - row) ** 2 + (x - column) ** 2 <= radius**2
        return inside

    yield "one empty pixel", empty(1, 1)
    yield "one full pixel", ~empty(1, 1)
    yield "empty", empty(4, 6)
    yield "full", ~empty(4, 6)
    first = empty(3, 5)
    first[0, 0] = True
    yield "first pixel only", first
    last = empty(3, 5)
    last[2, 4] = True
    yield "last pixel only", last
    yield "one row", np.array([[0, 1, 1, 0, 1, 0, 0, 1]], dtype=bool)
    yield "one column", np.array([[0], [1], [1], [0], [1]], dtype=bool)
    bar = empty(5, 4)
    bar[:, 1:3] = True
    yield "whole columns", bar
    stripe = empty(5, 4)
    stripe[2] = True
    yield "whole row", stripe
    crossing = empty(4, 4)
    crossing[2:, 1] = crossing[:2, 2] = True
    yield "run over the end of a column", crossing
    y, x = np.mgrid[:7, :9]
    yield "checkerboard from zero", (y + x) % 2 == 1
    yield "checkerboard from one", (y + x) % 2 == 0
    yield "ring", disk(15, 17, 7, 8, 6) & ~disk(15, 17, 7, 8, 3)
    yield "two parts", disk(20, 30, 6, 7, 4) | disk(20, 30, 13, 22, 5)
    yield "diagonal touch", np.kron(np.eye(2, dtype=bool), np.ones((3, 3), dtype=bool))
    # The differences of runs at the limits of one, two, three and four characters.
    for limit in (15, 16, 17, 31, 32, 511, 512, 513, 16383, 16384, 16385, 524288):
        column = empty(limit * 2 + 8, 1)
        column[3] = column[5] = column[5 + limit + 1 :] = True
        yield f"runs that grow by {limit}", column
        yield f"runs that shrink by {limit}", column[::-1]
    yield "disk of 480 by 640", disk(480, 640, 200.5, 300.25, 120)
    rng = np.random.default_rng(20260101)
    yield "noise of 64 by 48", rng.random((64, 48)) < 0.4
    yield "rare noise of 300 by 200", rng.random((300, 200)) < 0.005
    yield "12 megapixels", disk(3000, 4000, 1500, 2000, 1200) & ~disk(3000, 4000, 1400, 1900, 300)


def noncanonical_vectors() -> Iterator[dict[str, object]]:
    def vector(name: str, size: list[int], counts: str, canonical: str) -> dict[str, object]:
        return {"name": name, "size": size, "counts": counts, "canonical": canonical}

    yield vector("empty run inside", [3, 3], write_runs([5, 0, 4]), write_runs([9]))
    yield vector("empty run at the end", [3, 3], write_runs([4, 5, 0]), write_runs([4, 5]))
    yield vector("two empty runs in front", [3, 3], write_runs([0, 0, 9]), write_runs([9]))
    yield vector("three empty runs in front", [3, 3], write_runs([0, 0, 0, 9]), write_runs([0, 9]))
    yield vector("a number longer than it must be", [3, 3], "SP0T02", write_runs([3, 4, 2]))


def invalid_vectors() -> Iterator[dict[str, object]]:
    def vector(
        name: str,
        reason: str,
        counts: object,
        size: object = (3, 3),
        image: tuple[int, int] = (3, 3),
    ) -> dict[str, object]:
        return {
            "name": name,
            "image": list(image),
            "size": list(size) if isinstance(size, tuple) else size,
            "counts": counts,
            "reason": reason,
        }

    yield vector("no string", "structure", [3, 3, 3])
    yield vector("no counts", "structure", None)
    yield vector("size is text", "structure", "333", "3x3")
    yield vector("size of three numbers", "structure", "333", (3, 3, 1))
    yield vector("size of fractions", "structure", "333", (3.5, 3))
    yield vector("size of truths", "structure", "1", (True, True), (1, 1))
    yield vector("negative size", "structure", "9", (-3, -3))
    yield vector("no height", "structure", "", (0, 3))
    yield vector("another image's size", "size", "444", (4, 3))
    yield vector("height and width swapped", "size", "?", (5, 3), (3, 5))
    yield vector("claims a billion pixels", "size", write_runs([10**9]), (31623, 31623))
    yield vector("claims 10^30 pixels", "size", "9", (10**15, 10**15))
    yield vector("a space", "alphabet", "3 33")
    yield vector("a line feed at the end", "alphabet", "333\n")
    yield vector("a zero byte", "alphabet", "333\0")
    yield vector("a character below the alphabet", "alphabet", "33/3")
    yield vector("a character above the alphabet", "alphabet", "33p3")
    yield vector("a letter outside ASCII", "alphabet", "33é")
    yield vector("ends inside a number", "truncated", "333P")
    yield vector("is one unfinished number", "truncated", "o")
    yield vector("a number of seven characters", "overflow", "PPPPPP0")
    yield vector("a number of forty characters", "overflow", "o" * 39 + "1")
    yield vector("a number that is 9 modulo 2^32", "overflow", "YPPPPP4")
    yield vector("first run negative", "negative", write_runs([-1, 10]))
    yield vector("sum right with a negative run", "negative", write_runs([3, -1, 7]))
    yield vector("difference makes a run negative", "negative", write_runs([3, 4, 3, -1]))
    yield vector("empty string", "sum", "")
    yield vector("one pixel too few", "sum", write_runs([3, 3, 2]))
    yield vector("one pixel too many", "sum", write_runs([3, 3, 4]))
    yield vector("a run of half a billion", "sum", write_runs([536870911]))
    yield vector("ten runs of half a billion", "sum", write_runs([536870911] * 10))


def write_runs(runs: list[int]) -> str:
    """COCO's compression, written from its definition; takes runs that no mask can have."""
    characters: list[str] = []
    for index, run in enumerate(runs):
        number = run - runs[index - 2] if index > 2 else run
        while True:
            digit, number = number & 31, number >> 5
            done = number == (-1 if digit & 16 else 0)
            characters.append(chr(48 + digit + (0 if done else 32)))
            if done:
                break
    return "".join(characters)


if __name__ == "__main__":
    main()
