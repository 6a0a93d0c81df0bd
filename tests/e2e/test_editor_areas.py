"""Fills, areas by colour, superpixels and work on whole objects, by mouse and keyboard."""

from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from uuid import uuid4

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.labeling import BLUE, RED, EditorHands, Labeling, car_class, person_class, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

WIDTH, HEIGHT = 640, 480
#: Left, top, right, bottom of the blue square on the red image.
SQUARE = (200, 150, 360, 310)


@pytest.fixture
def hands(page: Page, stack: Stack) -> Iterator[EditorHands]:
    """A red image with a blue square, open at 100 %."""
    with closing(stack.signed_in()) as api:
        project = api.post("/projects", json={"name": f"Areas {uuid4().hex[:8]}"}).json()["id"]
        classes = [car_class(), person_class()]
        api.put(f"/projects/{project}/ontology", json={"classes": classes}).raise_for_status()
        file = [("files", ("square.png", square_png(), "image/png"))]
        api.post(f"/projects/{project}/assets", files=file).raise_for_status()
        labeling = Labeling(project, api, stack, {})
        wait_until(lambda: labeling.counts()["to_label"] == 1, "the image was ready")
        sign_in(page)
        yield EditorHands(page, labeling).open()


def square_png() -> bytes:
    pixels = np.full((HEIGHT, WIDTH, 3), RED, dtype=np.uint8)
    left, top, right, bottom = SQUARE
    pixels[top:bottom, left:right] = BLUE
    file = BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    return file.getvalue()


def button(hands: EditorHands, name: str) -> Locator:
    return hands.page.get_by_role("toolbar", name="Tool settings").get_by_role("button", name=name)


def expect_areas(hands: EditorHands, expected: dict[str, str]) -> None:
    wait_until(
        lambda: hands.areas() == expected,
        f"the objects were {expected}",
    )


def test_the_wand_takes_the_colour_under_the_cursor_and_the_bucket_the_rest(
    hands: EditorHands,
) -> None:
    keyboard = hands.page.keyboard
    keyboard.press("w")
    hands.click((250, 200))
    expect_areas(hands, {"Car 1": "25.6 k px"})

    keyboard.press("f")
    keyboard.press("Escape")
    keyboard.press("2")
    hands.click((20, 20))
    expect_areas(hands, {"Car 1": "25.6 k px", "Person 1": "281.6 k px"})

    keyboard.press("Control+z")
    keyboard.press("Control+z")
    hands.expect_objects(0)
    hands.expect_save_state("saved")


def test_the_threshold_starts_between_dark_and_bright_and_enter_applies_it(
    hands: EditorHands,
) -> None:
    keyboard = hands.page.keyboard
    keyboard.press("Shift+w")
    button(hands, "B").click()
    expect(hands.page.get_by_role("img", name="Histogram")).to_have_attribute(
        "aria-label", "Histogram; range 41 to 255"
    )
    wait_until(lambda: is_ghost_shown(hands), "the preview was on the screen")
    keyboard.press("Enter")
    hands.expect_objects(1)
    (area,) = hands.areas().values()
    assert area == "25.6 k px"


def is_ghost_shown(hands: EditorHands) -> bool:
    shown: bool = hands.page.evaluate(
        """() => {
          const canvases = [...document.querySelectorAll('canvas[data-layer^=ghost]')]
          return canvases.some((canvas) => {
            const { width, height } = canvas
            const copy = new OffscreenCanvas(width, height).getContext('2d')
            copy.drawImage(canvas, 0, 0)
            const { data } = copy.getImageData(0, 0, width, height)
            return data.some((value, index) => index % 4 === 3 && value > 0)
          })
        }"""
    )
    return shown


def has_ghost_of_segment(hands: EditorHands) -> bool:
    shown: bool = hands.page.evaluate(
        """() => {
          const frame = document.querySelector('[data-layer=ghost-frame]')
          return frame?.offsetWidth > 0 && getComputedStyle(frame).display !== 'none'
        }"""
    )
    return shown


def test_superpixels_follow_the_edges_and_a_second_pass_takes_them_away(
    hands: EditorHands,
) -> None:
    keyboard = hands.page.keyboard
    keyboard.press("s")
    slider = hands.page.get_by_role("slider", name="Detail")
    expect(slider).to_be_enabled()
    wait_until(lambda: is_ghost_shown(hands), "the borders were on the screen")
    x, y = hands.origin()
    hands.page.mouse.move(x + 280, y + 230)
    wait_until(lambda: has_ghost_of_segment(hands), "the segment under the pointer was shown")
    # Nothing stays lit where no pointer is: a pen that was lifted off points at nothing.
    hands.page.mouse.move(5, 5)
    wait_until(lambda: not has_ghost_of_segment(hands), "it was not any more")
    slider.fill("0")
    hands.drag((210, 160), (350, 300), steps=20)
    hands.expect_objects(1)
    painted = thousands_of_pixels(hands)
    assert 1 < painted < 26, "segments end where the square does"
    hands.click((280, 230))
    wait_until(lambda: thousands_of_pixels(hands) < painted, "the segment was gone")
    keyboard.press("Control+z")
    wait_until(lambda: thousands_of_pixels(hands) == painted, "it was back")


def thousands_of_pixels(hands: EditorHands) -> float:
    areas = hands.areas().values()
    return sum(float(area.removesuffix(" px").removesuffix(" k")) for area in areas)


def test_objects_are_merged_separated_reshaped_copied_and_undone(hands: EditorHands) -> None:
    keyboard = hands.page.keyboard
    hands.paint("1", (60, 60), (140, 60))
    hands.paint("1", (60, 400), (140, 400))
    first = hands.areas()
    assert set(first) == {"Car 1", "Car 2"}

    keyboard.press("v")
    hands.drag((20, 20), (600, 460))
    button(hands, "Merge").click()
    hands.expect_objects(1)
    keyboard.press("Shift+U")
    hands.expect_objects(2)
    assert list(hands.areas().values()) == list(first.values())

    keyboard.press("Escape")
    hands.click((100, 60))
    button(hands, "Grow").click()
    hands.page.get_by_role("slider", name="by").fill("5")
    wait_until(lambda: is_ghost_shown(hands), "the preview was on the screen")
    keyboard.press("Enter")
    wait_until(lambda: hands.areas()["Car 1"] != first["Car 1"], "it has grown")
    keyboard.press("Control+z")
    wait_until(lambda: hands.areas()["Car 1"] == first["Car 1"], "it is as it was")

    keyboard.press("Control+c")
    keyboard.press("Control+v")
    hands.drag((100, 60), (400, 250))
    keyboard.press("Enter")
    hands.expect_objects(3)
    assert list(hands.areas().values())[-1] == first["Car 1"]
    keyboard.press("Control+z")
    hands.expect_objects(2)
    hands.expect_save_state("saved")
