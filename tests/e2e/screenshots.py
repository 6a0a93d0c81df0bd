"""Takes the picture of the README: `make screenshots`.

A project of its own is set up through the API; what the picture shows is then drawn with the pen,
by mouse, on a photograph that ships inside scikit-image.
"""

import math
import os
import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright
from skimage import data

from tests.e2e.conftest import CHROMIUM_FLAGS, chromium_path
from tests.e2e.labeling import EditorHands, Labeling, sign_in
from tests.support.stack import Stack, running_stack
from tests.support.waiting import wait_until

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "editor.png"
Outline = Sequence[tuple[float, float]]
PHOTOGRAPH = "coffee.png"


CLASSES = [
    {"name": "Saucer", "color": "#0072b2", "hotkey": "1"},
    {"name": "Cup", "color": "#e69f00", "hotkey": "2"},
    {"name": "Spoon", "color": "#cc79a7", "hotkey": "3"},
    {"name": "Table", "color": "#009e73", "hotkey": "4", "kind": "stuff"},
]


def arc(x: float, y: float, across: float, down: float, start: int, end: int) -> Outline:
    """Points along an ellipse from one angle to another, in degrees, in image pixels."""
    angles = [math.radians(angle) for angle in range(start, end + 1, 5)]
    return [(x + across * math.cos(one), y + down * math.sin(one)) for one in angles]


# fmt: off
SAUCER = [*arc(279, 205, 202, 184, 0, 180), *arc(279, 205, 202, 160, 180, 355)]
CUP = [
    *arc(291, 112, 117, 94, 180, 360),
    (404, 150), (390, 195), (368, 238), (342, 270), (312, 284), (282, 286), (262, 274),
    (250, 285), (234, 304), (216, 308), (199, 294), (197, 262), (204, 238), (190, 205), (180, 165),
]
SPOON = [
    (400, 70), (416, 66), (424, 74), (416, 105), (409, 140), (398, 180), (391, 206), (400, 235),
    (406, 262), (404, 290), (390, 314), (366, 325), (342, 318), (328, 298), (328, 270), (340, 250),
    (362, 236), (377, 222), (383, 205), (391, 170), (401, 130), (407, 108), (402, 88),
]
# fmt: on


def setting_up(stack: Stack) -> Labeling:
    """A project whose only image is the photograph."""
    with closing(stack.signed_in()) as api:
        project = api.post("/projects", json={"name": "Breakfast tables"}).json()["id"]
        api.put(f"/projects/{project}/ontology", json={"classes": CLASSES})
        image = Path(data.__file__).parent / PHOTOGRAPH
        with image.open("rb") as file:
            api.post(f"/projects/{project}/assets", files={"files": (PHOTOGRAPH, file)})
        wait_until(
            lambda: api.get(f"/projects/{project}").json()["counts"]["to_label"] == 1,
            "the photograph was ready",
            seconds=60,
        )
        return Labeling(project, api, stack, {})


def draw(page: Page, hands: EditorHands, class_key: str, outline: Outline) -> None:
    """One object with the pen, its button held all the way round."""
    page.keyboard.press("Escape")
    page.keyboard.press(class_key)
    page.keyboard.press("p")
    left, top = hands.origin()
    scale = zoom(page)
    for number, (x, y) in enumerate(outline):
        page.mouse.move(left + x * scale, top + y * scale)
        if number == 0:
            page.mouse.down()
    page.mouse.up()
    page.keyboard.press("Enter")


def zoom(page: Page) -> float:
    found = re.search(r"([\d.]+)", page.locator(".status-bar__zoom").inner_text())
    if found is None:
        raise LookupError("The status bar shows no zoom.")
    return float(found.group(1)) / 100


def take(stack: Stack, target: Path) -> None:
    labeling = setting_up(stack)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*CHROMIUM_FLAGS]
        )
        context = browser.new_context(
            base_url=stack.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        page = context.new_page()
        sign_in(page)
        hands = EditorHands(page, labeling).open()
        page.keyboard.press("0")
        draw(page, hands, "1", SAUCER)
        draw(page, hands, "2", CUP)
        draw(page, hands, "3", SPOON)
        hands.expect_save_state("saved")
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target)
        browser.close()


def main() -> None:
    with TemporaryDirectory() as folder, running_stack(Path(folder) / "home") as stack:
        take(stack, PICTURE)
    print(f"wrote {os.path.relpath(PICTURE)}")


if __name__ == "__main__":
    main()
