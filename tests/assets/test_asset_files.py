"""Processing, and the files that come out of it: right bytes, right people, right headers."""

from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image, ImageOps

from maskwright.accounts.domain import Role
from maskwright.assets.service import ProcessingResult
from maskwright.assets.service.processing import MAX_DEATHS
from tests.assets.conftest import SentJobs, Studio
from tests.assets.imaging.samples import deep_grey, encoded, gradient, with_orientation

SHARED = Path(__file__).parents[3] / "shared" / "data"


def photo(seed: int = 0) -> bytes:
    return encoded(gradient(60 + seed, 40), "JPEG")


def opened(content: bytes) -> Image.Image:
    image = Image.open(BytesIO(content))
    image.load()
    return image


def test_a_processed_asset_is_ready_has_a_task_and_can_be_shown(studio: Studio) -> None:
    asset = studio.ready("turned.jpg", with_orientation(gradient(400, 200), 6))
    assert asset["state"] == "ready"
    assert (asset["width"], asset["height"]) == (200, 400)
    assert asset["task"]["state"] == "open"
    assert asset["task"]["labeler"] is None
    assert asset["tiles"] is None
    shown = studio.client.get(asset["image_url"])
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "image/jpeg"
    assert opened(shown.content).size == (200, 400)
    assert opened(studio.client.get(asset["thumbnail_url"]).content).size == (160, 320)
    assert studio.listed(state="ready")[0]["id"] == asset["id"]
    project = studio.get(f"/api/v1/projects/{studio.project_id}").json()
    assert project["counts"]["to_label"] == 1
    assert project["cover_url"] == asset["thumbnail_url"]


def test_processing_twice_does_nothing_the_second_time(studio: Studio) -> None:
    asset = studio.ready("a.jpg", photo())
    assert studio.process(asset["id"]) is ProcessingResult.NOTHING_TO_DO
    assert studio.process(uuid4()) is ProcessingResult.NOTHING_TO_DO


def test_an_image_that_shows_its_damage_late_fails_and_can_be_tried_again(
    studio: Studio, jobs: SentJobs
) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    png = bytearray(encoded(Image.fromarray(noise), "PNG"))
    png[len(png) // 2] ^= 0xFF
    (item,) = studio.upload(("damaged.png", bytes(png)))
    assert item["status"] == "accepted"
    assert studio.process(item["asset"]["id"]) is ProcessingResult.FAILED
    asset = studio.asset(item["asset"]["id"])
    assert asset["state"] == "failed"
    assert asset["problem"]["code"] == "image-broken"
    assert asset["problem"]["type"].endswith("/problems/image-broken")
    assert "damaged" in asset["problem"]["title"]
    assert asset["task"] is None
    jobs.sent.clear()
    address = f"/api/v1/assets/{asset['id']}/reprocess"
    again = studio.client.post(address, headers=studio.manager.headers)
    assert again.json()["state"] == "processing"
    assert again.json()["problem"] is None
    assert len(jobs.sent) == 1
    busy = studio.client.post(address, headers=studio.manager.headers)
    assert busy.json()["code"] == "asset-busy"


def test_an_image_that_kills_its_workers_is_given_up(studio: Studio) -> None:
    (item,) = studio.upload(("a.jpg", photo()))
    asset_id = item["asset"]["id"]
    studio.resources.redis.set(f"assets:deaths:{asset_id}", MAX_DEATHS)
    assert studio.process(asset_id) is ProcessingResult.FAILED
    assert studio.asset(asset_id)["problem"]["code"] == "processing-gave-up"


def test_a_deleted_asset_is_not_made_ready(studio: Studio) -> None:
    (item,) = studio.upload(("a.jpg", photo()))
    studio.client.delete(f"/api/v1/assets/{item['asset']['id']}", headers=studio.manager.headers)
    assert studio.process(item["asset"]["id"]) is ProcessingResult.NOTHING_TO_DO


def test_a_large_image_is_served_tile_by_tile(studio: Studio) -> None:
    image = gradient(4400, 700)
    asset = studio.ready("long.png", encoded(image, "PNG"))
    tiles = asset["tiles"]
    assert tiles["tile_size"] == 512
    assert tiles["levels"][0] == {"level": 0, "width": 4400, "height": 700}
    address = tiles["url_template"].replace("{level}", "0").replace("{x}", "8").replace("{y}", "1")
    answer = studio.client.get(address)
    assert answer.headers["content-type"] == "image/jpeg"
    assert "immutable" in answer.headers["cache-control"]
    tile = opened(answer.content)
    assert tile.size == (4400 - 4096, 700 - 512)
    expected = np.asarray(image).astype(int)[512:700, 4096:4400]
    assert np.abs(np.asarray(tile).astype(int) - expected).max() <= 8
    outside = address.replace("/tiles/0/8/1", "/tiles/0/9/1")
    assert studio.client.get(outside).status_code == 404
    known = {"If-None-Match": answer.headers["etag"]}
    assert studio.client.get(address, headers=known).status_code == 304


def test_a_link_shows_one_rendition_of_one_asset_and_nothing_else(studio: Studio) -> None:
    asset = studio.ready("a.jpg", photo(1))
    other = studio.ready("b.jpg", photo(2))
    link: str = asset["image_url"]
    assert studio.client.get(link).status_code == 200
    for changed in (
        link.replace(asset["id"], other["id"]),
        link.replace("file/display", "file/original"),
        link.replace("expires=", "expires=9"),
        link[:-1] + ("0" if link[-1] != "0" else "1"),
    ):
        refused = studio.client.get(changed)
        assert (refused.status_code, refused.json()["code"]) == (403, "link-invalid")
    assert studio.asset(asset["id"])["image_url"] == link, "the browser's cache finds it again"


def test_files_without_a_link_are_for_the_organisation_only(studio: Studio) -> None:
    asset = studio.ready("a.jpg", photo())
    address = f"/api/v1/assets/{asset['id']}/file/display"
    stranger = studio.world.person(Role.OWNER)
    labeler = studio.world.colleague(studio.manager, Role.LABELER)
    assert studio.client.get(address).status_code == 401
    assert studio.client.get(address, headers=stranger.headers).status_code == 404
    assert studio.client.get(address, headers=labeler.headers).status_code == 200
    unready = studio.upload(("b.jpg", photo(2)))[0]["asset"]["id"]
    missing = studio.get(f"/api/v1/assets/{unready}/file/display")
    assert (missing.status_code, missing.json()["code"]) == (404, "not-found")
    assert studio.get(f"/api/v1/assets/{asset['id']}/file/nonsense").status_code == 422


def test_an_original_is_downloaded_under_its_name_and_cannot_run(studio: Studio) -> None:
    asset = studio.ready('Straße "5" \N{CAT FACE}.jpg', photo())
    answer = studio.get(f"/api/v1/assets/{asset['id']}/file/original")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert (
        "filename*=UTF-8''Stra%C3%9Fe%20%225%22%20%F0%9F%90%B1.jpg"
        in (answer.headers["content-disposition"])
    )


RANGES: list[tuple[str, int, int, int | None]] = [
    ("bytes=0-9", 206, 0, 10),
    ("bytes=100-", 206, 100, None),
    ("bytes=-7", 206, -7, None),
    ("bytes=5-999999999", 206, 5, None),
    ("bytes=999999999-", 416, 0, 0),
    ("bytes=9-5", 200, 0, None),
    ("bytes=0-1,4-5", 200, 0, None),
    ("lines=1-2", 200, 0, None),
    ("bytes=1-" + "9" * 5000, 200, 0, None),
]


def test_a_part_of_a_file_can_be_asked_for(studio: Studio) -> None:
    (item,) = studio.upload(("a.jpg", photo()))
    address = f"/api/v1/assets/{item['asset']['id']}/file/original"
    for asked, status, start, end in RANGES:
        answer = studio.get(address, Range=asked)
        assert answer.status_code == status, asked
        assert answer.content == photo()[start:end], asked
        if status == 206:
            assert answer.headers["content-range"].endswith(f"/{len(photo())}")
        stale = studio.get(address, Range=asked, **{"If-Range": '"another"'})
        assert (stale.status_code, stale.content) == (200, photo()), asked


def test_a_large_original_is_streamed_whole_and_in_part(studio: Studio) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (700, 900, 3)).astype(np.uint8)
    content = encoded(Image.fromarray(noise), "BMP")
    (item,) = studio.upload(("a.bmp", content))
    address = f"/api/v1/assets/{item['asset']['id']}/file/original"
    whole = studio.get(address)
    assert whole.content == content
    assert int(whole.headers["content-length"]) == len(content)
    part = studio.get(address, Range="bytes=1000-1500000")
    assert part.content == content[1000:1500001]


def test_deep_grey_is_shown_in_eight_bits_and_kept_in_sixteen(studio: Studio) -> None:
    values = deep_grey(64, 48)
    asset = studio.ready("microscope.tif", encoded(Image.fromarray(values), "TIFF"))
    assert opened(studio.client.get(asset["image_url"]).content).mode == "L"
    original = studio.get(f"/api/v1/assets/{asset['id']}/file/original")
    assert np.array_equal(np.asarray(opened(original.content)), values)


def test_links_expire(studio: Studio) -> None:
    asset = studio.ready("a.jpg", photo())
    fields = parse_qs(urlsplit(asset["image_url"]).query)
    past = f"?expires=1000&signature={fields['signature'][0]}"
    answer = studio.client.get(f"/api/v1/assets/{asset['id']}/file/display{past}")
    assert answer.json()["code"] == "link-invalid"


def test_a_geotiff_of_sixteen_bits_goes_the_whole_way(studio: Studio) -> None:
    files = sorted((SHARED / "geotiff_16bit_fixture" / "images").glob("*.tif"))
    if not files:
        pytest.skip("the 16-bit GeoTIFF is not on this machine (../shared/data)")
    asset = studio.ready(files[0].name, files[0].read_bytes())
    assert (asset["width"], asset["height"]) == (900, 900)
    shown = np.asarray(opened(studio.client.get(asset["image_url"]).content))
    assert shown.dtype == np.uint8
    assert shown.std() > 20, "the percentiles spread the grey over the whole range"


def test_turned_photographs_line_up_with_their_masks(studio: Studio) -> None:
    files = sorted((SHARED / "carrot_weed_8mp" / "images").glob("*.jpg"))
    if not files:
        pytest.skip("the 8-megapixel photographs are not on this machine (../shared/data)")
    # One upright and one turned by EXIF: decoding eight megapixels takes its time.
    for file in (files[0], files[-1]):
        asset = studio.ready(file.name, file.read_bytes())
        shown = opened(studio.client.get(asset["image_url"]).content)
        with Image.open(file) as original:
            expected = ImageOps.exif_transpose(original).convert("RGB")
        assert shown.size == expected.size == (asset["width"], asset["height"])
        difference = np.abs(
            np.asarray(shown.reduce(8)).astype(int) - np.asarray(expected.reduce(8)).astype(int)
        )
        assert difference.mean() < 3
        with Image.open(file.parents[1] / "masks" / f"{file.stem}.png") as mask:
            assert mask.size == shown.size
