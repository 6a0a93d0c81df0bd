"""What one does with a label besides painting it: the longest task until it is on the screen."""

import math
from collections.abc import Callable, Iterator

from playwright.sync_api import Browser, Page, ViewportSize

from tests.benchmarks.editor_page import Findings, settle
from tests.benchmarks.main_thread import Tracer
from tests.benchmarks.mouse import Mouse
from tests.benchmarks.quarter_speed import at_quarter_speed
from tests.benchmarks.report import Row, row

ROUNDS = 3
STEPS = 60
BORDER_RADIUS_PX = 300
#: Where an object of the grid has its left edge, in image pixels.
EDGE_PX = (2020, 1650)

Place = tuple[float, float]


def gesture_rows(browser: Browser, page: Page, view: ViewportSize) -> Iterator[Row]:
    """On the task that is open; it is left as it was."""
    found = Findings()
    hand = Hand(browser, page, view, found)
    page.evaluate("bench.editor.zoomToFit()")
    settle(page)
    with at_quarter_speed(page):
        for _ in range(ROUNDS):
            hand.control()
            hand.fill_and_merge()
            hand.pen_and_split()
            hand.border()
    for name, label in (
        ("pen", "pen, closing an outline"),
        ("split", "split along a line"),
        ("fill", "fill all unlabelled"),
        ("merge", "merge 100 objects"),
        ("border", f"border drag, radius of {BORDER_RADIUS_PX} px"),
        ("undo", "undo of any of these"),
        ("redo", "redo of any of these"),
    ):
        yield row(
            f"longest task, {label}",
            found.longest_ms(name),
            "CPU ms",
            control=found.longest_ms("control"),
            at_most=50,
            method=f"at 4000 by 3000 pixels until all is done that was put off, the longest of "
            f"{ROUNDS} times, at a quarter of the speed; control: the same moves, nothing in hand",
        )


class Hand:
    """Mouse and keys of somebody who is being measured."""

    def __init__(self, browser: Browser, page: Page, view: ViewportSize, found: Findings) -> None:
        self._page = page
        self._view = view
        self._found = found
        self._mouse = Mouse(page.context.new_cdp_session(page))
        self._tracer = Tracer(browser, page)
        x, y, zoom = page.evaluate(
            """() => {
              const { viewport } = bench.editor.viewport.getSnapshot()
              return [viewport.offsetX, viewport.offsetY, viewport.zoom]
            }"""
        )
        self._edge = (x + EDGE_PX[0] * zoom, y + EDGE_PX[1] * zoom)

    def control(self) -> None:
        self._page.evaluate("bench.editor.setTool('pan')")
        self._recorded("control", lambda: self._move(self._loop))

    def fill_and_merge(self) -> None:
        self._page.evaluate("bench.editor.select([])")
        self._recorded("fill", lambda: self._page.evaluate("bench.editor.areas.fillUnlabelled()"))
        self._undo_and_redo()
        self._page.keyboard.press("Control+z")
        self._page.evaluate("bench.editor.operations.selectAll()")
        self._recorded("merge", lambda: self._page.evaluate("bench.editor.operations.merge()"))
        self._undo_and_redo()
        self._page.keyboard.press("Control+z")
        self._settle()

    def pen_and_split(self) -> None:
        """Across most of the image; what it covers is cut."""
        self._page.evaluate("bench.editor.select([]); bench.editor.setTool('pen')")
        self._drag(self._loop)
        self._recorded("pen", lambda: self._page.keyboard.press("Enter"))
        self._undo_and_redo()
        self._page.evaluate("bench.editor.setTool('split')")
        self._mouse.move(*self._across(0))
        self._mouse.down()
        self._move(self._across)
        self._recorded("split", self._mouse.up)
        self._undo_and_redo()
        self._page.keyboard.press("Control+z")
        self._page.keyboard.press("Control+z")
        self._settle()

    def border(self) -> None:
        """The border of an object that fills what is left of the image, and is everywhere."""
        self._page.evaluate("bench.editor.select([]); bench.editor.areas.fillUnlabelled()")
        self._page.evaluate(f"bench.editor.drawing.setBorderRadius({BORDER_RADIUS_PX})")
        self._page.evaluate("bench.editor.setTool('border')")
        self._settle()
        self._recorded("border", lambda: self._drag(self._along))
        self._undo_and_redo()
        self._page.keyboard.press("Control+z")
        self._page.keyboard.press("Control+z")
        self._settle()

    def _undo_and_redo(self) -> None:
        self._settle()
        self._recorded("undo", lambda: self._page.keyboard.press("Control+z"))
        self._recorded("redo", lambda: self._page.keyboard.press("Control+y"))

    def _recorded(self, name: str, perform: Callable[[], object]) -> None:
        def perform_and_settle() -> None:
            perform()
            settle(self._page)
            # What was put off belongs to the gesture that put it off.
            self._settle()

        self._found.add(name, self._tracer.record(perform_and_settle))

    def _settle(self) -> None:
        """Also what was put off until the page is idle: a hand moves on more slowly than this."""
        self._page.evaluate("bench.untilIdle()")

    def _drag(self, path: Callable[[float], Place]) -> None:
        self._mouse.move(*path(0))
        self._mouse.down()
        self._move(path)
        self._mouse.up()

    def _move(self, path: Callable[[float], Place]) -> None:
        for step in range(1, STEPS + 1):
            self._mouse.move(*path(step / STEPS))

    def _loop(self, part: float) -> Place:
        angle = part * 1.95 * math.pi
        x = self._view["width"] * (0.5 + 0.35 * math.cos(angle))
        return x, self._view["height"] * (0.5 + 0.4 * math.sin(angle))

    def _across(self, part: float) -> Place:
        return self._view["width"] * (0.05 + 0.9 * part), self._view["height"] * 0.52

    def _along(self, part: float) -> Place:
        """From the left edge of an object in the middle of the image, in and out of it."""
        x, y = self._edge
        return x + self._view["width"] * 0.15 * part, y + 40 * math.sin(part * 6)
