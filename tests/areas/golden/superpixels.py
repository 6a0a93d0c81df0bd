"""Superpixels by the rule of `docs/superpixels.md`, and what an image holds once they are painted.

`.venv/bin/python -m tests.areas.golden.superpixels` writes `superpixels.json`. At each joining it
looks at all pairs of regions of the label image, and it decides each pixel on its own; the editor
keeps sums, a heap and a tree.
"""

from __future__ import annotations

import base64
import heapq
import itertools
import json
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from skimage import color

Image = npt.NDArray[np.uint8]
Lab = npt.NDArray[np.float64]
#: A region's number for each cell; an object's for each pixel, 0 for none.
Map = npt.NDArray[np.int_]
Point = tuple[float, float]
FILE = Path(__file__).with_name("superpixels.json")
WIDTH, HEIGHT = 84, 60
#: No multiple of the cells, so that no two segments weigh the same in a pixel.
OTHER_SIZE = (131, 97)
SPACING = 12
FEWEST = 12
LOCKED = 2
NEW = 4


def main() -> None:
    FILE.write_text(f"{json.dumps(vectors())}\n", encoding="utf-8")


def vectors() -> dict[str, Any]:
    image = scene()
    leaves = grown(lab_of(image))
    joined = joinings(lab_of(image), leaves)
    count = int(leaves.max()) + 1
    return {
        "size": [HEIGHT, WIDTH],
        "image": base64.b64encode(image.tobytes()).decode("ascii"),
        "leaves": packed(leaves),
        "parents": parents(joined, count),
        "cuts": [
            {"segments": segments, "cells": packed(cut(leaves, joined, segments))}
            for segments in (count, count - 1, 20, 12, 5, 2, 1)
        ],
        "larger": {
            "size": [OTHER_SIZE[1], OTHER_SIZE[0]],
            "segments": 12,
            "pixels": packed(spread(cut(leaves, joined, 12), *OTHER_SIZE)),
        },
        "painting": list(paintings(leaves, joined, count)),
    }


def packed(values: Map) -> list[int]:
    """Row after row: a value, how often, the next."""
    flat = values.ravel().tolist()
    return [part for value, run in itertools.groupby(flat) for part in (value, len(list(run)))]


def scene() -> Image:
    """Patches of colour and a disc, noisy, so that no two pairs of regions are equally alike."""
    rng = np.random.default_rng(20261122)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    patches = np.array([(200, 70, 60), (70, 170, 80), (60, 90, 200), (215, 195, 90)])
    image = patches[(x > 0.45 * WIDTH + 4 * np.sin(y / 7)) + 2 * (y > HEIGHT / 2)]
    image[np.hypot(x - 44, y - 27) < 13] = (35, 30, 40)
    noisy = image + rng.normal(0, 9, image.shape)
    return np.clip(np.round(noisy), 0, 255).astype(np.uint8)


def lab_of(image: Image) -> Lab:
    return color.rgb2lab(image).astype(np.float32).astype(np.float64)


# -- leaves ------------------------------------------------------------------------------------


def grown(lab: Lab) -> Map:
    height, width, _ = lab.shape
    columns, rows = round(width / SPACING), round(height / SPACING)
    leaves = np.full((height, width), -1)
    members: list[list[tuple[int, int]]] = [[] for _ in range(columns * rows)]
    arrival = itertools.count()
    queue = []
    for leaf, (row, column) in enumerate(itertools.product(range(rows), range(columns))):
        seed = int((row + 0.5) * height / rows), int((column + 0.5) * width / columns)
        queue.append((0, next(arrival), *seed, leaf))
    while queue:
        _, _, y, x, leaf = heapq.heappop(queue)
        if leaves[y, x] >= 0:
            continue
        leaves[y, x] = leaf
        members[leaf].append((y, x))
        ys, xs = np.array(members[leaf]).T
        mean, middle_y, middle_x = lab[ys, xs].mean(axis=0), ys.mean(), xs.mean()
        for to_y, to_x in ((y, x - 1), (y, x + 1), (y - 1, x), (y + 1, x)):
            if not (0 <= to_y < height and 0 <= to_x < width) or leaves[to_y, to_x] >= 0:
                continue
            colour = float(((lab[to_y, to_x] - mean) ** 2).sum())
            place = (to_y - middle_y) ** 2 + (to_x - middle_x) ** 2
            distance = math.sqrt(colour + (6 / SPACING) ** 2 * place)
            rank = min(4095, math.floor(24 * distance))
            heapq.heappush(queue, (rank, next(arrival), to_y, to_x, leaf))
    return leaves


# -- tree --------------------------------------------------------------------------------------


def joinings(lab: Lab, leaves: Map) -> list[tuple[int, int]]:
    """Which two regions are joined, in turn."""
    regions = leaves.copy()
    first_new = int(leaves.max()) + 1
    joined = []
    for new in range(first_new, 2 * first_new - 1):
        pair = min(pairs_of(regions), key=lambda each: cost(lab, regions, *each))
        joined.append(pair)
        regions[np.isin(regions, pair)] = new
    return joined


def pairs_of(regions: Map) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for one, other in neighbours(regions):
        apart = one != other
        ends = np.sort(np.stack([one[apart], other[apart]]), axis=0)
        found |= {(int(a), int(b)) for a, b in ends.T}
    return found


def neighbours(values: npt.NDArray[Any]) -> Iterable[tuple[npt.NDArray[Any], npt.NDArray[Any]]]:
    """Each cell beside the one on its left, and beside the one above it."""
    yield values[:, 1:], values[:, :-1]
    yield values[1:], values[:-1]


def cost(lab: Lab, regions: Map, first: int, second: int) -> float:
    inside = [lab[regions == region] for region in (first, second)]
    sizes = [len(cells) for cells in inside]
    means = [cells.mean(axis=0) for cells in inside]
    across = []
    for (one, other), (here, there) in zip(neighbours(regions), neighbours(lab), strict=True):
        border = ((one == first) & (other == second)) | ((one == second) & (other == first))
        across.append(((here - there) ** 2).sum(axis=-1)[border])
    steps = np.concatenate(across)
    unlike = float(((means[0] - means[1]) ** 2).sum() + steps.mean())
    return sizes[0] * sizes[1] / sum(sizes) * unlike / len(steps)


def parents(joined: Sequence[tuple[int, int]], count: int) -> list[int]:
    of = [-1] * (count + len(joined))
    for place, pair in enumerate(joined):
        for child in pair:
            of[child] = count + place
    return of


def cut(leaves: Map, joined: Sequence[tuple[int, int]], segments: int) -> Map:
    count = int(leaves.max()) + 1
    regions = leaves.copy()
    for place, pair in enumerate(joined[: count - segments]):
        regions[np.isin(regions, pair)] = count + place
    return regions


def spread(cells: Map, width: int, height: int) -> Map:
    """Segments in the pixels of an image of another size."""
    at_y = (np.arange(height) + 0.5) * cells.shape[0] / height - 0.5
    at_x = (np.arange(width) + 0.5) * cells.shape[1] / width - 0.5
    kinds = np.unique(cells)
    weights = []
    for kind in kinds:
        rows = interpolated((cells == kind).astype(np.float64), at_y)
        weights.append(interpolated(rows.T, at_x).T)
    return kinds[np.argmax(weights, axis=0)]


def interpolated(values: Lab, at: Lab) -> Lab:
    below = np.floor(at).astype(int)
    last = len(values) - 1
    share = (at - below)[:, None]
    lower, upper = values[below.clip(0, last)], values[(below + 1).clip(0, last)]
    mixed: Lab = (1 - share) * lower + share * upper
    return mixed


# -- painting ----------------------------------------------------------------------------------


def paintings(
    leaves: Map, joined: Sequence[tuple[int, int]], count: int
) -> Iterable[dict[str, Any]]:
    """Each begins with the same three objects; the second is locked."""
    before = np.zeros((HEIGHT, WIDTH), dtype=int)
    before[6:34, 5:30] = 1
    before[6:34, 30:52] = LOCKED
    before[40:56, 10:70] = 3
    way = [(12.5, 11.5), (47.5, 20.5), (66.5, 45.5)]
    for detail in (0, 55, 100):
        segments = cut(leaves, joined, slider(detail, count))
        under = np.isin(segments, list(segments_on(segments, way)))
        own = segments == segments[int(way[0][1]), int(way[0][0])]
        # Who has most of the segment under the press takes the segments away, and else paints them.
        is_taken = bool((own & (before == 1)).sum() * 2 > own.sum())
        for name, options, after in (
            ("over others", {}, np.where(under & (before != LOCKED), NEW, before)),
            ("behind others", {"mode": "behind"}, np.where(under & (before == 0), NEW, before)),
            (
                "erased by hand from the third",
                {"select": 3, "erase": True},
                np.where(under & (before == 3), 0, before),
            ),
            (
                "into the first, or out of it where it has most of where the way begins",
                {"select": 1},
                np.where(under & (before == 1), 0, before)
                if is_taken
                else np.where(under & (before != LOCKED), 1, before),
            ),
        ):
            yield {
                "name": f"{name}, at {detail}",
                "detail": detail,
                "before": packed(before),
                "way": way,
                "locked": LOCKED,
                "after": packed(after),
                **options,
            }


def slider(detail: int, count: int) -> int:
    return math.floor(FEWEST * (count / FEWEST) ** (detail / 100) + 0.5)


def segments_on(segments: Map, way: Sequence[Point]) -> set[int]:
    found = set()
    for (x0, y0), (x1, y1) in itertools.pairwise(way):
        steps = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / 3))
        for step in range(steps + 1):
            share = step / steps
            found.add(int(segments[int(y0 + share * (y1 - y0)), int(x0 + share * (x1 - x0))]))
    return found


if __name__ == "__main__":
    main()
