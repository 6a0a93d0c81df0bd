"""Writes `drawing.json`: what the editor's drawing tools must cover, pixel by pixel.

`.venv/bin/python -m tests.masks.golden.drawing`. Every pixel is decided on its own, by distances
and signs; the editor works in spans along rows, so that the two share no idea they could both have
wrong.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

BoolMask = npt.NDArray[np.bool_]
Point = tuple[float, float]
FILE = Path(__file__).with_name("drawing.json")
#: Ties count as covered, as the editor says.
TIE = 1e-9
WIDTH, HEIGHT = 40, 30


def main() -> None:
    vectors = {"sweeps": sweeps()}
    lines = [
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(each) for each in cases) + "\n]"
        for name, cases in vectors.items()
    ]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def rows(mask: BoolMask) -> list[str]:
    return ["".join("#" if pixel else "." for pixel in row) for row in mask]


def sweeps() -> list[dict[str, Any]]:
    """A brush on its way from one dab to the next: both tips, sizes that change, image edges."""
    generator = np.random.default_rng(20)
    ways: list[tuple[Point, float, Point, float]] = [
        ((10.5, 10.5), 1, (10.5, 10.5), 1),
        ((10, 10), 4, (10, 10), 4),
        ((10.5, 10.5), 5, (30.5, 10.5), 5),
        ((5, 5), 6, (5, 25), 6),
        ((8.5, 8.5), 7, (20.5, 20.5), 7),
        ((2, 2), 12, (38, 29), 12),
        ((-4, 12), 9, (3, 33), 9),
        ((10, 15), 16, (28, 15), 2),
        ((10, 15), 20, (12, 15), 4),
    ]
    for _ in range(16):
        x0, x1 = generator.uniform(-5, WIDTH + 5, 2).round(2)
        y0, y1 = generator.uniform(-5, HEIGHT + 5, 2).round(2)
        d0, d1 = generator.uniform(1, 18, 2).round(2)
        ways.append(((x0, y0), d0, (x1, y1), d1))
    return [
        {
            "tip": tip,
            "from": [*start],
            "fromDiameterPx": wide,
            "to": [*end],
            "toDiameterPx": narrow,
            "rows": rows(covered(tip, start, wide, end, narrow)),
        }
        for start, wide, end, narrow in ways
        for tip in ("round", "square")
    ]


def covered(tip: str, start: Point, wide: float, end: Point, narrow: float) -> BoolMask:
    """Pixels whose centre some dab on the way covers; the dab's size changes evenly."""
    y, x = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    reached = np.zeros((HEIGHT, WIDTH), dtype=bool)
    for share in shares(tip, x - start[0], y - start[1], start, wide, end, narrow):
        at = np.clip(np.nan_to_num(share, posinf=0, neginf=0), 0, 1)
        dx = x - start[0] - at * (end[0] - start[0])
        dy = y - start[1] - at * (end[1] - start[1])
        gap = np.hypot(dx, dy) if tip == "round" else np.maximum(abs(dx), abs(dy))
        reached |= gap <= (wide + at * (narrow - wide)) / 2 + TIE
    return reached


def shares(
    tip: str,
    px: npt.NDArray[np.float64],
    py: npt.NDArray[np.float64],
    start: Point,
    wide: float,
    end: Point,
    narrow: float,
) -> list[Any]:
    """Where on the way a pixel can be deepest inside a dab: the ends, and where its depth turns."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    grows = (narrow - wide) / 2
    candidates: list[Any] = [np.zeros_like(px), np.ones_like(px)]
    with np.errstate(divide="ignore", invalid="ignore"):
        if tip == "round":
            turn = (px * dx + py * dy + wide / 2 * grows) / (dx * dx + dy * dy - grows * grows)
            return [*candidates, turn]
        across = [px / dx, py / dy, (px - py) / (dx - dy), (px + py) / (dx + dy)]
    return [*candidates, *across] if (dx, dy) != (0, 0) else candidates


if __name__ == "__main__":
    main()
