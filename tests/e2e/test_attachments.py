"""What goes with an image, seen beside it and over it; and that a page can harm nobody."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.labeling import RED, EditorHands, Labeling, labeling_project, plain_png, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

SIZE = (320, 240)
GREEN = (0, 250, 0)
HOSTILE_PAGE = b"""<!doctype html><title>Report</title><p id=words>pH 6.4</p>
<script>
  document.getElementById('words').textContent = 'script ran'
  parent.document.title = 'reached'
  fetch('/api/v1/me')
</script>
<meta http-equiv=refresh content="0;url=javascript:parent.document.title='reached'">
<img src=x onerror="top.location='https://example.com/'">"""


@pytest.fixture(scope="module")
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=[RED], size=SIZE) as project:
        (asset,) = project.api.get(f"/projects/{project.id}/assets").json()["items"]
        address = f"/assets/{asset['id']}/attachments"
        overlay = ("band.png", plain_png(GREEN, (160, 120)))
        for file, role in (
            (("report.html", HOSTILE_PAGE), "beside"),
            (("notes.txt", b"Only the <b>upper</b> half counts."), "beside"),
            (overlay, "overlay"),
        ):
            answer = project.api.post(address, files={"file": file}, data={"role": role})
            answer.raise_for_status()
        car = project.class_ids["Car"]
        references = f"/projects/{project.id}/classes/{car}/references"
        project.api.post(references, files={"file": overlay}).raise_for_status()
        yield project


#: A moment of a canvas that turns from red to blue.
RECORDING = """async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 })
  const paint = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm' })
  const parts = []
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const ended = new Promise((done) => { recorder.onstop = done })
  recorder.start()
  for (let frame = 0; frame < 10; frame++) {
    paint.fillStyle = frame < 5 ? 'red' : 'blue'
    paint.fillRect(0, 0, 64, 48)
    await new Promise(requestAnimationFrame)
  }
  recorder.stop()
  await ended
  return Array.from(new Uint8Array(await new Blob(parts).arrayBuffer()))
}"""


def test_images_and_videos_are_shown_beside_the_image(page: Page, stack: Stack) -> None:
    with labeling_project(stack, images=[RED], size=SIZE) as project:
        (asset,) = project.api.get(f"/projects/{project.id}/assets").json()["items"]
        clip = bytes(page.evaluate(RECORDING))
        for file in (("before.png", plain_png(GREEN, (160, 120))), ("clip.webm", clip)):
            answer = project.api.post(f"/assets/{asset['id']}/attachments", files={"file": file})
            answer.raise_for_status()
        sign_in(page)
        EditorHands(page, project).open()
        page.keyboard.press("F2")
        panel = page.get_by_role("complementary", name="Attachments and class examples")
        image = panel.get_by_role("img", name="before.png")
        expect(image).to_be_visible()
        wait_until(
            lambda: image.evaluate("(img) => img.naturalWidth") == 160, "the image was there"
        )
        video = panel.locator("video")
        wait_until(lambda: video.evaluate("(v) => v.videoWidth") == 64, "the video was there")
        video.evaluate("(v) => v.play()")
        wait_until(lambda: video.evaluate("(v) => v.currentTime > 0"), "it was played")


def test_attachments_are_beside_the_image_and_cannot_reach_the_page(
    page: Page, labeling: Labeling
) -> None:
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    title = page.title()
    page.keyboard.press("1")
    page.keyboard.press("F2")
    panel = page.get_by_role("complementary", name="Attachments and class examples")
    expect(panel.get_by_text("Only the <b>upper</b> half counts.")).to_be_visible()
    frame = panel.frame_locator("iframe")
    expect(frame.locator("#words")).to_have_text("pH 6.4")
    assert page.title() == title
    assert not [url for url in asked if "/me" in url or "example.com" in url]
    expect(panel.get_by_role("region", name="Examples of Car").get_by_role("img")).to_be_visible()
    # Keys that are pressed in the report stay there, until the pointer is over the image again.
    frame.locator("#words").click()
    x, y = hands.origin()
    page.mouse.move(x + 30, y + 30)
    page.keyboard.press("2")
    expect(panel.get_by_text("This class has no reference images.")).to_be_visible()

    # Pulled at its corner the panel gets wider, and drawing goes on beside it.
    box = panel.bounding_box()
    assert box is not None
    corner = box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    page.mouse.move(*corner)
    page.mouse.down()
    page.mouse.move(corner[0] + 120, corner[1], steps=4)
    page.mouse.up()
    expect(panel).to_have_css("width", f"{box['width'] + 120:g}px")
    wait_until(lambda: hands.origin()[0] > corner[0] + 120, "the image was beside the panel")

    panel.get_by_role("button", name="Lay over the image").click()
    page.get_by_role("option", name="band.png").click()
    # Half red, half green; and nothing of it in what is saved.
    wait_until(lambda: near(middle(hands), mixed(RED, GREEN)), "the overlay was blended")
    panel.get_by_role("slider", name="Opacity").fill("100")
    wait_until(lambda: near(middle(hands), GREEN), "the overlay covered the image")
    page.keyboard.press("Escape")
    page.keyboard.press("F2")
    wait_until(lambda: near(middle(hands), RED), "the image was alone again")
    assert labeling.draft() == []


def middle(hands: EditorHands) -> tuple[int, ...]:
    """The colour that a person sees in the image's middle."""
    x, y = hands.origin()
    clip = {"x": x + SIZE[0] / 2, "y": y + SIZE[1] / 2, "width": 2, "height": 2}
    shot = hands.page.screenshot(clip=clip)  # type: ignore[arg-type]
    pixels = np.asarray(Image.open(BytesIO(shot)).convert("RGB"))
    return tuple(int(value) for value in pixels[0, 0])


def mixed(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple((a + b) // 2 for a, b in zip(one, other, strict=True))


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one, other, strict=True))
