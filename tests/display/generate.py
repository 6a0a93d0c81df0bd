"""Writes `golden.json` beside it: `.venv/bin/python -m tests.display.generate`.

The front end's own tests read the file, so that its arithmetic is checked against numpy's.
"""

import json
import struct
import zlib
from base64 import b64encode
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tests.display.reference import Image8, color_matrix, equalized, tone_table, windowed

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


def deep_photograph(height: int, width: int) -> npt.NDArray[np.uint16]:
    """Sixteen bits of which few are used, as sensors have it."""
    return (photograph(height, width)[..., 0].astype(np.uint16) * 37 + 900).astype(np.uint16)


def deep_png(samples: npt.NDArray[np.uint16]) -> bytes:
    """A PNG whose rows use each of the five filters in turn, which Pillow would not do."""
    height, width = samples.shape
    raw = samples.astype(">u2").view(np.uint8).reshape(height, 2 * width).astype(np.int64)
    above = np.vstack([np.zeros((1, 2 * width), np.int64), raw[:-1]])
    left, corner = (np.pad(part, ((0, 0), (2, 0)))[:, : 2 * width] for part in (raw, above))
    estimate = left + above - corner
    far = [np.abs(estimate - part) for part in (left, above, corner)]
    nearest = np.where(
        (far[0] <= far[1]) & (far[0] <= far[2]), left, np.where(far[1] <= far[2], above, corner)
    )
    predictions = [np.zeros_like(raw), left, above, (left + above) // 2, nearest]
    rows = b"".join(
        bytes([y % 5]) + ((raw[y] - predictions[y % 5][y]) % 256).astype(np.uint8).tobytes()
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def deep_vector() -> dict[str, Any]:
    samples = deep_photograph(13, 17)
    return {
        "png": b64encode(deep_png(samples)).decode("ascii"),
        "width": samples.shape[1],
        "height": samples.shape[0],
        "samples": samples.ravel().tolist(),
        "window": {"low": 2000, "high": 6000},
        "windowed": windowed(samples, 2000, 6000).ravel().tolist(),
    }


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
        "deep": deep_vector(),
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
