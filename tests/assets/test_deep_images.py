"""Grey of more than eight bits can be had in sixteen."""

from io import BytesIO
from typing import Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa
from PIL import Image

from maskwright.assets import service
from maskwright.assets.domain import AssetKeys
from maskwright.assets.models import Asset
from maskwright.work import Work
from maskwright_workers.celery_app import app
from tests.assets.conftest import SentJobs, Studio


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


def test_a_large_deep_image_can_be_had_at_full_size_tile_by_tile(studio: Studio) -> None:
    values = np.random.default_rng(5).integers(900, 4100, (700, 4401)).astype(np.uint16)
    asset = studio.ready("slide.tif", tiff(values))
    deep, tiles = asset["deep"], asset["deep"]["tiles"]
    assert (tiles["levels"][0]["width"], tiles["levels"][0]["height"]) == (4401, 700)
    assert (deep["min"], deep["max"]) == (values.min(), values.max())

    def tile(level: int, column: int, row: int) -> npt.NDArray[np.uint16]:
        address = tiles["url_template"]
        for name, number in (("level", level), ("x", column), ("y", row)):
            address = address.replace(f"{{{name}}}", str(number))
        answer = studio.client.get(address)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == "image/png"
        return np.asarray(Image.open(BytesIO(answer.content))).astype(np.uint16)

    assert np.array_equal(tile(0, 8, 1), values[512:700, 4096:4401])
    assert np.array_equal(tile(0, 3, 0), values[:512, 1536:2048])
    # One level coarser, each sample is the mean of four; at an odd edge of the two that are there.
    padded = np.pad(values, ((0, 0), (0, 1)), mode="edge").astype(np.uint32)
    means = (padded.reshape(350, 2, 2201, 2).sum(axis=(1, 3)) + 2) // 4
    assert np.array_equal(tile(1, 4, 0), means[:, 2048:])
    assert np.array_equal(deep_samples(studio, asset), means)


def test_a_large_floating_point_image_is_read_back_from_its_tiles(studio: Studio) -> None:
    values = np.linspace(-2.5, 7.5, 4200 * 300, dtype=np.float32).reshape(300, 4200)
    values[0, 0] = np.nan
    asset = studio.ready("height.tif", tiff(values))
    deep = asset["deep"]
    address = deep["tiles"]["url_template"]
    for name, number in (("level", 0), ("x", 8), ("y", 0)):
        address = address.replace(f"{{{name}}}", str(number))
    samples = np.asarray(Image.open(BytesIO(studio.client.get(address).content)))
    read = deep["offset"] + deep["scale"] * samples.astype(np.float64)
    assert np.abs(read - values[:, 4096:]).max() <= deep["scale"]


def test_a_deep_image_that_fits_has_no_tiles(studio: Studio) -> None:
    values = np.random.default_rng(3).integers(900, 4100, (40, 60)).astype(np.uint16)
    asset = studio.ready("scan.tif", tiff(values))
    assert asset["deep"]["tiles"] is None
    assert studio.get(f"/api/v1/assets/{asset['id']}/deep-tiles/0/0/0").status_code == 404


def forget_depth(studio: Studio, asset: dict[str, Any]) -> None:
    """As if the image had been processed before there were renditions in 16 bits."""
    with studio.resources.database.open_session() as session, session.begin():
        session.execute(
            sa.update(Asset).where(Asset.id == UUID(asset["id"])).values(deep=None, rendition_set=1)
        )


def sweep(studio: Studio, jobs: SentJobs) -> list[UUID]:
    """What the sweep sends is done, as a worker would; returns the images."""
    app.loader.import_default_modules()
    jobs.sent.clear()
    with Work(studio.resources, authenticate=lambda session: None) as work:
        service.send_images_that_lack_renditions(work)
    asked = [UUID(str(sent["asset_id"])) for name, sent, _ in jobs.sent if name in app.tasks]
    for asset_id in asked:
        with studio.world.work_of(studio.manager) as work:
            assert service.renew_asset(work, asset_id)
    return asked


def test_an_image_of_before_gets_its_depth_from_a_worker_later(
    studio: Studio, jobs: SentJobs
) -> None:
    values = np.random.default_rng(5).integers(900, 4100, (300, 4200)).astype(np.uint16)
    made = studio.ready("slide.tif", tiff(values))
    shallow = studio.ready("photo.tif", tiff(np.zeros((8, 8), np.uint8)))
    for asset in (made, shallow):
        forget_depth(studio, asset)
    assert studio.asset(made["id"])["deep"] is None

    assert sorted(sweep(studio, jobs)) == sorted(UUID(each["id"]) for each in (made, shallow))
    renewed = studio.asset(made["id"])
    assert renewed["deep"] == made["deep"]
    assert (
        studio.client.get(
            renewed["deep"]["tiles"]["url_template"].format(level=0, x=8, y=0)
        ).status_code
        == 200
    )
    assert studio.asset(shallow["id"])["deep"] is None
    assert sweep(studio, jobs) == []


def test_an_image_that_can_not_be_read_any_more_is_not_looked_at_for_ever(
    studio: Studio, jobs: SentJobs
) -> None:
    asset = studio.ready("scan.tif", tiff(np.full((40, 60), 900, np.uint16)))
    forget_depth(studio, asset)
    key = AssetKeys(studio.project_id, UUID(asset["id"])).original
    studio.resources.blobs.put(key, b"not what it was", content_type="image/tiff")
    assert len(sweep(studio, jobs)) == 1
    assert studio.asset(asset["id"])["state"] == "ready"
    assert sweep(studio, jobs) == []
