"""Zips, entry by entry: good ones, careless ones and hostile ones."""

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI

from maskwright.assets.archives import opened_archive
from maskwright.assets.errors import ArchiveBomb, ArchiveBroken, ArchiveTooLarge
from maskwright.settings import LimitSettings
from tests.assets.conftest import Studio, limit
from tests.assets.imaging.samples import encoded, gradient, png_bomb, write
from tests.assets.zips import (
    encrypted,
    lying_about_its_entries,
    lying_about_its_size,
    lzma_zip,
    overlapping_bomb,
    zip_bomb,
    zip_of,
    zip_with_link,
)

MIB = 1024**2


def photo(seed: int = 0) -> bytes:
    return encoded(gradient(60 + seed, 40), "JPEG")


def test_a_zip_gives_one_item_per_file_inside(studio: Studio) -> None:
    archive = zip_of(
        {
            "day 1/": b"",
            "day 1/a.jpg": photo(1),
            "day 1/b.jpg": photo(2),
            "c.jpg": photo(3),
            "__MACOSX/day 1/._a.jpg": b"resource fork",
            "day 1/.DS_Store": b"finder",
            ".hidden/x.jpg": photo(4),
        }
    )
    items = studio.upload(("photos.zip", archive), ("d.jpg", photo(5)))
    assert [(item["name"], item["status"]) for item in items] == [
        ("day 1/a.jpg", "accepted"),
        ("day 1/b.jpg", "accepted"),
        ("c.jpg", "accepted"),
        ("d.jpg", "accepted"),
    ]
    by_name = {asset["name"]: asset["metadata"] for asset in studio.listed()}
    assert by_name["a.jpg"] == {"folder": "day 1"}
    assert by_name["c.jpg"] == {}


def test_a_zip_is_recognised_whatever_its_name(studio: Studio) -> None:
    (item,) = studio.upload(("holiday.jpg", zip_of({"a.jpg": photo()})))
    assert (item["name"], item["status"]) == ("a.jpg", "accepted")


BAD_ARCHIVES = [
    (zip_of({"../../x.jpg": photo()}), "../../x.jpg", "name-unsafe"),
    (zip_of({"/etc/x.jpg": photo()}), "/etc/x.jpg", "name-unsafe"),
    (zip_of({"..\\x.jpg": photo()}), "..\\x.jpg", "name-unsafe"),
    (zip_with_link("x.jpg", "/etc/passwd"), "x.jpg", "archive-member-refused"),
    (zip_of({"inner.zip": zip_of({"a.jpg": photo()})}), "inner.zip", "archive-member-refused"),
    (encrypted(zip_of({"a.jpg": photo()})), "a.jpg", "archive-member-refused"),
    (lzma_zip({"a.jpg": photo()}), "a.jpg", "archive-member-refused"),
    (zip_of({"bomb.png": png_bomb()}), "bomb.png", "image-too-large"),
    (zip_of({"drawing.jpg": b"<svg/>"}), "drawing.jpg", "not-an-image"),
    (zip_of({"empty.jpg": b""}), "empty.jpg", "file-empty"),
    (lying_about_its_size(bytes(MIB), 1000), "a.bmp", "archive-member-refused"),
    (zip_of({"a.jpg": photo()})[:-30], "photos.zip", "archive-broken"),
    (b"PK\x03\x04 nothing more", "photos.zip", "archive-broken"),
    (zip_of({"folder/": b"", ".DS_Store": b"x"}), "photos.zip", "archive-empty"),
    (zip_of({}), "photos.zip", "archive-empty"),
]


def test_bad_entries_are_refused_by_name_and_the_others_go_on(studio: Studio) -> None:
    archives = [("photos.zip", archive) for archive, _, _ in BAD_ARCHIVES]
    *bad, good = studio.upload(*archives, ("good.jpg", photo(9)))
    for item, (_, name, code) in zip(bad, BAD_ARCHIVES, strict=True):
        assert (item["name"], item["status"]) == (name, "rejected")
        assert (item["problem"]["code"], item["problem"]["name"]) == (code, name)
    assert good["status"] == "accepted"


def test_good_entries_beside_a_bad_one_are_taken(studio: Studio) -> None:
    archive = zip_of({"a.jpg": photo(1), "../evil.jpg": photo(2), "b.jpg": photo(3)})
    statuses = [item["status"] for item in studio.upload(("photos.zip", archive))]
    assert statuses == ["accepted", "rejected", "accepted"]
    home = studio.resources.settings.home
    assert not list(home.parent.rglob("evil.jpg"))
    assert not list(Path(home / "incoming").iterdir())


def test_an_entry_over_the_limit_is_refused_unread(studio: Studio, app: FastAPI) -> None:
    limit(studio, app, file_bytes=MIB)
    archive = zip_of({"large.bmp": bytes(5 * MIB), "small.jpg": photo()})
    large, small = studio.upload(("photos.zip", archive))
    assert large["problem"]["code"] == "file-too-large"
    assert small["status"] == "accepted"


@pytest.mark.parametrize(
    ("archive", "refusal"),
    [
        (lambda: zip_bomb(300 * MIB), ArchiveBomb),
        (lambda: overlapping_bomb(9_000, bytes(100 * MIB)), ArchiveBomb),
        (lambda: zip_of({f"{n}.jpg": b"x" for n in range(101)}), ArchiveTooLarge),
        (lambda: lying_about_its_entries(20_000), ArchiveTooLarge),
        (lambda: b"PK\x03\x04" + bytes(200), ArchiveBroken),
    ],
    ids=["zeros", "overlapping", "too many entries", "hidden entries", "no directory"],
)
def test_a_hostile_archive_is_refused_before_an_entry_is_read(
    tmp_path: Path, archive: Callable[[], bytes], refusal: type[Exception]
) -> None:
    entries = 100 if refusal is ArchiveTooLarge else 10_000
    path = write(tmp_path, archive())
    tracemalloc.start()
    with (
        pytest.raises(refusal),
        opened_archive(path, LimitSettings(zip_entries=entries)) as members,
    ):
        next(members)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 24 * MIB


def test_the_sum_of_the_entries_is_bounded(tmp_path: Path) -> None:
    path = write(tmp_path, zip_of({f"{n}.jpg": bytes(range(256)) * 400 for n in range(20)}))
    with (
        pytest.raises(ArchiveTooLarge),
        opened_archive(path, LimitSettings(zip_total_bytes=MIB)) as members,
    ):
        next(members)
