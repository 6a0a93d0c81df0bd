"""The whole way once, as three people go it: a manager sets a project up in the browser, an invited
labeler paints, and the ML team reads the export."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect
from pycocotools import mask as coco_masks
from pycocotools.coco import COCO
from skimage import data

from tests.e2e.labeling import EditorHands, Labeling, sent_json
from tests.support.stack import OWNER_EMAIL, OWNER_PASSWORD, Stack
from tests.support.waiting import wait_until

# pycocotools 2 is written against the array protocol of numpy 1.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

LABELER_PASSWORD = "a quiet afternoon in autumn"
PHOTOGRAPHS = ("chelsea.png", "coffee.png")


@pytest.fixture
def labelers_context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    """The labeler sits at another computer."""
    opened = browser.new_context(base_url=stack.address, viewport={"width": 1024, "height": 768})
    yield opened
    opened.close()


def test_from_an_empty_page_to_masks_in_pycocotools(
    stack: Stack, page: Page, labelers_context: BrowserContext, tmp_path: Path
) -> None:
    sign_in_by_hand(page)
    project_id = create_project(page, "Cats and cups")
    draw_up_ontology(page, "Cat", "Cup")
    upload_photographs(page)
    invitation = invite_labeler(page)

    desk = labelers_context.new_page()
    accept(desk, invitation)
    with closing(stack.signed_in()) as api:
        painted = paint_both(desk, Labeling(project_id, api, stack, {}))
        look_at_the_label(page, project_id)
        archive = export_and_download(page, project_id, tmp_path)
        read_back(archive, painted, api)


def sign_in_by_hand(page: Page) -> None:
    page.goto("/")
    page.get_by_label("E-mail").fill(OWNER_EMAIL)
    page.get_by_label("Password").fill(OWNER_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Projects")).to_be_visible()


def create_project(page: Page, name: str) -> str:
    page.get_by_role("button", name=re.compile("Create")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_role("button", name="Create project").click()
    page.wait_for_url(re.compile(r"/projects/[0-9a-f-]{36}"))
    found = re.search(r"/projects/([0-9a-f-]{36})", page.url)
    assert found
    return found.group(1)


def draw_up_ontology(page: Page, *names: str) -> None:
    page.get_by_role("link", name="Ontology", exact=True).click()
    for name in names:
        page.get_by_label("New class").fill(name)
        page.keyboard.press("Enter")
    page.get_by_role("button", name="Save ontology").click()
    expect(page.get_by_text("Version 1 · 2 classes")).to_be_visible()


def upload_photographs(page: Page) -> None:
    page.get_by_role("link", name="Data", exact=True).click()
    folder = Path(data.__file__).parent
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Upload images").first.click()
    chooser.value.set_files([folder / name for name in PHOTOGRAPHS])
    images = page.get_by_role("list", name="Images")
    for name in PHOTOGRAPHS:
        expect(images.get_by_role("button", name=re.compile(f"{name}.*To label"))).to_be_visible()


def invite_labeler(page: Page) -> str:
    page.get_by_role("link", name="Team").click()
    page.get_by_role("button", name="Invite").first.click()
    page.get_by_role("button", name="Create invitation link").click()
    link = page.get_by_role("dialog").locator("pre").inner_text()
    assert "/invitations/" in link
    return link


def accept(page: Page, invitation: str) -> None:
    page.goto(invitation)
    page.get_by_label("Your name").fill("Lena")
    page.get_by_label("E-mail").fill("lena@example.com")
    page.get_by_label("Password").fill(LABELER_PASSWORD)
    page.get_by_role("button", name="Accept and sign in").click()
    expect(page.get_by_role("link", name=re.compile("Start labeling")).first).to_be_visible()


def paint_both(page: Page, labeling: Labeling) -> dict[str, list[dict[str, Any]]]:
    """A stroke of each class on either photograph; what was submitted, by image name."""
    submitted: dict[str, list[dict[str, Any]]] = {}
    page.on("request", lambda request: note_submission(request, submitted))
    hands = EditorHands(page, labeling).open()
    name = page.locator(".editor-header__asset")
    for number, _ in enumerate(PHOTOGRAPHS, start=1):
        shown = name.inner_text()
        page.keyboard.press("1")
        hands.drag((60, 60), (200, 90))
        page.keyboard.press("2")
        hands.drag((60, 160), (200, 120 + 40 * number))
        page.keyboard.press("Control+Enter")
        wait_until(partial(is_submitted, labeling, number), "the label was submitted")
        if number < len(PHOTOGRAPHS):
            expect(name).not_to_have_text(shown)
            hands.wait_for_task()
    return submitted


def is_submitted(labeling: Labeling, number: int) -> bool:
    return labeling.counts()["submitted"] == number


def note_submission(request: Request, submitted: dict[str, list[dict[str, Any]]]) -> None:
    if request.url.endswith("/submit"):
        submitted[request.url] = sent_json(request)["objects"]


def look_at_the_label(page: Page, project_id: str) -> None:
    """The manager sees the masks over the image, in the class's colour."""
    page.goto(f"/projects/{project_id}/data")
    page.get_by_role("list", name="Images").get_by_role(
        "button", name=re.compile("coffee.png.*Submitted")
    ).click()
    masks = page.get_by_role("img", name="2 objects of version 1")
    expect(masks).to_be_visible()
    opaque = "canvas => canvas.getContext('2d').getImageData(0, 0, 600, 400).data.some(v => v > 0)"
    wait_until(lambda: masks.evaluate(opaque), "the masks were painted")


def export_and_download(page: Page, project_id: str, folder: Path) -> Path:
    page.goto(f"/projects/{project_id}/exports")
    page.get_by_role("button", name=re.compile("Start export|Export")).first.click()
    with page.expect_download() as download:
        page.get_by_label(re.compile("Download")).first.click()
    archive = folder / "export.zip"
    download.value.save_as(archive)
    return archive


def read_back(archive: Path, submitted: dict[str, list[dict[str, Any]]], api: httpx.Client) -> None:
    """pycocotools sees each mask that the browser sent, pixel for pixel, under its class."""
    assert len(submitted) == len(PHOTOGRAPHS)
    with zipfile.ZipFile(archive) as opened:
        opened.extract("annotations/instances.json", archive.parent)
    coco = COCO(archive.parent / "annotations" / "instances.json")
    assert sorted(image["file_name"] for image in coco.loadImgs(coco.getImgIds())) == [*PHOTOGRAPHS]
    assert [c["name"] for c in coco.loadCats(coco.getCatIds())] == ["Cat", "Cup"]
    expected = [
        coco_masks.decode(sent["mask"]) for objects in submitted.values() for sent in objects
    ]
    found = [coco.annToMask(one) for one in coco.loadAnns(coco.getAnnIds())]
    assert len(found) == len(expected) == 2 * len(PHOTOGRAPHS)
    for mask in expected:
        assert mask.sum() > 0
        assert any(other.shape == mask.shape and np.array_equal(other, mask) for other in found)
