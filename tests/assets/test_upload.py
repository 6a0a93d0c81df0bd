"""Uploading: what is taken, what is refused, and that one bad file costs nobody else."""

import io
import json
import threading
import tracemalloc
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from uuid import UUID

import anyio
import pytest
from fastapi import FastAPI

from maskwright.accounts.domain import Role
from maskwright.assets.errors import NotAnImage
from maskwright.assets.service import UploadOutcome, ingest_file
from maskwright.assets.uploads import receive_upload
from tests.assets.conftest import SentJobs, Studio, limit
from tests.assets.imaging.samples import encoded, gradient, png_bomb

MIB = 1024**2


@dataclass(frozen=True)
class Peak:
    """What taking in a request cost."""

    outcomes: list[UploadOutcome]
    bytes: int
    left_open: int


def photo(seed: int = 0) -> bytes:
    return encoded(gradient(60 + seed, 40), "JPEG")


def test_an_upload_becomes_an_asset_and_a_job(studio: Studio, jobs: SentJobs) -> None:
    answer = studio.post(("street.jpg", photo()))
    assert answer.json()["accepted"] == 1
    (item,) = answer.json()["items"]
    assert (item["name"], item["status"]) == ("street.jpg", "accepted")
    asset = item["asset"]
    assert (asset["state"], asset["width"], asset["height"]) == ("processing", 60, 40)
    assert (asset["media_type"], asset["byte_size"]) == ("image/jpeg", len(photo()))
    assert asset["image_url"] is None
    arguments = {
        "organization_id": str(studio.manager.organization_id),
        "asset_id": asset["id"],
    }
    assert jobs.sent == [("assets.process", arguments, "images")]
    assert [listed["id"] for listed in studio.listed()] == [asset["id"]]


def test_the_original_is_kept_byte_for_byte(studio: Studio) -> None:
    (item,) = studio.upload(("a.jpg", photo()))
    original = studio.get(f"/api/v1/assets/{item['asset']['id']}/file/original")
    assert original.content == photo()


def test_the_same_bytes_are_recognised_in_one_request_and_in_the_next(studio: Studio) -> None:
    first, second = studio.upload(("a.jpg", photo()), ("copy of a.jpg", photo()))
    (third,) = studio.upload(("again.jpg", photo()))
    assert [first["status"], second["status"], third["status"]] == [
        "accepted", "duplicate", "duplicate",
    ]  # fmt: skip
    assert second["asset"]["id"] == third["asset"]["id"] == first["asset"]["id"]
    assert len(studio.listed()) == 1


def test_another_project_may_have_the_same_bytes(studio: Studio) -> None:
    studio.upload(("a.jpg", photo()))
    studio.project_id = studio.world.project(studio.manager, "Another")
    (item,) = studio.upload(("a.jpg", photo()))
    assert item["status"] == "accepted"


def test_of_concurrent_uploads_of_the_same_bytes_one_is_accepted(studio: Studio) -> None:
    statuses: list[str] = []
    start = threading.Barrier(6)

    def upload() -> None:
        start.wait()
        with studio.world.work_of(studio.manager) as work:
            outcome = ingest_file(work, studio.project_id, _stream(photo()), "a.jpg")
        statuses.append(outcome.status.value)

    threads = [threading.Thread(target=upload) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == ["accepted"] + ["duplicate"] * 5
    assert len(studio.listed()) == 1
    originals = list(studio.resources.settings.blob_folder.rglob("original"))
    assert len(originals) == 1


BAD_FILES = [
    ("drawing.jpg", b"<svg xmlns='x'><script/></svg>", "not-an-image", "SVG drawing"),
    ("page.jpg", b"<!doctype html><script>1</script>", "not-an-image", "HTML page"),
    ("moving.png", b"GIF89a" + bytes(40), "not-an-image", "GIF"),
    ("paper.tif", b"%PDF-1.4", "not-an-image", "PDF"),
    ("bomb.png", png_bomb(), "image-too-large", "50000"),
    ("cut.jpg", photo()[:500], "image-truncated", "missing"),
    ("empty.png", b"", "file-empty", "empty"),
    ("../x.jpg", photo(), "name-unsafe", "Rename"),
    ("/etc/x.jpg", photo(), "name-unsafe", "Rename"),
    ("..\\x.jpg", photo(), "name-unsafe", "Rename"),
]


def test_bad_files_are_refused_by_name_and_the_others_go_on(studio: Studio) -> None:
    files = [(name, content) for name, content, _, _ in BAD_FILES]
    before, *bad, after = studio.upload(("1.jpg", photo(1)), *files, ("2.jpg", photo(2)))
    assert (before["status"], after["status"]) == ("accepted", "accepted")
    for item, (name, _, code, words) in zip(bad, BAD_FILES, strict=True):
        assert (item["name"], item["status"]) == (name, "rejected")
        problem = item["problem"]
        assert (problem["code"], problem["name"], problem["status"]) == (code, name, 422)
        assert words in problem["title"]
    assert len(studio.listed()) == 2


def test_a_file_over_the_limit_is_refused_and_the_rest_is_read(
    studio: Studio, app: FastAPI
) -> None:
    limit(studio, app, file_bytes=MIB)
    large, small = studio.upload(("large.png", b"x" * 3 * MIB), ("small.jpg", photo()))
    assert large["problem"]["code"] == "file-too-large"
    assert small["status"] == "accepted"


def test_a_request_over_the_limit_ends_with_413_and_keeps_what_had_arrived(
    studio: Studio, app: FastAPI
) -> None:
    limit(studio, app, upload_bytes=4 * MIB)
    answer = studio.post(("first.jpg", photo()), ("rest.png", b"x" * 8 * MIB))
    assert answer.status_code == 413
    assert answer.json()["code"] == "upload-too-large"
    assert [asset["name"] for asset in studio.listed()] == ["first.jpg"]


def test_too_many_files_end_with_413(studio: Studio, app: FastAPI) -> None:
    limit(studio, app, upload_files=2)
    answer = studio.post(*[(f"{n}.jpg", photo(n)) for n in range(3)])
    assert answer.status_code == 413
    assert len(studio.listed()) == 2


def test_names_are_shown_and_never_trusted(studio: Studio) -> None:
    names = {
        "Grüße, Жук 猫.jpg": "Grüße, Жук 猫.jpg",
        "gpj\u202egpj.jpg": "gpjgpj.jpg",
        "./a.jpg": "a.jpg",
        "n" * 400 + ".jpeg": "n" * 234 + "…" + "n" * 15 + ".jpeg",
    }
    items = studio.upload(*[(raw, photo(number)) for number, raw in enumerate(names)])
    assert [item["asset"]["name"] for item in items] == list(names.values())


def test_a_folder_upload_keeps_the_folder_beside_the_name(studio: Studio) -> None:
    (item,) = studio.upload(("day 1/north/a.jpg", photo()))
    assert item["asset"]["name"] == "a.jpg"
    assert item["asset"]["metadata"] == {"folder": "day 1/north"}


@pytest.mark.parametrize("late", [False, True])
def test_metadata_goes_to_the_files_it_names(studio: Studio, late: bool) -> None:
    text = json.dumps({"a.jpg": {"external_id": "cam-1/0001", "site": {"row": 4}}})
    parts = [("files", ("a.jpg", photo(1))), ("files", ("b.jpg", photo(2)))]
    metadata = ("metadata", (None, text))
    ordered = [*parts, metadata] if late else [metadata, *parts]
    answer = studio.client.post(studio.address, files=ordered, headers=studio.manager.headers)
    assert answer.json()["accepted"] == 2
    by_name = {asset["name"]: asset for asset in studio.listed()}
    assert by_name["a.jpg"]["external_id"] == "cam-1/0001"
    assert by_name["a.jpg"]["metadata"] == {"site": {"row": 4}}
    assert by_name["b.jpg"]["external_id"] is None


def test_an_external_id_belongs_to_one_image(studio: Studio) -> None:
    text = json.dumps({name: {"external_id": "same"} for name in ("a.jpg", "b.jpg")})
    first, second = studio.upload(("a.jpg", photo(1)), ("b.jpg", photo(2)), metadata=text)
    assert first["status"] == "accepted"
    assert second["problem"]["code"] == "external-id-taken"


def test_metadata_that_cannot_be_kept_is_a_422(studio: Studio) -> None:
    for text in (
        "{",
        "[]",
        '{"a.jpg": 1}',
        '{"a.jpg": {"external_id": ""}}',
        '{"a.jpg": {"x": "\\u0000"}}',
        '{"a.jpg": {"x": "\\ud800"}}',
        '{"a.jpg": {"x": NaN}}',
    ):
        answer = studio.post(("a.jpg", photo()), metadata=text)
        assert (answer.status_code, answer.json()["code"]) == (422, "metadata-invalid"), text


def test_what_is_no_upload_is_a_422(studio: Studio) -> None:
    for content_type, body in (
        ("application/json", b"{}"),
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx"),
        ("multipart/form-data; boundary=b", b"nonsense"),
        ("multipart/form-data; boundary=b", b"--b--\r\n"),
    ):
        headers = {**studio.manager.headers, "Content-Type": content_type}
        answer = studio.client.post(studio.address, content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "upload-malformed"), body


def test_an_upload_that_breaks_off_keeps_the_whole_files_and_leaves_no_remains(
    studio: Studio,
) -> None:
    def body() -> Iterator[bytes]:
        for name, content in (("whole.jpg", photo(1)), ("half.jpg", photo(2)[:300])):
            yield (
                f'--b\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
            ).encode()
            yield content
            yield b"\r\n"

    headers = {**studio.manager.headers, "Content-Type": "multipart/form-data; boundary=b"}
    answer = studio.client.post(studio.address, content=body(), headers=headers)
    assert answer.status_code == 422
    assert [asset["name"] for asset in studio.listed()] == ["whole.jpg"]
    home = studio.resources.settings.home
    assert list((home / "incoming").iterdir()) == []


def test_strangers_and_labelers_may_not_upload(studio: Studio) -> None:
    stranger = studio.world.person(Role.OWNER)
    labeler = studio.world.colleague(studio.manager, Role.LABELER)
    engineer = studio.world.colleague(studio.manager, Role.ML)
    files = [("files", ("a.jpg", photo()))]
    statuses = {
        person.email: studio.client.post(
            studio.address, files=files, headers=person.headers
        ).status_code
        for person in (stranger, labeler, engineer)
    }
    assert list(statuses.values()) == [404, 403, 200]
    assert studio.client.post(studio.address, files=files).status_code == 401


def test_an_archived_project_takes_no_images(studio: Studio) -> None:
    project = f"/api/v1/projects/{studio.project_id}"
    studio.client.patch(project, json={"state": "archived"}, headers=studio.manager.headers)
    assert studio.post(("a.jpg", photo())).json()["code"] == "project-archived"


def peak_of_upload(studio: Studio, parts: Iterator[tuple[str, Iterator[bytes]]]) -> Peak:
    """Takes in a request without HTTP: the test client would hold its body in memory."""

    async def body() -> AsyncIterator[bytes]:
        for name, content in parts:
            head = f'Content-Disposition: form-data; name="files"; filename="{name}"'
            yield f"--b\r\n{head}\r\n\r\n".encode()
            for piece in content:
                yield piece
            yield b"\r\n"
        yield b"--b--\r\n"

    async def upload() -> list[UploadOutcome]:
        return await receive_upload(
            body(),
            "multipart/form-data; boundary=b",
            studio.project_id,
            studio.resources,
            lambda: studio.world.work_of(studio.manager),
        )

    tracemalloc.start()
    open_files = len(list(Path("/proc/self/fd").iterdir()))
    # In a thread of its own: in this one the browser tests before may have left a loop running.
    with ThreadPoolExecutor(max_workers=1) as thread:
        outcomes = thread.submit(anyio.run, upload).result()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Peak(outcomes, peak, len(list(Path("/proc/self/fd").iterdir())) - open_files)


def test_a_huge_file_leaves_memory_flat(studio: Studio) -> None:
    piece = bytes(range(256)) * 4096
    found = peak_of_upload(studio, iter([("huge.bin", repeat(piece, 100))]))
    assert [type(outcome.error) for outcome in found.outcomes] == [NotAnImage]
    assert found.bytes < 12 * MIB


def test_many_files_leave_memory_flat_and_no_file_open(studio: Studio) -> None:
    """Half a megabyte each, good and bad ones: a form parser would keep them until the end."""
    images = [encoded(gradient(400 + n, 400), "BMP") for n in range(4)]
    broken = [image[:-5000] for image in images]

    def parts() -> Iterator[tuple[str, Iterator[bytes]]]:
        for number in range(200):
            content = (images if number % 2 else broken)[number % 4]
            yield f"{number}.bmp", iter([content[:70_000], content[70_000:]])

    found = peak_of_upload(studio, parts())
    statuses = Counter(outcome.status.value for outcome in found.outcomes)
    assert statuses == {"accepted": 2, "duplicate": 98, "rejected": 100}
    assert found.bytes < 16 * MIB
    assert found.left_open <= 8  # the database's and the loop's own


def test_other_slices_ingest_streams_and_paths(studio: Studio) -> None:
    path = studio.resources.settings.home / "source.jpg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(photo(1))
    with studio.world.work_of(studio.manager) as work:
        from_path = ingest_file(work, studio.project_id, path, "from-path.jpg")
        from_stream = ingest_file(work, studio.project_id, _stream(photo(2)), "from-stream.jpg")
        refused = ingest_file(work, studio.project_id, _stream(b"<svg/>"), "drawing.jpg")
    assert from_path.asset is not None
    assert isinstance(from_path.asset.id, UUID)
    assert from_stream.status == "accepted"
    assert refused.error is not None
    assert {asset["name"] for asset in studio.listed()} == {"from-path.jpg", "from-stream.jpg"}


def _stream(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)
