"""The mask codec against the library under it, called directly.

`.venv/bin/python -m tests.benchmarks.bench_masks`
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import rlemasklib

from maskwright.masks import algebra, codec, polygons, raster
from maskwright.masks.codec import Rle
from tests.benchmarks.report import Row, interleave, publish, row, seconds_of

BoolMask = npt.NDArray[np.bool_]
RATIO_TARGET = 1.2


def main() -> None:
    rows: list[Row] = []
    for name, mask, repeats in (
        ("disk in 0.3 MP", disk(480, 640, 60), 200),
        ("disk in 12 MP", disk(3000, 4000, 1200), 5),
        ("ragged in 12 MP", ragged(3000, 4000), 3),
    ):
        rows += codec_rows(name, mask, repeats)
    rows += set_rows()
    publish("masks", rows)


def codec_rows(name: str, mask: BoolMask, repeats: int) -> list[Row]:
    """Encoding, decoding and reading one mask, `repeats` times per round."""
    rle = codec.encode(mask)
    wire = rle.to_wire()
    direct = {"size": rle.size, "counts": rle.counts}

    def repeated(work: object, *arguments: object) -> object:
        assert callable(work)
        return lambda: [work(*arguments) for _ in range(repeats)]

    rows = []
    for verb, control, candidate, is_bound in (
        ("encode", repeated(rlemasklib.encode, mask), repeated(codec.encode, mask), True),
        ("decode", repeated(rlemasklib.decode, direct), repeated(codec.decode, rle), True),
        (
            "parse_wire",
            repeated(rlemasklib.RLEMask.from_dict, direct),
            repeated(codec.parse_wire, wire, rle.size),
            False,
        ),
    ):
        assert callable(control)
        assert callable(candidate)
        times = interleave(control, candidate)
        rows.append(
            row(
                f"{verb} {name}",
                times.candidate_seconds / repeats * 1e3,
                "ms",
                control=times.control_seconds / repeats * 1e3,
                ratio=times.ratio,
                ratio_at_most=RATIO_TARGET if is_bound else None,
                method=f"{repeats} times a round, 15 interleaved rounds, median; "
                + ("control: rlemasklib" if is_bound else "control: rlemasklib reads unchecked")
                + f"; {len(rle.counts):,} characters",
            )
        )
    return rows


def set_rows() -> list[Row]:
    """What a save and an export do with all masks of an image."""
    masks = grid_of_disks(720, 1280, 500)
    values = range(1, len(masks) + 1)
    blob = codec.encode(ragged(720, 1280))
    corners = sum(len(part.outer) for part in polygons.outlines(blob))
    method = "500 disks in 1280x720; median of 9"
    return [
        timed("check 500 masks disjoint", lambda: algebra.overlaps(masks), method),
        timed("paint 500 masks", lambda: raster.label_map(masks, values, (720, 1280)), method),
        timed(
            "outline a ragged mask",
            lambda: polygons.outlines(blob),
            f"1280x720, {corners:,} corners; median of 9",
        ),
    ]


def timed(metric: str, work: object, method: str) -> Row:
    assert callable(work)
    return row(
        metric, float(np.median([seconds_of(work) for _ in range(9)])) * 1e3, "ms", method=method
    )


def disk(height: int, width: int, radius: int) -> BoolMask:
    y, x = np.mgrid[:height, :width]
    inside: BoolMask = (y - height / 2) ** 2 + (x - width / 2) ** 2 < radius**2
    return inside


def ragged(height: int, width: int) -> BoolMask:
    """Large patches with rough edges, like a careful outline of vegetation."""
    rng = np.random.default_rng(3)
    coarse = rng.random((height // 100 + 2, width // 100 + 2))
    fine = rng.random((height, width)) * 0.08
    y, x = np.arange(height) / 100, np.arange(width) / 100
    row_index, column_index = y.astype(int), x.astype(int)
    dy, dx = (y - row_index)[:, None], (x - column_index)[None, :]

    def corner(down: int, right: int) -> npt.NDArray[np.float64]:
        values: npt.NDArray[np.float64] = coarse[np.ix_(row_index + down, column_index + right)]
        return values

    top = corner(0, 0) * (1 - dx) + corner(0, 1) * dx
    bottom = corner(1, 0) * (1 - dx) + corner(1, 1) * dx
    inside: BoolMask = top * (1 - dy) + bottom * dy + fine > 0.58
    return inside


def grid_of_disks(height: int, width: int, count: int) -> list[Rle]:
    """Disjoint disks, one in each cell of a grid."""
    columns = int(np.ceil(np.sqrt(count * width / height)))
    cell = width // columns
    y, x = np.mgrid[:cell, :cell]
    stamp = (y - cell / 2) ** 2 + (x - cell / 2) ** 2 < (cell * 0.48) ** 2
    masks = []
    for index in range(count):
        top, left = index // columns * cell, index % columns * cell
        mask = np.zeros((height, width), dtype=bool)
        mask[top : top + cell, left : left + cell] = stamp[: height - top, : width - left]
        masks.append(codec.encode(mask))
    return masks


if __name__ == "__main__":
    main()
