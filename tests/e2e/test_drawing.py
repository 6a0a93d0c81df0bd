"""The drawing tools, by real mouse and keyboard: what a labeler does with each of them."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.labeling import EditorHands, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

SQUARE = ((100, 100), (300, 100), (300, 300), (100, 300))


@pytest.fixture(scope="module")
def opened(browser: Browser, stack: Stack) -> Iterator[EditorHands]:
    """One page for all these tests: opening it takes longer than any of them."""
    complaints: list[str] = []
    with labeling_project(stack) as labeling:
        page = browser.new_page(
            base_url=stack.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        sign_in(page)
        yield EditorHands(page, labeling).open()
        page.close()
    assert complaints == []


@pytest.fixture
def hands(opened: EditorHands) -> EditorHands:
    """The same image without objects, the first class, and drawing over."""
    keyboard = opened.page.keyboard
    for key in ("Escape", "Escape", "Control+a", "Delete", "1"):
        keyboard.press(key)
    opened.expect_objects(0)
    keyboard.press("b")
    opened.page.get_by_role("button", name="Over").click()
    return opened


def expect_sizes(hands: EditorHands, *sizes: str) -> None:
    """Areas of the objects in the order of the list, which is drawn a moment after the canvas."""
    expect(hands.page.locator(".object-row__area")).to_have_text([*sizes])


def thousands(hands: EditorHands, index: int) -> float:
    words = hands.page.locator(".object-row__area").nth(index).inner_text()
    return float(words.removesuffix(" k px"))


def polygon(hands: EditorHands, *corners: tuple[int, int]) -> None:
    """With Ctrl, so that points go where they are clicked."""
    hands.page.keyboard.press("g")
    hands.page.keyboard.down("Control")
    for corner in corners:
        hands.click(corner)
    hands.page.keyboard.up("Control")
    hands.page.keyboard.press("Enter")


def test_the_pen_draws_freehand_and_straight_in_one_outline(hands: EditorHands) -> None:
    page = hands.page
    page.keyboard.press("p")
    hands.drag((100, 100), (300, 100), steps=20)
    hands.click((300, 300))
    hands.click((500, 400))
    page.keyboard.press("Backspace")
    hands.click((100, 300))
    hands.drag((300, 300), (320, 300), steps=4)
    x, y = hands.origin()
    page.mouse.dblclick(x + 100, y + 300)
    hands.expect_objects(1)
    # The freehand line's upper edge, and the corner that was dragged before the outline closed.
    expect_sizes(hands, "42.0 k px")


def test_brushes_are_round_and_square_straight_and_as_large_as_one_drags(
    hands: EditorHands,
) -> None:
    page = hands.page
    page.keyboard.press("b")
    x, y = hands.origin()
    page.mouse.move(x + 200, y + 200)
    page.keyboard.down("Alt")
    page.mouse.down(button="right")
    page.mouse.move(x + 208, y + 200, steps=4)
    page.mouse.up(button="right")
    page.keyboard.up("Alt")
    expect(page.locator(".tool-bar output")).to_have_text("40 px")
    page.get_by_role("button", name="Square tip").click()
    hands.click((100, 100))
    page.keyboard.down("Shift")
    hands.click((300, 100))
    page.keyboard.up("Shift")
    expect_sizes(hands, "9600 px")
    page.keyboard.down("e")
    hands.drag((200, 60), (200, 140))
    page.keyboard.up("e")
    expect_sizes(hands, "8000 px")
    page.locator(".tool-bar .slider").hover()
    page.mouse.wheel(0, -100)
    expect(page.locator(".tool-bar output")).to_have_text("48 px")


def test_alt_and_the_wheel_size_the_brush_over_the_image(hands: EditorHands) -> None:
    page = hands.page
    page.keyboard.press("b")
    size = page.locator(".tool-bar output")
    before = int(size.inner_text().removesuffix(" px"))
    x, y = hands.origin()
    page.mouse.move(x + 200, y + 200)
    page.keyboard.down("Alt")
    page.mouse.wheel(0, -100)
    expect(size).to_have_text(f"{before + round(before * 0.2)} px")
    page.mouse.wheel(0, 100)
    page.keyboard.up("Alt")
    expect(page.locator(".status-bar__zoom")).to_have_text("100 %")


class Fingers:
    """A touch screen and a pen, as the browser's own protocol plays them."""

    def __init__(self, page: Page, origin: tuple[float, float]) -> None:
        self.cdp = page.context.new_cdp_session(page)
        self.origin = origin

    def touch(self, kind: str, *points: tuple[float, float]) -> None:
        x, y = self.origin
        touches = [{"id": index, "x": x + at[0], "y": y + at[1]} for index, at in enumerate(points)]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def tap(self, at: tuple[float, float]) -> None:
        self.touch("touchStart", at)
        self.touch("touchEnd")

    def pen(self, kind: str, at: tuple[float, float]) -> None:
        x, y = self.origin
        button = "none" if kind == "mouseMoved" else "left"
        place = {"x": x + at[0], "y": y + at[1], "pointerType": "pen", "force": 0.5}
        is_down = kind != "mouseReleased"
        more = {"button": button, "buttons": int(is_down), "clickCount": 1}
        self.cdp.send("Input.dispatchMouseEvent", {"type": kind, **place, **more})


def test_two_fingers_zoom_in_the_middle_of_an_outline_and_a_hand_rests_under_a_pen(
    hands: EditorHands,
) -> None:
    page = hands.page
    fingers = Fingers(page, hands.origin())
    page.keyboard.press("Shift+s")
    page.keyboard.press("g")
    for corner in SQUARE[:3]:
        fingers.tap(corner)
    fingers.touch("touchStart", (200, 200))
    fingers.touch("touchStart", (200, 200), (260, 200))
    fingers.touch("touchMove", (200, 200), (320, 200))
    fingers.touch("touchEnd")
    expect(page.locator(".status-bar__zoom")).not_to_have_text("100 %")
    page.keyboard.press("Enter")
    # Half of the square, but for the pixels that the slanted edge runs through.
    half = re.compile("19.9|20.[01] k px")
    expect(page.locator(".object-row__area")).to_have_text([half])

    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.locator(".status-bar__zoom")).to_have_text("100 %")
    hands.settle()
    fingers.origin = hands.origin()
    page.keyboard.press("b")
    page.get_by_role("button", name="Square tip").click()
    fingers.touch("touchStart", (500, 400))
    fingers.pen("mousePressed", (400, 150))
    fingers.touch("touchMove", (520, 380))
    fingers.pen("mouseMoved", (500, 150))
    fingers.pen("mouseReleased", (500, 150))
    fingers.touch("touchEnd")
    hands.expect_objects(2)
    size = int(page.locator(".tool-bar output").inner_text().removesuffix(" px"))
    area = size * (100 + size)
    expect(page.locator(".object-row__area")).to_have_text([half, f"{area} px"])
    assert hands.origin() == fingers.origin, "the image lay still under the pen"
    page.get_by_role("button", name="Round tip").click()
    page.keyboard.press("Shift+s")


def test_outlines_of_objects_are_changed_point_by_point(hands: EditorHands) -> None:
    polygon(hands, *SQUARE)
    hands.drag((300, 100), (400, 100))
    expect_sizes(hands, "50.0 k px")
    hands.drag((100, 200), (50, 200))
    expect_sizes(hands, "55.0 k px")
    hands.page.keyboard.press("Control+z")
    hands.page.keyboard.press("Control+z")
    expect_sizes(hands, "40.0 k px")
    hands.page.keyboard.down("Alt")
    hands.click((300, 300))
    hands.page.keyboard.up("Alt")
    # Half of the square, but for the pixels that the slanted edge runs through.
    expect(hands.page.locator(".object-row__area")).to_have_text(re.compile("19.9|20.[01] k px"))


def test_borders_are_moved_and_objects_split(hands: EditorHands) -> None:
    page = hands.page
    polygon(hands, *SQUARE)
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    polygon(hands, (300, 100), (500, 100), (500, 300), (300, 300))
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    hands.drag((300, 200), (330, 200))
    hands.expect_objects(2)
    expect(page.locator(".object-row__area").first).not_to_have_text("40.0 k px")
    assert thousands(hands, 0) > 40.5
    assert thousands(hands, 0) + thousands(hands, 1) == pytest.approx(80, abs=0.11)
    page.keyboard.press("Control+z")
    expect_sizes(hands, "40.0 k px", "40.0 k px")
    page.keyboard.press("x")
    hands.drag((200, 50), (200, 350))
    hands.expect_objects(3)
    expect_sizes(hands, "20.0 k px", "40.0 k px", "20.0 k px")
    hands.drag((420, 150), (440, 250))
    expect(page.locator(".status-bar__hint")).to_contain_text("from edge to edge")


def test_drawing_inside_keeps_within_the_selected_object(hands: EditorHands) -> None:
    page = hands.page
    polygon(hands, *SQUARE)
    page.keyboard.press("d")
    page.keyboard.press("d")
    expect(page.get_by_role("button", name="Inside")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("2")
    polygon(hands, (200, 50), (600, 50), (600, 200), (200, 200))
    expect_sizes(hands, "30.0 k px", "10.0 k px")


def test_a_polygon_is_drawn_with_the_keyboard_alone(hands: EditorHands) -> None:
    keyboard = hands.page.keyboard
    hands.page.mouse.move(2, 2)
    keyboard.press("g")
    for direction, key in (
        ("ArrowRight", "Space"),
        ("ArrowDown", "Enter"),
        ("ArrowLeft", "Space"),
        ("ArrowUp", None),
    ):
        if direction == "ArrowRight":
            keyboard.press("Shift+ArrowRight")
            keyboard.press("Space")
        for _ in range(10):
            keyboard.press(f"Shift+{direction}")
        if key:
            keyboard.press(key)
    keyboard.press("Enter")
    hands.expect_objects(1)
    expect_sizes(hands, "10.0 k px")
    # Its class, the next one, and handing in, too.
    keyboard.press("Escape")
    keyboard.press("2")
    for key in ("Shift+ArrowUp", "Space", "Shift+ArrowUp", "Space", "Shift+ArrowLeft", "Space"):
        keyboard.press(key)
    keyboard.press("Enter")
    hands.expect_objects(2)
    expect(hands.page.locator(".object-row__name").last).to_have_text(re.compile("^Person"))
    keyboard.press("Control+Enter")
    wait_until(lambda: hands.labeling.counts()["submitted"] == 1, "the image was handed in")
