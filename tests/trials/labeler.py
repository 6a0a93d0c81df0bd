"""A labeler's hour: ten objects on a street photograph, then every tool on a field photograph.

    MASKWRIGHT_TRIAL_DATA=../shared/data .venv/bin/python -m tests.trials.labeler [folder]

By mouse and keyboard in a browser at a quarter of its speed. The network is cut after the fourth
object and comes back after the eighth. What is drawn follows the outlines of the data's own masks,
so that the label that arrives can be held against them. Prints the seconds that each object took,
which are the editor's and not a hand's, and puts screenshots of every state into the folder. Ends
with 1 where something was lost, or is not what was drawn.

The data is looked for in `camvid` and `carrot_weed_8mp` of that folder; none of it is copied.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright
from skimage import measure

from maskwright.masks.codec import decode, parse_wire
from tests.benchmarks.mouse import Mouse
from tests.benchmarks.quarter_speed import throttle
from tests.e2e.conftest import CHROMIUM_FLAGS, chromium_path
from tests.e2e.labeling import EditorHands, Labeling, labeling_project, sign_in
from tests.support.scratch import scratch_folder
from tests.support.stack import Stack, running_stack

OBJECTS, CUT_AFTER, BACK_AFTER = 10, 4, 8
THROTTLE = 4
LEAST_AREA_PX = 150
#: Pixels of a thing to each point of its outline.
LEAST_COMPACTNESS_PX = 3
#: Below this overlap with its own outline an object is not what the hand drew.
LEAST_IOU = 0.9

BoolMask = npt.NDArray[np.bool_]
Point = tuple[float, float]


@dataclass(frozen=True)
class Thing:
    """One region of the data's masks, and its outline in image pixels, x before y."""

    class_name: str
    mask: BoolMask
    outline: Sequence[Point]


@dataclass
class Trial:
    page: Page
    hands: EditorHands
    mouse: Mouse
    shots: Path
    seconds: dict[str, float] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.hands.settle()
        self.seconds[name] = time.perf_counter() - began
        print(f"{name:<34} {self.seconds[name]:6.2f} s", flush=True)

    def shot(self, name: str) -> None:
        self.page.screenshot(path=self.shots / f"{name}.png")

    def place(self, point: Point) -> Point:
        """Where a point of the image is on the page."""
        left, top, scale = self._view
        return left + point[0] * scale, top + point[1] * scale

    def look(self, zoom_key: str) -> None:
        self.page.keyboard.press(zoom_key)
        self.hands.settle()
        shown = self.page.locator(".status-bar__zoom").inner_text()
        scale = float(shown.split()[0].replace(",", ".")) / 100
        left, top = self.hands.origin()
        self._view = (left, top, scale)

    def draw(self, way: Sequence[Point]) -> None:
        self.mouse.move(*self.place(way[0]))
        self.mouse.down()
        for point in way[1:]:
            self.mouse.move(*self.place(point))
        self.mouse.up()

    def click(self, point: Point) -> None:
        self.mouse.move(*self.place(point))
        self.mouse.down()
        self.mouse.up()


def main() -> None:
    data = Path(os.environ.get("MASKWRIGHT_TRIAL_DATA", ""))
    if not (data / "camvid").is_dir():
        raise SystemExit("MASKWRIGHT_TRIAL_DATA names no folder with camvid in it.")
    shots = Path(sys.argv[1] if len(sys.argv) > 1 else "var/trial")
    shots.mkdir(parents=True, exist_ok=True)
    wrong: list[str] = []
    with scratch_folder() as folder, running_stack(folder / "home") as stack:
        wrong += street(stack, data / "camvid", shots)
        wrong += field_photographs(stack, data / "carrot_weed_8mp", shots)
    for line in wrong:
        print("WRONG:", line)
    sys.exit(bool(wrong))


@contextmanager
def at_work(stack: Stack, labeling: Labeling, shots: Path) -> Iterator[Trial]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*CHROMIUM_FLAGS]
        )
        context = browser.new_context(
            base_url=stack.address, viewport={"width": 1440, "height": 900}, locale="en-GB"
        )
        page = context.new_page()
        page.set_default_timeout(120_000)
        expect.set_options(timeout=60_000)
        sign_in(page)
        session = context.new_cdp_session(page)
        hands = EditorHands(page, labeling).open()
        trial = Trial(page, hands, Mouse(session), shots)
        throttle(session, THROTTLE)
        yield trial
        browser.close()


def street(stack: Stack, data: Path, shots: Path) -> list[str]:
    photograph, things = busiest(data)
    names = sorted({thing.class_name for thing in things})
    classes = [
        {"name": name, "color": color, "hotkey": str(number + 1), "kind": "thing"}
        for number, (name, color) in enumerate(zip(names, COLORS, strict=False))
    ]
    files = [(photograph.name, photograph.read_bytes())]
    with (
        labeling_project(stack, classes=classes, files=files) as labeling,
        at_work(stack, labeling, shots) as trial,
    ):
        page = trial.page
        trial.look("0")
        trial.shot("street-0-open")
        for number, thing in enumerate(things):
            if number == CUT_AFTER:
                page.context.set_offline(True)
            if number == BACK_AFTER:
                page.context.set_offline(False)
            way, name = way_of(number, thing)
            with trial.timed(f"{number + 1} {thing.class_name}, {name}"):
                page.keyboard.press("Escape")
                page.keyboard.press(str(names.index(thing.class_name) + 1))
                way(trial, thing)
            trial.shot(f"street-{number + 1}-{name}")
            if number == BACK_AFTER - 1:
                trial.hands.expect_save_state("offline")
                trial.shot("street-offline")
        with trial.timed("all kept by the server"):
            trial.hands.expect_save_state("saved")
        trial.shot("street-saved")
        trial.wrong += compared(labeling, things)
        print(
            f"{sum(trial.seconds.values()) / OBJECTS:.2f} s an object, "
            f"load of the machine {os.getloadavg()[0]:.0f}"
        )
        return trial.wrong


COLORS = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#999999")


def busiest(data: Path) -> tuple[Path, list[Thing]]:
    """The photograph with the most regions of what moves and stands about, and ten of them."""
    names = {"2": "Pole", "6": "Sign", "8": "Car", "9": "Pedestrian", "10": "Bicyclist"}
    best: tuple[Path, list[Thing]] | None = None
    for path in sorted((data / "images").glob("*.png")):
        labels = np.asarray(Image.open(data / "masks" / path.name))
        found = [
            thing
            for value, name in names.items()
            for thing in things_of(labels == int(value), name)
        ]
        if best is None or len(found) > len(best[1]):
            best = path, found
    if best is None or len(best[1]) < OBJECTS:
        raise SystemExit("The data has no photograph with ten regions.")
    photograph, found = best
    return photograph, sorted(found, key=lambda thing: -int(thing.mask.sum()))[:OBJECTS]


def things_of(mask: BoolMask, name: str) -> Iterator[Thing]:
    parts = measure.label(mask, connectivity=1)  # type: ignore[no-untyped-call]
    for part in range(1, int(parts.max()) + 1):
        own = parts == part
        if own.sum() < LEAST_AREA_PX:
            continue
        padded = np.pad(own, 1).astype(float)
        contours = measure.find_contours(padded, 0.5)  # type: ignore[no-untyped-call]
        outer = max(contours, key=len)
        # What find_contours calls row 1 is the centre of the first row, half a pixel in.
        yield Thing(name, own, [(float(x) - 0.5, float(y) - 0.5) for y, x in outer])


def with_pen(trial: Trial, thing: Thing) -> None:
    trial.page.keyboard.press("p")
    trial.draw(thing.outline)
    trial.page.keyboard.press("Enter")


def with_straight_pen(trial: Trial, thing: Thing) -> None:
    trial.page.keyboard.press("p")
    corners = measure.approximate_polygon(  # type: ignore[no-untyped-call]
        np.array(thing.outline), tolerance=0.5
    )
    # The last corner is the first again.
    for x, y in corners[:-1]:
        trial.click((float(x), float(y)))
    trial.page.keyboard.press("Enter")


def way_of(number: int, thing: Thing) -> tuple[Callable[[Trial, Thing], None], str]:
    """Every other compact thing by clicks: thin ones nobody outlines so without zooming in."""
    is_compact = thing.mask.sum() > LEAST_COMPACTNESS_PX * len(thing.outline)
    return (with_straight_pen, "clicks") if number % 2 and is_compact else (with_pen, "freehand")


def compared(labeling: Labeling, things: Sequence[Thing]) -> Iterator[str]:
    drawn = labeling.draft()
    if len(drawn) != len(things):
        yield f"{len(drawn)} objects arrived of {len(things)}"
    masks = [mask_of(one, things[0].mask.shape) for one in drawn]
    for number, thing in enumerate(things):
        # The data's regions share no pixel, so that nothing drawn later took any of an earlier one.
        overlaps = [iou(mask, thing.mask) for mask in masks]
        print(f"{number + 1} {thing.class_name}: IoU {max(overlaps, default=0):.3f}")
        if max(overlaps, default=0) < LEAST_IOU:
            yield f"object {number + 1} ({thing.class_name}) is not what was drawn"


def mask_of(one: dict[str, Any], shape: tuple[int, ...]) -> BoolMask:
    return decode(parse_wire(one["mask"], (shape[0], shape[1])))


def iou(one: BoolMask, other: BoolMask) -> float:
    union = int((one | other).sum())
    return int((one & other).sum()) / union if union else 1.0


def field_photographs(stack: Stack, data: Path, shots: Path) -> list[str]:
    """Every tool at eight megapixels; each state is looked at."""
    photograph = min((data / "images").glob("*.jpg"), default=None)
    if photograph is None:
        print(f"{data} is not there: the tools were not tried at eight megapixels.")
        return []
    files = [(photograph.name, photograph.read_bytes())]
    names = ("Soil", "Weed", "Carrot")
    classes = [
        {"name": name, "color": color, "hotkey": str(number + 1), "kind": kind}
        for number, (name, color, kind) in enumerate(
            zip(names, COLORS, ("stuff", "thing", "thing"), strict=False)
        )
    ]
    with (
        labeling_project(stack, classes=classes, files=files) as labeling,
        at_work(stack, labeling, shots) as trial,
    ):
        trial.look("0")
        trial.shot("field-0-open")
        for name, key, gesture in GESTURES:
            trial.page.keyboard.press("Escape")
            trial.page.keyboard.press("2")
            trial.page.keyboard.press(key)
            with trial.timed(f"field, {name}"):
                gesture(trial)
            trial.shot(f"field-{name}")
        with trial.timed("field, all kept by the server"):
            trial.hands.expect_save_state("saved")
        trial.shot("field-saved")
        return trial.wrong


def loop(x: float, y: float, across: float, steps: int = 60) -> list[Point]:
    angles = np.linspace(0, 2 * np.pi, steps)
    return [(x + across * float(np.cos(a)), y + across * float(np.sin(a))) for a in angles]


def tried_pen(trial: Trial) -> None:
    trial.draw(loop(700, 700, 300))
    trial.page.keyboard.press("Enter")


def tried_polygon(trial: Trial) -> None:
    for point in loop(1500, 700, 250, steps=9):
        trial.click(point)
    trial.page.keyboard.press("Enter")


def tried_brush(trial: Trial) -> None:
    trial.draw([(2000 + 10 * step, 600 + 5 * step) for step in range(60)])


def tried_click(x: float, y: float) -> Callable[[Trial], None]:
    return lambda trial: trial.click((x, y))


def tried_superpixels(trial: Trial) -> None:
    expect(trial.page.get_by_role("slider", name="Detail")).to_be_enabled()
    trial.draw([(500 + 12 * step, 1700) for step in range(40)])


def tried_threshold(trial: Trial) -> None:
    trial.page.keyboard.press("Enter")


def tried_border(trial: Trial) -> None:
    trial.draw([(1000 + 3 * step, 700.0) for step in range(30)])


def tried_split(trial: Trial) -> None:
    trial.draw([(300 + 20 * step, 700.0) for step in range(50)])


GESTURES: tuple[tuple[str, str, Callable[[Trial], None]], ...] = (
    ("pen", "p", tried_pen),
    ("polygon", "g", tried_polygon),
    ("brush", "b", tried_brush),
    ("eraser", "Shift+E", tried_brush),
    ("border", "m", tried_border),
    ("split", "x", tried_split),
    ("wand", "w", tried_click(2600, 1700)),
    ("superpixels", "s", tried_superpixels),
    ("threshold", "Shift+W", tried_threshold),
    ("fill", "f", tried_click(3000, 2200)),
    ("ruler", "Shift+R", tried_brush),
    ("select", "v", tried_click(700, 700)),
)


if __name__ == "__main__":
    main()
