"""Writes `drawing.json`: what the editor's drawing tools must cover, pixel by pixel.

`.venv/bin/python -m tests.masks.golden.drawing`. Every pixel is decided on its own, by distances
and signs; the editor works in spans along rows, so that the two share no idea they could both have
wrong.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage

BoolMask = npt.NDArray[np.bool_]
Point = tuple[float, float]
FILE = Path(__file__).with_name("drawing.json")
#: Ties count as covered, as the editor says.
TIE = 1e-9
WIDTH, HEIGHT = 40, 30


def main() -> None:
    vectors = {"sweeps": sweeps(), "cuts": cuts(), "pushes": pushes(), "outlines": outlines()}
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


def cuts() -> list[dict[str, Any]]:
    """Objects that a line divides: the pixels' own neighbourhood, link by link."""
    cases: list[tuple[str, BoolMask, list[Point]]] = [
        ("a straight line down a block", block(), [(17.3, -5), (17.3, 40)]),
        ("a line along the grid", block(), [(20, -5), (20, 40)]),
        ("a line through pixel centres", block(), [(-10.5, -14.5), (45.5, 41.5)]),
        ("a slanted line", block(), [(-3, 4), (44, 23)]),
        ("a line with corners", block(), [(-5, 12), (14.2, 12.1), (22.7, 20.4), (50, 9.9)]),
        ("a line that turns back", block(), [(12, -5), (12.2, 20), (20.1, 21), (21, -5)]),
        ("a line that ends inside", block(), [(-5, 12.2), (20, 12.2)]),
        ("a line beside the object", block(), [(-5, 1), (45, 1.5)]),
        ("a line through a hole", ring(), [(-5, 15.3), (20, 15.3)]),
        ("a line right through a ring", ring(), [(-5, 15.3), (50, 14.1)]),
        ("a line through one of two parts", parts(), [(9.2, -5), (9.4, 40)]),
        ("a line through both parts", parts(), [(-5, 13), (50, 15)]),
        ("a thin diagonal", np.eye(HEIGHT, WIDTH, dtype=bool), [(-2, 20), (30, 10)]),
        ("scattered pixels", scattered(), [(-5, 3.1), (14, 14.2), (45, 21.7)]),
    ]
    return [
        {
            "name": name,
            "rows": rows(mask),
            "line": [[*point] for point in line],
            "pieces": [rows(piece) for piece in pieces_of(mask, line)],
        }
        for name, mask, line in cases
    ]


def block() -> BoolMask:
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    mask[5:25, 6:34] = True
    return mask


def ring() -> BoolMask:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    distance = np.hypot(y - 14.5, x - 19.5)
    inside: BoolMask = (distance < 13) & (distance > 6)
    return inside


def parts() -> BoolMask:
    mask = np.zeros((HEIGHT, WIDTH), dtype=bool)
    mask[4:26, 4:15] = True
    mask[8:24, 22:36] = True
    return mask


def scattered() -> BoolMask:
    filled: BoolMask = np.random.default_rng(4).random((HEIGHT, WIDTH)) < 0.72
    return filled


def pieces_of(mask: BoolMask, line: list[Point]) -> list[BoolMask]:
    """Pieces of the divided parts, the largest first; one by one along all eight links."""
    # As the editor does, off the grid: which side a pixel on the line lies on is then decided.
    moved = [(x + 1.37e-5, y + 2.91e-5) for x, y in line]
    whole = labelled(mask, [])
    apart = labelled(mask, moved)
    found = []
    for part in range(1, whole.max() + 1):
        numbers = np.unique(apart[whole == part])
        if len(numbers) > 1:
            found += [apart == number for number in numbers]
    return sorted(found, key=lambda piece: -int(piece.sum()))


def labelled(mask: BoolMask, line: list[Point]) -> npt.NDArray[np.int_]:
    """Connected parts, numbered from 1, where no step may cross the line an odd number of times."""
    numbers = np.zeros(mask.shape, dtype=int)
    latest = 0
    for start in zip(*np.nonzero(mask), strict=True):
        if numbers[start]:
            continue
        latest += 1
        waiting = [start]
        while waiting:
            y, x = waiting.pop()
            if numbers[y, x]:
                continue
            numbers[y, x] = latest
            for dy, dx in (
                (dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if (dy, dx) != (0, 0)
            ):
                ny, nx = y + dy, x + dx
                if not (0 <= ny < mask.shape[0] and 0 <= nx < mask.shape[1]) or not mask[ny, nx]:
                    continue
                if not is_parted((x + 0.5, y + 0.5), (nx + 0.5, ny + 0.5), line):
                    waiting.append((ny, nx))
    return numbers


def is_parted(a: Point, b: Point, line: list[Point]) -> bool:
    crossings = sum(
        side(a, b, p) != side(a, b, q) and side(p, q, a) != side(p, q, b) for p, q in pairwise(line)
    )
    return crossings % 2 == 1


def side(a: Point, b: Point, point: Point) -> bool:
    """On which side of the line through a and b the point lies."""
    turn = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    return turn > 0


def pushes() -> list[dict[str, Any]]:
    """A border pushed as if drawn on rubber: each pixel shows what its content was at the start."""
    half = np.ones((HEIGHT, WIDTH), dtype=int)
    half[:, 20:] = 2
    wedge = np.where(np.add.outer(np.arange(HEIGHT), np.arange(WIDTH)) < 34, 1, 2)
    guarded = half.copy()
    guarded[10:16, 24:28] = 3
    islands = np.where(np.random.default_rng(9).random((HEIGHT, WIDTH)) < 0.1, 0, half)
    cases: list[tuple[str, npt.NDArray[np.int_], float, list[Point]]] = [
        ("to the right", half, 10, [(20, 15), (23, 15)]),
        ("to and fro", half, 9, [(20.2, 15.1), (23, 15.4), (25.9, 15.8), (22.7, 14)]),
        ("across a slant", wedge, 12, [(17, 17), (20.7, 19.1), (24.1, 22.9)]),
        ("against a third object", guarded, 11, [(20, 13), (23.3, 13), (26.6, 13), (29.9, 13)]),
        ("around unlabelled pixels", islands, 10, [(20, 10), (17.1, 10.4), (14.2, 10.9)]),
        ("into the image's corner", half, 14, [(21, 3), (24.1, 1.2), (26.5, -2)]),
    ]
    return [
        {
            "name": name,
            "ids": ["".join(str(id_) for id_ in row) for row in ids],
            "radiusPx": radius,
            "way": [[*point] for point in way],
            "after": ["".join(str(id_) for id_ in row) for row in pushed(ids, radius, way)],
        }
        for name, ids, radius, way in cases
    ]


def pushed(ids: npt.NDArray[np.int_], radius: float, way: list[Point]) -> npt.NDArray[np.int_]:
    """The inverse map of the whole image, resampled by SciPy once per step."""
    y, x = np.mgrid[:HEIGHT, :WIDTH].astype(float)
    moved_y, moved_x = np.zeros_like(y), np.zeros_like(x)
    for (x0, y0), (x1, y1) in pairwise(way):
        share = np.hypot(x + 0.5 - x1, y + 0.5 - y1) / radius
        follow = np.where(share < 1, (1 - share**2) ** 2, 0)
        dy, dx = (y0 - y1) * follow, (x0 - x1) * follow
        at = np.array([y + dy, x + dx])
        moved_y, moved_x = (
            d + ndimage.map_coordinates(field, at, order=1, mode="nearest")
            for d, field in ((dy, moved_y), (dx, moved_x))
        )
    from_y = np.floor(y + 0.5 + moved_y).astype(int)
    from_x = np.floor(x + 0.5 + moved_x).astype(int)
    inside = (from_y >= 0) & (from_y < HEIGHT) & (from_x >= 0) & (from_x < WIDTH)
    source = np.where(inside, ids[from_y.clip(0, HEIGHT - 1), from_x.clip(0, WIDTH - 1)], 0)
    is_one_of_both = np.isin(ids, (1, 2)) & np.isin(source, (1, 2))
    return np.where(is_one_of_both, source, ids)


def outlines() -> list[dict[str, Any]]:
    """What is known of an object's outline without following it."""
    touching = np.zeros((12, 12), dtype=bool)
    touching[2:6, 2:6] = touching[6:10, 6:10] = True
    diagonal_hole = np.ones((10, 10), dtype=bool)
    diagonal_hole[3, 3] = diagonal_hole[4, 4] = False
    nested = np.zeros((24, 24), dtype=bool)
    for margin in (2, 5, 8):
        nested[margin:-margin, margin:-margin] ^= True
    cases = [
        ("one pixel", np.pad(np.ones((1, 1), dtype=bool), 2)),
        ("the whole image", np.ones((7, 9), dtype=bool)),
        ("a block", block()),
        ("a ring", ring()),
        ("two parts", parts()),
        ("two squares that touch at a corner", touching),
        ("two holes that touch at a corner", diagonal_hole),
        ("an island in a hole", nested),
        ("a thin diagonal", np.eye(20, 26, dtype=bool)),
        ("scattered pixels", scattered()),
    ]
    return [
        {
            "name": name,
            "rows": rows(mask),
            "ringCount": ring_count(mask),
            "edgeLengthPx": edge_length(mask),
            "cornerCount": corner_count(mask),
        }
        for name, mask in cases
    ]


def ring_count(mask: BoolMask) -> int:
    """Outer borders of parts joined by edges, and those of holes joined by corners."""
    count: int = ndimage.label(mask)[1]
    outside = np.pad(~mask, 1, constant_values=True)
    holes: int = ndimage.label(outside, structure=np.ones((3, 3)))[1] - 1
    return count + holes


def edge_length(mask: BoolMask) -> int:
    padded = np.pad(mask, 1)
    return int((padded[1:] != padded[:-1]).sum() + (padded[:, 1:] != padded[:, :-1]).sum())


def corner_count(mask: BoolMask) -> int:
    """Grid points where a border turns; twice where two of them meet."""
    padded = np.pad(mask, 1).astype(int)
    around = padded[1:, 1:] + padded[1:, :-1] + padded[:-1, 1:] + padded[:-1, :-1]
    crossed = (around == 2) & (padded[1:, 1:] == padded[:-1, :-1])
    return int(np.isin(around, (1, 3)).sum() + 2 * crossed.sum())


if __name__ == "__main__":
    main()
