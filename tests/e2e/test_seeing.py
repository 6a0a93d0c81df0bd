"""How image and masks are shown: used by mouse and keyboard, compared with numpy's pixels."""

import re
from base64 import b64decode
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.display.generate import deep_photograph, photograph
from tests.display.reference import Image8, equalized, filtered, windowed
from tests.e2e.labeling import EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

WIDTH, HEIGHT = 640, 480
#: Browsers mix channels with floating point of their own.
ROUNDING = 2


@pytest.fixture(scope="module")
def labeling(stack: Stack) -> Iterator[Labeling]:
    content = BytesIO()
    Image.fromarray(photograph(HEIGHT, WIDTH)).save(content, "PNG")
    with labeling_project(stack, files=[("photograph.png", content.getvalue())]) as project:
        yield project


@pytest.fixture
def hands(page: Page, labeling: Labeling) -> EditorHands:
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    page.get_by_role("button", name="Image and masks").click()
    return hands


def on_screen(hands: EditorHands) -> Image8:
    """The image as a person sees it, with all that the browser does to it."""
    hands.page.mouse.move(2, 2)
    x, y = hands.origin()
    clip = {"x": x, "y": y, "width": WIDTH, "height": HEIGHT}
    shot = hands.page.screenshot(clip=clip)  # type: ignore[arg-type]
    return np.asarray(Image.open(BytesIO(shot)).convert("RGB"))


def expect_on_screen(hands: EditorHands, expected: Image8) -> None:
    """What is made off the page's thread follows within moments."""
    worst = 255
    for _ in range(50):
        difference = on_screen(hands).astype(np.int16) - expected
        worst = int(np.abs(difference).max())
        if worst <= ROUNDING:
            return
        hands.page.evaluate("() => new Promise(requestAnimationFrame)")
    raise AssertionError(f"The screen differs from what numpy computes by {worst} grey levels.")


def slide(page: Page, name: str, value: float) -> None:
    page.get_by_role("slider", name=name).fill(str(value))


def test_filters_show_what_numpy_computes_and_are_reset_by_one_key(hands: EditorHands) -> None:
    page, image = hands.page, photograph(HEIGHT, WIDTH)
    expect_on_screen(hands, image)
    adjusted: dict[str, Any] = {"brightness": 15, "contrast": 30, "saturation": -40}
    for name, value in adjusted.items():
        slide(page, name.capitalize(), value)
    expect_on_screen(hands, filtered(image, adjusted))
    page.get_by_label("Invert").check()
    page.get_by_role("button", name="G", exact=True).click()
    expect_on_screen(hands, filtered(image, {**adjusted, "isInverted": True, "channel": "green"}))
    expect(page.get_by_role("button", name="Image adjusted · Reset")).to_be_visible()

    page.keyboard.press("Shift+I")
    expect_on_screen(hands, image)
    for button, kind in (("Whole", "global"), ("Local", "local")):
        page.get_by_role("button", name=button, exact=True).click()
        expect_on_screen(hands, equalized(image, kind))
    slide(page, "Gamma", 1)
    expect_on_screen(hands, filtered(equalized(image, "local"), {"gamma": 2}))

    # Remembered for this person and project, and nothing of it is in the labels.
    page.reload()
    hands.wait_for_task()
    expect_on_screen(hands, filtered(equalized(image, "local"), {"gamma": 2}))
    page.keyboard.press("Shift+I")
    expect_on_screen(hands, image)
    assert hands.labeling.draft() == []


def test_a_window_shows_what_sixteen_bits_hide(page: Page, stack: Stack) -> None:
    samples = deep_photograph(HEIGHT, WIDTH)
    content = BytesIO()
    Image.fromarray(samples).save(content, "TIFF")
    with labeling_project(stack, files=[("scan.tif", content.getvalue())]) as project:
        sign_in(page)
        hands = EditorHands(page, project).open()
        page.get_by_role("button", name="Image and masks").click()
        slide(page, "Window", 1000)
        slide(page, "Level", 4000)
        grey = windowed(samples, 3500, 4500)
        expect_on_screen(hands, np.repeat(grey[..., np.newaxis], 3, axis=2))
        slide(page, "Level", 5000)
        grey = windowed(samples, 4500, 5500)
        expect_on_screen(hands, np.repeat(grey[..., np.newaxis], 3, axis=2))


def test_objects_stay_in_view_beside_all_settings_on_a_small_screen(
    page: Page, stack: Stack
) -> None:
    content = BytesIO()
    Image.fromarray(deep_photograph(HEIGHT, WIDTH)).save(content, "TIFF")
    page.set_viewport_size({"width": 1024, "height": 768})
    with labeling_project(stack, files=[("scan.tif", content.getvalue())]) as project:
        sign_in(page)
        hands = EditorHands(page, project).open()
        hands.paint("1", (100, 100), (200, 120))
        hands.paint("2", (100, 200), (200, 220))
        page.get_by_role("button", name="Image and masks").click()
        for row in page.locator(".object-row").all():
            expect(row).to_be_in_viewport(ratio=1)
        for top in (260, 320, 380):
            hands.paint("1", (100, top), (200, top + 20))
        page.locator(".object-row__choose").first.click()
        expect(page.locator(".object-row[data-selected]")).to_be_in_viewport(ratio=1)
        page.keyboard.press("Shift+Tab")
        expect(page.locator(".object-row[data-selected]")).to_contain_text("Car 4")
        expect(page.locator(".object-row[data-selected]")).to_be_in_viewport(ratio=1)
        expect(page.locator(".panel-section--selected")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("slider", name="Level")).to_be_in_viewport(ratio=1)


def test_a_window_holds_at_full_depth_where_an_image_comes_in_tiles(
    page: Page, stack: Stack
) -> None:
    samples = deep_photograph(300, 4200)
    content = BytesIO()
    Image.fromarray(samples).save(content, "TIFF")
    with labeling_project(stack, files=[("slide.tif", content.getvalue())]) as project:
        sign_in(page)
        EditorHands(page, project).open()
        page.get_by_role("button", name="Image and masks").click()
        slide(page, "Window", 1000)
        for level in (4000, 5000):
            slide(page, "Level", level)
            grey = windowed(samples, level - 500, level + 500)
            wait_until(
                lambda grey=grey: is_part_of(middle_of_image(page), grey),  # type: ignore[misc]
                "the middle of the view showed sixteen bits through the window",
            )


def middle_of_image(page: Page) -> npt.NDArray[np.int16]:
    """A row of grey levels, at one image pixel per screen pixel."""
    return layer_pixels(page, "image")[..., 0].astype(np.int16)[:, 300:600]


def is_part_of(shown: npt.NDArray[np.int16], whole: npt.NDArray[np.uint8]) -> bool:
    """Whether the middle row of the view is a piece of the image's middle row."""
    row = shown[shown.shape[0] // 2]
    for line in whole[whole.shape[0] // 2 - 1 : whole.shape[0] // 2 + 2].astype(np.int16):
        pieces = np.lib.stride_tricks.sliding_window_view(line, len(row))
        if int(np.abs(pieces - row).max(axis=1).min()) <= ROUNDING:
            return True
    return False


def layer_pixels(page: Page, layer: str) -> npt.NDArray[np.uint8]:
    """RGBA of a canvas, (height, width, 4)."""
    size, values = page.evaluate(
        """(layer) => {
          const canvas = document.querySelector(`canvas[data-layer=${layer}]`)
          const { width, height } = canvas
          const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
          return [[height, width], btoa(Array.from(data, (v) => String.fromCharCode(v)).join(''))]
        }""",
        layer,
    )
    return np.frombuffer(b64decode(values), np.uint8).reshape(*size, 4)


def drawn_pixels(page: Page) -> int:
    """How many pixels of the view's masks are covered at all."""
    return int(
        page.evaluate(
            """() => {
              let covered = 0
              for (const cell of document.querySelectorAll('[data-layer=masks] canvas')) {
                const { width, height } = cell
                const picture = new OffscreenCanvas(width, height).getContext('2d')
                picture.drawImage(cell, 0, 0)
                const { data } = picture.getImageData(0, 0, width, height)
                for (let at = 3; at < data.length; at += 4) covered += data[at] > 0
              }
              return covered
            }"""
        )
    )


def test_aids_help_to_find_ones_way_and_leave_the_image_alone(hands: EditorHands) -> None:
    page = hands.page
    minimap = page.get_by_role("img", name=re.compile("^Minimap"))
    expect(minimap).to_be_hidden()  # nothing floats over the work while all of it is on screen
    hands.paint("1", (300, 200), (360, 200))
    hands.expect_objects(1)
    page.keyboard.press("Escape")

    filled = drawn_pixels(page)
    page.keyboard.press("Shift+O")
    wait_until(lambda: drawn_pixels(page) < 0.5 * filled, "only outlines were drawn")
    page.keyboard.press("Shift+O")
    wait_until(lambda: drawn_pixels(page) > 0.8 * filled, "the fill was back")

    page.keyboard.press("Shift+V")
    expect(page.locator("canvas[data-layer=second-image]")).to_be_attached()
    page.keyboard.press("0")
    wait_until(
        lambda: np.array_equal(layer_pixels(page, "second-image"), layer_pixels(page, "image")),
        "both views showed the same",
    )
    page.keyboard.press("Shift+V")
    page.keyboard.press("z")

    page.keyboard.press("Shift+C")
    x, y = hands.origin()
    page.mouse.move(x + 100, y + 50)
    line = page.locator("[data-layer=crosshair-x]")
    wait_until(
        lambda: (box := line.bounding_box()) is not None and round(box["x"]) == round(x + 100),
        "the crosshair stood where the pointer is",
    )
    page.keyboard.press("Shift+C")

    for _ in range(6):
        page.keyboard.press("+")
    expect(page.locator("canvas[data-layer=pixel-grid]")).to_be_attached()
    page.keyboard.press("Shift+G")
    expect(page.locator("canvas[data-layer=pixel-grid]")).not_to_be_attached()
    page.keyboard.press("Shift+G")

    expect(minimap).to_be_visible()
    box = minimap.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    view = page.locator(".stage__canvas").bounding_box()
    assert view is not None
    page.mouse.move(view["x"] + view["width"] / 2, view["y"] + view["height"] / 2)
    expect(page.locator(".status-bar__pointer")).to_have_text(
        re.compile(r"x (159|160)\s+y (359|360)")
    )

    page.keyboard.press("z")
    page.keyboard.press("Shift+R")
    hands.drag((100, 100), (160, 180))
    wait_until(
        lambda: bool(layer_pixels(page, "overlay")[..., 3].any()), "the measured line was drawn"
    )
    hands.expect_objects(1)


def test_objects_say_by_colour_and_in_words_which_tool_made_them(
    hands: EditorHands, labeling: Labeling
) -> None:
    page = hands.page
    page.get_by_role("button", name="Maker").click()
    before = {each["key"] for each in labeling.draft()}
    hands.paint("1", (330, 300), (420, 300))
    hands.expect_objects(len(before) + 1)
    page.keyboard.press("p")
    page.keyboard.press("Escape")
    for corner in ((450, 400), (560, 400), (560, 460)):
        hands.click(corner)
    page.keyboard.press("Enter")
    hands.expect_objects(len(before) + 2)

    legend = page.locator(".display-settings__legend")
    expect(legend).to_contain_text("Brush")
    expect(legend).to_contain_text("Pen")
    expect(page.get_by_text("Maker: Pen")).to_be_visible()
    page.keyboard.press("b")
    hands.drag((500, 450), (580, 450))
    expect(page.get_by_text("Maker: Pen · last changed with: Brush")).to_be_visible()
    hands.expect_save_state("saved")
    made = [each["provenance"] for each in labeling.draft() if each["key"] not in before]
    assert made == [{"tool": "brush"}, {"tool": "pen", "last_tool": "brush"}]
