"""Fills, merges and superpixels on the editor's engine in Chromium, its processor throttled."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.bench_editor import (
    CHROMIUM_FLAGS,
    HEIGHT,
    VIEW,
    WIDTH,
    build_page,
    chromium,
    draw,
    load_row,
    served,
)
from tests.benchmarks.editor_page import Findings, settle
from tests.benchmarks.gestures import gesture_rows
from tests.benchmarks.main_thread import Tracer
from tests.benchmarks.mouse import Mouse
from tests.benchmarks.quarter_speed import at_quarter_speed, speed_row
from tests.benchmarks.report import Row, publish, row

ROUNDS = 5
SLIDER_STEPS = 40
DEEP_OPENING_MS = 6000
SMALL = (1280, 720)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build_page(Path(folder))
        with served(Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
            page = browser.new_page(viewport=VIEW)
            page.goto(address)
            page.wait_for_function("window.bench")
            rows = [
                *object_rows(page),
                *gesture_rows(browser, page, VIEW),
                *slider_rows(browser, page),
                *superpixel_rows(browser, page),
                speed_row(browser),
                load_row(),
            ]
            publish("areas", rows)
            browser.close()


def object_rows(page: Page) -> Iterator[Row]:
    page.evaluate(f"bench.openSynthetic({WIDTH}, {HEIGHT}, 10, 10)")
    settle(page)
    with at_quarter_speed(page):
        times = page.evaluate(f"bench.timeFillAndMerge({ROUNDS})")
    for name, label in (("fill", "fill all unlabelled"), ("merge", "merge 100 objects")):
        yield row(
            f"{label}, {WIDTH} by {HEIGHT} pixels",
            statistics.median(times[name]),
            "ms",
            control=statistics.median(times["copy"]),
            at_most=50,
            method=f"main thread until all is told, median of {ROUNDS}, at a quarter of the speed; "
            "pixels are worked out later, see the longest tasks; control: copying as many ids as "
            "the image has pixels",
        )


def slider_rows(browser: Browser, page: Page) -> Iterator[Row]:
    """How the image is shown, on the task that is open: a step of the slider in every frame."""
    tracer = Tracer(browser, page)
    found = Findings()
    page.evaluate("bench.editor.zoomToFit()")
    with at_quarter_speed(page):
        for slider in ("control", "brightness"):
            settle(page)
            found.add(slider, tracer.record(partial(slid, page, slider)))
        page.evaluate("bench.resetDisplay()")
    page.evaluate("bench.openDeep()")
    # Decoding, and the first picture of it, is the worker's.
    page.wait_for_timeout(DEEP_OPENING_MS)
    with at_quarter_speed(page):
        settle(page)
        found.add("window", tracer.record(partial(slid, page, "window")))
    page.evaluate("bench.resetDisplay()")
    for name, label in (
        ("brightness", "brightness slider, 8 bits"),
        ("window", "window slider, 16 bits"),
    ):
        yield row(
            f"{label}, frame p95",
            found.frame_p95_ms(name),
            "CPU ms",
            control=found.frame_p95_ms("control"),
            at_most=16.7,
            method=f"main thread's computing per frame at 4000 by 3000 pixels, {SLIDER_STEPS} "
            "steps, one in every frame, at a quarter of the speed; control: a square that moves",
        )


def slid(page: Page, slider: str) -> None:
    page.evaluate(f"bench.slide('{slider}', {SLIDER_STEPS})")
    settle(page)


def superpixel_rows(browser: Browser, page: Page) -> Iterator[Row]:
    page.evaluate(f"bench.openSynthetic({SMALL[0]}, {SMALL[1]}, 4, 3)")
    page.evaluate("bench.editor.zoomToFit()")
    settle(page)
    found = page.evaluate("bench.timeSegmenting()")
    yield row(
        "superpixels at all scales, 1280 by 720 pixels",
        found["ms"],
        "ms",
        at_most=3000,
        method="from taking up the tool to segments under the cursor, once; not throttled",
    )
    yield row(
        "longest task on the page meanwhile",
        found["longestTaskMs"],
        "ms",
        at_most=50,
        method="as above; 0 where none was over 50 ms",
    )
    settle(page)
    with at_quarter_speed(page):
        times = page.evaluate(f"bench.timeSlider({SLIDER_STEPS})")
    yield row(
        "superpixel slider p95",
        p95(times["slider"]),
        "ms",
        control=p95(times["idle"]),
        at_most=16.7,
        method=f"main thread's time for a step and the frame after it, {SLIDER_STEPS} steps, at a "
        "quarter of the speed; control: a frame in which nothing changes",
    )
    yield from painting_rows(browser, page)


def painting_rows(browser: Browser, page: Page) -> Iterator[Row]:
    """Painting segments by mouse; the control paints with a brush of their size."""
    session = page.context.new_cdp_session(page)
    mouse = Mouse(session)
    tracer = Tracer(browser, page)
    found = Findings()
    page.evaluate("bench.editor.areas.setDetail(60); bench.editor.setBrushSize(40)")
    settle(page)
    with at_quarter_speed(page):
        for turn in range(3):
            for name, tool in (("segments", "superpixels"), ("brush", "brush")):
                page.evaluate(f"bench.editor.setTool('{tool}'); bench.editor.select([])")
                settle(page)
                found.add(name, tracer.record(partial(draw, page, mouse, turn, is_held=True)))
    yield row(
        "superpixel painting, frame p95",
        found.frame_p95_ms("segments"),
        "CPU ms",
        control=found.frame_p95_ms("brush"),
        at_most=16.7,
        method="main thread's computing per frame, 180 moves, at a quarter of the speed; control: "
        "the same moves with a brush of 40 px",
    )


def p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


if __name__ == "__main__":
    main()
