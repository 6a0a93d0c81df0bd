"""Writes `golden.json` beside it: `.venv/bin/python -m tests.display.generate`.

The front end's own tests read the file, so that its arithmetic is checked against numpy's.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np

from tests.display.reference import Image8, color_matrix, equalized, tone_table

GOLDEN = Path(__file__).parent / "golden.json"
SETTINGS: tuple[dict[str, Any], ...] = (
    {"brightness": 20},
    {"brightness": -35, "contrast": 40},
    {"contrast": -60, "isInverted": True},
    {"gamma": 2.2, "saturation": -100},
    {"gamma": 0.45, "saturation": 60, "brightness": 5},
    {"channel": "green", "contrast": 100},
    {"channel": "grey", "isInverted": True},
)


def photograph(height: int, width: int) -> Image8:
    """Something with gradients, edges and noise; the same every time."""
    y, x = np.mgrid[:height, :width]
    noise = np.random.default_rng(7).integers(0, 24, (height, width, 3))
    smooth = np.stack([x * 90 // width + 60, y * 120 // height + 30, (x + y) % 64 + 40], axis=-1)
    smooth[height // 4 : height // 2, width // 3 : width // 2] //= 3
    return np.clip(smooth + noise, 0, 255).astype(np.uint8)


def vectors() -> dict[str, Any]:
    flat = np.full((6, 9, 3), 77, np.uint8)
    return {
        "filters": [
            {
                "settings": settings,
                "matrix": color_matrix(settings).round(6).ravel().tolist(),
                "table": tone_table(settings).tolist(),
            }
            for settings in SETTINGS
        ],
        "equalizations": [
            {
                "name": name,
                "kind": kind,
                "width": image.shape[1],
                "height": image.shape[0],
                "pixels": image.ravel().tolist(),
                "equalized": equalized(image, kind).ravel().tolist(),
            }
            for name, image in (("photograph", photograph(37, 53)), ("flat", flat))
            for kind in ("global", "local")
        ],
    }


def main() -> None:
    GOLDEN.write_text(json.dumps(vectors(), separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
