"""Grey of more than eight bits can be had in sixteen."""

from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.assets.conftest import Studio


def tiff(values: npt.NDArray[Any]) -> bytes:
    content = BytesIO()
    Image.fromarray(values).save(content, "TIFF")
    return content.getvalue()


def deep_samples(studio: Studio, asset: dict[str, Any]) -> npt.NDArray[np.uint16]:
    answer = studio.client.get(asset["deep"]["url"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/png"
    return np.asarray(Image.open(BytesIO(answer.content))).astype(np.uint16)


def test_a_16_bit_image_can_be_had_sample_by_sample(studio: Studio) -> None:
    values = np.random.default_rng(3).integers(900, 4100, (40, 60)).astype(np.uint16)
    asset = studio.ready("scan.tif", tiff(values))
    assert np.array_equal(deep_samples(studio, asset), values)
    deep = asset["deep"]
    assert (deep["min"], deep["max"]) == (values.min(), values.max())
    assert (deep["offset"], deep["scale"]) == (0, 1)
    assert deep["min"] <= deep["low"] < deep["high"] <= deep["max"]


def test_floating_point_values_can_be_read_back_from_sixteen_bits(studio: Studio) -> None:
    values = np.linspace(-2.5, 7.5, 2400, dtype=np.float32).reshape(40, 60)
    asset = studio.ready("height.tif", tiff(values))
    deep = asset["deep"]
    read = deep["offset"] + deep["scale"] * deep_samples(studio, asset).astype(np.float64)
    assert np.abs(read - values).max() <= deep["scale"]


def test_an_8_bit_image_has_no_deep_rendition(studio: Studio) -> None:
    content = BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "PNG")
    asset = studio.ready("photo.png", content.getvalue())
    assert asset["deep"] is None
    answer = studio.get(f"/api/v1/assets/{asset['id']}/file/deep")
    assert answer.status_code == 404
