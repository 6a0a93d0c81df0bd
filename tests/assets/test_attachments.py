"""Files beside an image: what they are is decided from their bytes, and they harm nobody."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx2 import Response
from PIL import Image

from maskwright.accounts.domain import Role
from tests.assets.conftest import Studio, limit
from tests.support.world import Person

MP4 = b"\0\0\0\x18ftypmp42" + bytes(64)
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + bytes(32)
PAGE = b"<!doctype html><title>Report</title><script>parent.document.title = 'gone'</script>"


def picture(format_: str = "PNG", size: tuple[int, int] = (8, 6)) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, (200, 10, 10)).save(content, format_)
    return content.getvalue()


@pytest.fixture
def asset_id(studio: Studio) -> UUID:
    (item,) = studio.upload(("photo.png", picture()))
    return UUID(item["asset"]["id"])


def post(
    studio: Studio,
    asset_id: UUID,
    name: str,
    content: bytes,
    *,
    role: str | None = None,
    by: Person | None = None,
) -> Response:
    return studio.client.post(
        f"/api/v1/assets/{asset_id}/attachments",
        files={"file": (name, content, "application/octet-stream")},
        data={} if role is None else {"role": role},
        headers=(by or studio.manager).headers,
    )


def attached(studio: Studio, asset_id: UUID, name: str, content: bytes, **more: Any) -> Any:
    answer = post(studio, asset_id, name, content, **more)
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.mark.parametrize(
    ("content", "kind", "media_type"),
    [
        ("Links oben liegt die Milz — bitte prüfen.".encode(), "text", "text/plain; charset=utf-8"),
        (b"\xef\xbb\xbfwith a mark at its start", "text", "text/plain; charset=utf-8"),
        (b"BMI 22.4, no findings", "text", "text/plain; charset=utf-8"),
        (b"a < b and b > c", "text", "text/plain; charset=utf-8"),
        (PAGE, "html", "text/html; charset=utf-8"),
        (b"\n <!-- made by a tool -->\n<table><tr><td>1", "html", "text/html; charset=utf-8"),
        (b"<svg onload='alert(1)'>", "html", "text/html; charset=utf-8"),
        (picture("PNG"), "image", "image/png"),
        (picture("JPEG"), "image", "image/jpeg"),
        (picture("WEBP"), "image", "image/webp"),
        (MP4, "video", "video/mp4"),
        (WEBM, "video", "video/webm"),
    ],
)
def test_the_bytes_decide_what_a_file_is_whatever_it_is_called(
    studio: Studio, asset_id: UUID, content: bytes, kind: str, media_type: str
) -> None:
    for name in ("honest.bin", "scan.png", "page.html"):
        made = attached(studio, asset_id, name, content)
        assert (made["kind"], made["media_type"], made["name"]) == (kind, media_type, name)
        file = studio.client.get(made["url"])
        assert file.content == content
        assert file.headers["content-type"] == media_type
        assert file.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in file.headers["content-security-policy"]


def test_a_page_is_handed_out_so_that_it_can_run_nothing_and_reach_nobody(
    studio: Studio, asset_id: UUID
) -> None:
    file = studio.client.get(attached(studio, asset_id, "report.html", PAGE)["url"])
    policy = file.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "allow-" not in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert file.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n\x00binary",
        b"PK\x03\x04" + bytes(40),
        b"\x7fELF" + bytes(40),
        b"caf\xe9, in an old encoding",
        b"GIF89a" + bytes(40),
        b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(40),
        picture("TIFF"),
    ],
)
def test_what_no_browser_shows_safely_is_refused(
    studio: Studio, asset_id: UUID, content: bytes
) -> None:
    answer = post(studio, asset_id, "photo.png", content)
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/attachment-refused")


def test_a_damaged_image_and_an_empty_file_say_so(studio: Studio, asset_id: UUID) -> None:
    broken = post(studio, asset_id, "photo.png", picture()[:20])
    empty = post(studio, asset_id, "notes.txt", b"")
    assert (broken.status_code, empty.status_code) == (422, 422)
    assert empty.json()["type"].endswith("/file-empty")


def test_what_is_too_large_is_refused_while_it_arrives(
    studio: Studio, asset_id: UUID, app: FastAPI
) -> None:
    assert post(studio, asset_id, "long.txt", b"word " * 500_000).status_code == 413
    limit(studio, app, attachment_bytes=1000)
    assert post(studio, asset_id, "clip.mp4", MP4 + bytes(2000)).status_code == 413
    assert post(studio, asset_id, "clip.mp4", MP4 + bytes(100_000)).status_code == 413
    assert studio.get(f"/api/v1/assets/{asset_id}/attachments").json() == {"items": []}


def test_only_an_image_can_be_laid_over_the_image(studio: Studio, asset_id: UUID) -> None:
    assert attached(studio, asset_id, "nir.png", picture(), role="overlay")["role"] == "overlay"
    assert post(studio, asset_id, "notes.txt", b"words", role="overlay").status_code == 422
    assert post(studio, asset_id, "nir.png", picture(), role="below").status_code == 422


def test_a_request_without_a_file_or_with_two_is_refused(studio: Studio, asset_id: UUID) -> None:
    address = f"/api/v1/assets/{asset_id}/attachments"
    headers = studio.manager.headers
    two = [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]
    none = studio.client.post(address, data={"role": "beside"}, headers=headers)
    assert studio.client.post(address, files=two, headers=headers).status_code == 422
    assert none.status_code == 422


def test_attachments_are_listed_oldest_first_until_they_are_deleted(
    studio: Studio, asset_id: UUID
) -> None:
    first = attached(studio, asset_id, "one.txt", b"one")
    second = attached(studio, asset_id, "two.txt", b"two")
    listed = studio.get(f"/api/v1/assets/{asset_id}/attachments").json()["items"]
    assert [item["id"] for item in listed] == [first["id"], second["id"]]
    address = f"/api/v1/attachments/{first['id']}"
    assert studio.client.delete(address, headers=studio.manager.headers).status_code == 204
    listed = studio.get(f"/api/v1/assets/{asset_id}/attachments").json()["items"]
    assert [item["id"] for item in listed] == [second["id"]]
    assert studio.client.get(first["url"]).status_code == 404


def test_a_link_holds_for_its_own_attachment_only(studio: Studio, asset_id: UUID) -> None:
    one = attached(studio, asset_id, "one.txt", b"one")
    two = attached(studio, asset_id, "two.txt", b"two")
    forged = two["url"].split("?")[0] + "?" + one["url"].split("?")[1]
    assert studio.client.get(forged).status_code == 403
    assert studio.client.get(two["url"].split("?")[0]).status_code == 401


def test_an_image_takes_no_more_than_fifty(
    studio: Studio, asset_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maskwright.assets.attachments.service.MAX_PER_SUBJECT", 1)
    attached(studio, asset_id, "one.txt", b"one")
    answer = post(studio, asset_id, "two.txt", b"two")
    assert answer.status_code == 409
    assert answer.json()["type"].endswith("/too-many-attachments")


def test_a_class_has_reference_images_that_every_labeler_sees(studio: Studio) -> None:
    class_id = studio.world.classes(studio.manager, studio.project_id, "car")["car"]
    address = f"/api/v1/projects/{studio.project_id}/classes/{class_id}/references"
    headers = studio.manager.headers
    file = {"file": ("typical.jpg", picture("JPEG"))}
    made = studio.client.post(address, files=file, headers=headers)
    assert made.status_code == 201, made.text
    assert made.json()["class_id"] == str(class_id)
    text = studio.client.post(address, files={"file": ("a.txt", b"words")}, headers=headers)
    assert text.status_code == 422

    labeler = studio.world.colleague(studio.manager, Role.LABELER)
    listed = studio.client.get(
        f"/api/v1/projects/{studio.project_id}/class-references", headers=labeler.headers
    )
    assert [item["id"] for item in listed.json()["items"]] == [made.json()["id"]]
    forbidden = studio.client.post(address, files=file, headers=labeler.headers)
    assert forbidden.status_code == 403


def test_a_class_of_another_project_gets_no_reference_here(studio: Studio) -> None:
    other = studio.world.project(studio.manager)
    foreign = studio.world.classes(studio.manager, other, "car")["car"]
    address = f"/api/v1/projects/{studio.project_id}/classes/{foreign}/references"
    file = {"file": ("typical.png", picture())}
    answer = studio.client.post(address, files=file, headers=studio.manager.headers)
    assert answer.status_code == 404


def test_pictures_of_instructions_are_the_projects_own(studio: Studio) -> None:
    path = f"/api/v1/projects/{studio.project_id}/attachments"

    def add(name: str, content: bytes, by: Person) -> Response:
        file = (name, content, "application/octet-stream")
        return studio.client.post(path, files={"file": file}, headers=by.headers)

    labeler = studio.world.colleague(studio.manager, Role.LABELER)
    added = add("kerb.png", picture(), studio.manager)
    assert added.status_code == 201, added.text
    assert (added.json()["asset_id"], added.json()["class_id"]) == (None, None)
    assert add("rules.txt", b"Read this.", studio.manager).json()["code"] == "attachment-refused"
    assert add("kerb.png", picture(), labeler).status_code == 403

    [listed] = studio.client.get(path, headers=labeler.headers).json()["items"]
    assert listed["id"] == added.json()["id"]
    assert studio.client.get(listed["url"]).content == picture()
    references = f"/api/v1/projects/{studio.project_id}/class-references"
    assert studio.client.get(references, headers=labeler.headers).json()["items"] == []

    gone = studio.client.delete(f"/api/v1/attachments/{listed['id']}", headers=labeler.headers)
    assert gone.status_code == 403
