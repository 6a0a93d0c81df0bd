"""Writes `gestures.json`: what an image holds after a gesture with each of the editor's tools.

`.venv/bin/python -m tests.masks.golden.gestures`. Whole label maps: what may be replaced, locks,
and modes are in them, beside shapes. Every pixel is decided on its own, by angles, distances and
SciPy's labelling; the editor works in spans, tiles and runs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from tests.masks.golden.drawing import HEIGHT, WIDTH, covered

BoolMask = npt.NDArray[np.bool_]
#: Which object a pixel belongs to; 0: none.
Map = npt.NDArray[np.int_]
Point = tuple[float, float]
FILE = Path(__file__).with_name("gestures.json")
EIGHT = np.ones((3, 3), dtype=bool)
#: What a gesture draws; objects 1 to 3 are there before it.
NEW = 4


def main() -> None:
    lines = ",\n".join(json.dumps(case) for case in vectors())
    FILE.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def vectors() -> list[dict[str, Any]]:
    return [*outlines(), *strokes(), *fills(), *cuts_and_parts()]


def case(
    name: str, before: Map, after: Map, do: Sequence[Sequence[Any]], **more: Any
) -> dict[str, Any]:
    return {"name": name, "before": rows(before), "do": do, "after": rows(after), **more}


def rows(ids: Map) -> list[str]:
    return ["".join(".123456789"[id_] for id_ in row) for row in ids]


def scene() -> Map:
    """Two neighbours with a common border, one of them with a hole, and a third in two parts."""
    ids = np.zeros((HEIGHT, WIDTH), dtype=int)
    ids[4:20, 3:16] = 1
    ids[4:20, 16:30] = 2
    ids[9:13, 20:25] = 0
    ids[23:28, 4:12] = 3
    ids[22:29, 28:36] = 3
    return ids


# -- outlines ----------------------------------------------------------------------------------

CROSSED = [(5.3, 2.2), (33.7, 26.4), (35.1, 5.6), (8.2, 27.3)]
STAR = [(20.2, 1.1), (29.3, 28.2), (3.4, 11.6), (37.1, 10.4), (10.6, 28.4)]
BLOB = [(12.4, 3.3), (31.2, 7.7), (27.6, 17.1), (36.8, 25.2), (15.3, 27.9), (2.2, 14.6)]


def outlines() -> list[dict[str, Any]]:
    nothing = np.zeros((HEIGHT, WIDTH), dtype=int)
    cases = []
    for tool in ("pen", "polygon"):
        for shape, points in (("a blob", BLOB), ("a crossed line", CROSSED), ("a star", STAR)):
            inside = wound_around(points)
            do = [["tool", tool], *(["click", *point] for point in points), ["key", "Enter"]]
            cases += [
                case(f"{tool}: {shape}", nothing, np.where(inside, NEW, 0), do),
                case(
                    f"{tool}: {shape} over others, one of them locked",
                    scene(),
                    np.where(inside & (scene() != 2), NEW, scene()),
                    do,
                    locked=[2],
                ),
                case(
                    f"{tool}: {shape} behind others",
                    scene(),
                    np.where(inside & (scene() == 0), NEW, scene()),
                    [["mode", "behind"], *do],
                ),
                case(
                    f"{tool}: {shape} inside an object",
                    scene(),
                    np.where(inside & (scene() == 1), NEW, scene()),
                    [["select", 1], ["mode", "inside"], *do],
                ),
                case(
                    f"{tool}: {shape} erases the selected object",
                    scene(),
                    np.where(inside & (scene() == 1), 0, scene()),
                    [["select", 1], ["hold", "e"], *do, ["release", "e"]],
                ),
            ]
    return cases


def wound_around(points: Sequence[Point]) -> BoolMask:
    """Pixels whose centre the line goes around, by the sum of the angles that it is seen under."""
    y, x = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    turned = np.zeros((HEIGHT, WIDTH))
    for (x0, y0), (x1, y1) in pairwise([*points, points[0]]):
        ax, ay, bx, by = x0 - x, y0 - y, x1 - x, y1 - y
        turned += np.arctan2(ax * by - ay * bx, ax * bx + ay * by)
    inside: BoolMask = np.round(turned / (2 * np.pi)) != 0
    return inside


# -- strokes -----------------------------------------------------------------------------------


def strokes() -> list[dict[str, Any]]:
    way = [(6.0, 8.0), (27.0, 12.0), (14.0, 24.0)]
    cases = []
    for tip in ("round", "square"):
        for size in (1, 4, 7):
            swept = swept_by(tip, size, way)
            do = [["tip", tip], ["size", size], ["tool", "brush"], ["drag", *way]]
            where = f"{tip}, {size} px"
            cases += [
                case(f"brush: {where}", scene(), np.where(swept, NEW, scene()), do),
                case(
                    f"brush: {where}, into the selected object, all others protected",
                    scene(),
                    np.where(swept & (scene() == 0), 1, scene()),
                    [["select", 1], ["hold", "r"], *do, ["release", "r"]],
                ),
                case(
                    f"eraser: {where}, whatever is not locked",
                    scene(),
                    np.where(swept & (scene() != 2), 0, scene()),
                    [*do[:2], ["tool", "eraser"], do[3]],
                    locked=[2],
                ),
            ]
    return cases


def swept_by(tip: str, size: int, way: Sequence[Point]) -> BoolMask:
    """An odd brush sits on the centre of a pixel, an even one on a corner."""
    on = [tuple(np.floor(p) + 0.5 if size % 2 else np.round(p)) for p in np.array(way)]
    swept = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for start, end in pairwise(on):
        swept |= covered(tip, start, size, end, size)
    return swept


# -- fills -------------------------------------------------------------------------------------


def fills() -> list[dict[str, Any]]:
    empty = scene() == 0
    enclosed, _ = ndimage.label(empty)
    noise = np.where(np.random.default_rng(12).random((HEIGHT, WIDTH)) < 0.45, 1, 0)
    gaps, _ = ndimage.label(noise == 0)
    at_y, at_x = np.argwhere(gaps == np.bincount(gaps[gaps > 0]).argmax())[0]
    holes = ndimage.binary_fill_holes(scene() == 2) & empty
    all_holes = ndimage.binary_fill_holes(noise == 1) & (noise == 0)
    third, _ = ndimage.label(scene() == 3, EIGHT)
    return [
        case(
            "fill: a hole",
            scene(),
            np.where(enclosed == enclosed[10, 22], NEW, scene()),
            [["tool", "fill"], ["click", 22.5, 10.5]],
        ),
        case(
            "fill: all around the objects, into the selected one",
            scene(),
            np.where(enclosed == enclosed[0, 0], 3, scene()),
            [["select", 3], ["tool", "fill"], ["click", 0.5, 0.5]],
        ),
        case(
            "fill: the largest gap of noise, which corners do not join",
            noise,
            np.where(gaps == gaps[at_y, at_x], NEW, noise),
            [["tool", "fill"], ["click", at_x + 0.5, at_y + 0.5]],
        ),
        case(
            "fill: a part of an object, taken away",
            scene(),
            np.where(third == third[25, 30], 0, scene()),
            [["tool", "fill"], ["alt-click", 30.5, 25.5]],
        ),
        case(
            "fill holes",
            scene(),
            np.where(holes, 2, scene()),
            [["select", 2], ["action", "fill.holes"]],
        ),
        case(
            "fill holes of noise, whose parts corners join",
            noise,
            np.where(all_holes, 1, noise),
            [["select", 1], ["action", "fill.holes"]],
        ),
        case(
            "fill all unlabelled",
            scene(),
            np.where(empty, NEW, scene()),
            [["action", "fill.unlabelled"]],
        ),
    ]


# -- objects -----------------------------------------------------------------------------------


def cuts_and_parts() -> list[dict[str, Any]]:
    left, right = (ndimage.label(scene() == 3, EIGHT)[0] == part for part in (1, 2))
    larger, smaller = sorted((left, right), key=lambda part: -int(part.sum()))
    split = scene()
    split[4:20, 3:9] = NEW
    merged = np.where(scene() == 3, 1, scene())
    separated = np.where(smaller, NEW, scene())
    assert larger.sum() > smaller.sum()
    return [
        case(
            "split: a block by a straight line",
            scene(),
            split,
            [["select", 1], ["tool", "split"], ["drag", (9.0, 1.0), (9.0, 12.0), (9.0, 26.0)]],
        ),
        case(
            "merge: parts and all", scene(), merged, [["select", 1, 3], ["action", "object.merge"]]
        ),
        case(
            "separate: the largest part keeps its object",
            scene(),
            separated,
            [["select", 3], ["action", "object.separate"]],
        ),
    ]


if __name__ == "__main__":
    main()
