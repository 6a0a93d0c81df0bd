"""Writes the golden vectors beside it: `.venv/bin/python -m tests.areas.golden.generate`.

What the editor makes of areas (shapes, floods, thresholds) is compared with SciPy and scikit-image,
pixel by pixel. Masks stand in COCO run lengths, images as base64 of their bytes, rows of RGB.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pycocotools import mask as coco
from scipy import ndimage
from skimage import color, filters, morphology, segmentation

BoolMask = npt.NDArray[np.bool_]
Image = npt.NDArray[np.uint8]
FOLDER = Path(__file__).parent
EIGHT = np.ones((3, 3), dtype=bool)


def main() -> None:
    write("shapes.json", list(shape_vectors()))
    write("floods.json", list(flood_vectors()))
    write("thresholds.json", list(threshold_vectors()))


def write(name: str, vectors: list[dict[str, object]]) -> None:
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors)
    (FOLDER / name).write_text(f"[\n{lines}\n]\n", encoding="utf-8")


def counts(mask: BoolMask) -> str:
    encoded = coco.encode(np.asfortranarray(mask, dtype=np.uint8))
    text: str = encoded["counts"].decode("ascii")
    return text


def shape_vectors() -> Iterator[dict[str, object]]:
    for name, mask in masks():
        height, width = mask.shape
        yield {
            "name": name,
            "size": [height, width],
            "mask": counts(mask),
            "dilated": {str(r): counts(dilated(mask, r)) for r in (1, 2, 5, 9)},
            "eroded": {str(r): counts(~dilated(~mask, r)) for r in (1, 2, 5, 9)},
            "smoothed": {str(r): counts(smoothed(mask, r)) for r in (1, 2, 4)},
            "filled": counts(ndimage.binary_fill_holes(mask)),
            "withoutIslands": {
                str(area): counts(
                    morphology.remove_small_objects(mask, max_size=area - 1, connectivity=2)
                )
                for area in (2, 10, 60)
            },
            "partAreas": sorted(np.bincount(ndimage.label(mask, EIGHT)[0].ravel())[1:].tolist()),
        }


def dilated(mask: BoolMask, radius: int) -> BoolMask:
    """All within the radius, by distances: no structuring element is involved."""
    if not mask.any():
        return mask
    within: BoolMask = ndimage.distance_transform_edt(~mask) <= radius
    return within


def smoothed(mask: BoolMask, radius: int) -> BoolMask:
    """The majority of the disc around each pixel; votes beyond the image do not count."""
    disk = morphology.disk(radius).astype(np.int64)  # type: ignore[no-untyped-call]
    votes = ndimage.convolve(mask.astype(np.int64), disk, mode="constant")
    voters = ndimage.convolve(np.ones(mask.shape, dtype=np.int64), disk, mode="constant")
    majority: BoolMask = np.where(2 * votes == voters, mask, 2 * votes > voters)
    return majority


def masks() -> Iterator[tuple[str, BoolMask]]:
    rng = np.random.default_rng(20261121)
    y, x = np.mgrid[:70, :90]
    ring = (np.hypot(y - 30, x - 40) < 25) & (np.hypot(y - 28, x - 44) > 9)
    yield "ring with an island in its hole", ring | (np.hypot(y - 28, x - 44) < 4)
    yield "noise", rng.random((48, 64)) < 0.35
    yield "blobs", ndimage.gaussian_filter(rng.random((70, 90)), 3) > 0.5
    yield "fringed blob", (np.hypot(y - 35, x - 45) + 5 * rng.random((70, 90))) < 24
    corner = np.zeros((40, 33), dtype=bool)
    corner[25:, :20] = True
    corner[30:34, 4:9] = False
    yield "in the corner of the image, with a hole", corner
    yield "whole image", np.ones((20, 30), dtype=bool)
    diagonal = np.zeros((30, 30), dtype=bool)
    diagonal[np.arange(5, 25), np.arange(5, 25)] = True
    diagonal[5, 5:25] = diagonal[5:25, 24] = True
    yield "a hole behind a diagonal line", diagonal
    specks = np.zeros((50, 60), dtype=bool)
    specks[10:20, 10:25] = specks[30:33, 40:43] = True
    specks[5, 50] = specks[6, 51] = specks[40, 5] = True
    yield "specks", specks


def flood_vectors() -> Iterator[dict[str, object]]:
    rng = np.random.default_rng(7)
    _y, x = np.mgrid[:32, :44]
    patches = ndimage.gaussian_filter(rng.random((32, 44, 3)), (5, 5, 0))
    patches = (patches - patches.min()) / (patches.max() - patches.min())
    smooth = (255 * patches).astype(np.uint8)
    noisy = np.clip(smooth + rng.normal(0, 8, smooth.shape), 0, 255).astype(np.uint8)
    stripes = np.where(((x // 10) % 2 == 0)[..., None], (200, 60, 40), (60, 90, 200))
    for name, image in (
        ("gradients", smooth),
        ("noise", noisy),
        ("stripes", stripes.astype(np.uint8)),
    ):
        for space in ("lab", "rgb"):
            for row, column, tolerance in ((15, 20, 12), (3, 40, 25), (31, 0, 6)):
                yield flood_vector(name, image, space, (row, column), tolerance)


def flood_vector(
    name: str, image: Image, space: str, seed: tuple[int, int], tolerance: int
) -> dict[str, object]:
    values = color.rgb2lab(image) if space == "lab" else image.astype(np.float64)
    distance = np.linalg.norm(values - values[seed], axis=-1)
    everywhere = distance <= tolerance
    contiguous = segmentation.flood(everywhere, seed, connectivity=1)  # type: ignore[no-untyped-call]
    return {
        "name": f"{name}, {space}, {tolerance}",
        "size": list(image.shape[:2]),
        "image": base64.b64encode(image.tobytes()).decode("ascii"),
        "space": space,
        "seed": {"x": seed[1], "y": seed[0]},
        "tolerance": tolerance,
        "global": counts(everywhere),
        "contiguous": counts(contiguous),
    }


def threshold_vectors() -> Iterator[dict[str, object]]:
    rng = np.random.default_rng(11)
    y, x = np.mgrid[:24, :30]
    disk = np.hypot(y - 12, x - 13) < 8
    two = np.where(disk, 170, 60)[..., None] + rng.normal(0, 14, (24, 30, 3))
    three = np.stack([x * 8, y * 10, 255 - x * 7], axis=-1) + rng.normal(0, 3, (24, 30, 3))
    for name, image in (("disk", two), ("ramps", three)):
        rgb = np.clip(image, 0, 255).astype(np.uint8)
        channels = {
            "gray": np.floor(rgb @ np.array([299, 587, 114]) / 1000 + 0.5).astype(np.uint8),
            "red": rgb[..., 0],
            "green": rgb[..., 1],
            "blue": rgb[..., 2],
        }
        for channel, values in channels.items():
            yield {
                "name": f"{name}, {channel}",
                "size": list(values.shape),
                "image": base64.b64encode(rgb.tobytes()).decode("ascii"),
                "channel": channel,
                "histogram": np.bincount(values.ravel(), minlength=256).tolist(),
                "otsu": int(filters.threshold_otsu(values)),  # type: ignore[no-untyped-call]
                "range": [90, 181],
                "inRange": counts((values >= 90) & (values <= 181)),
            }


if __name__ == "__main__":
    main()
