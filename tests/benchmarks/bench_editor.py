"""The mask editor in Chromium, its processor throttled to a quarter: frames of brush strokes, and
run lengths of twelve megapixels in the worker; first the engine alone, then the labeler's page."""

from __future__ import annotations

import http.server
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psutil
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

from tests.benchmarks.editor_page import Findings, page_rows, rest, settle
from tests.benchmarks.main_thread import Tracer
from tests.benchmarks.mouse import Mouse
from tests.benchmarks.quarter_speed import at_quarter_speed, speed_row
from tests.benchmarks.report import Row, publish, row

FRONTEND = Path(__file__).parents[2] / "frontend"
WIDTH, HEIGHT = 4000, 3000
VIEW: ViewportSize = {"width": 1440, "height": 900}
CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MOVES_PER_STROKE = 60
STROKES = 6
RUN_LENGTH_ROUNDS = 9
LARGE = (8000, 6000)
DABS = 10_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        build_page(Path(folder))
        with served(Path(folder)) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
            page = browser.new_page(viewport=VIEW)
            page.goto(address)
            page.wait_for_function("window.bench")
            engine_rows = [
                *run_length_rows(page),
                *brush_rows(browser, page),
                *large_image_rows(browser, page),
            ]
            page.close()
            publish("editor", [*engine_rows, *page_rows(browser), speed_row(browser), load_row()])
            browser.close()


def chromium() -> str:
    found = os.environ.get("MASKWRIGHT_CHROMIUM") or shutil.which("chromium")
    if not found:
        raise SystemExit("Chromium is missing: install it, or name it in MASKWRIGHT_CHROMIUM.")
    return found


def build_page(folder: Path) -> None:
    command = ["npx", "vite", "build", "bench", "--config", "vite.config.ts"]
    subprocess.run(
        [*command, "--outDir", str(folder), "--emptyOutDir", "--logLevel", "warn"],
        cwd=FRONTEND,
        check=True,
        stdout=sys.stderr,
    )


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """The table is what this prints."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def run_length_rows(page: Page) -> Iterator[Row]:
    times = page.evaluate(f"bench.timeRunLengths({WIDTH}, {HEIGHT}, {RUN_LENGTH_ROUNDS})")
    copy = statistics.median(times["copy"])
    for name in ("encode", "decode"):
        yield row(
            f"{name} 12 megapixels in the worker",
            statistics.median(times[name]),
            "ms",
            control=copy,
            at_most=60,
            method=f"60 ellipses, call to answer, median of {RUN_LENGTH_ROUNDS}; control: copying "
            "the same bytes on the page; not throttled",
        )
    load_ms = page.evaluate(f"bench.openSynthetic({WIDTH}, {HEIGHT}, 10, 10)")
    yield row(
        "open a task of 100 objects",
        load_ms,
        "ms",
        control=copy,
        method="loadTask at 4000 by 3000 pixels, masks decoded into tiles, once; control as above",
    )
    saving = page.evaluate("bench.timeSaving(7)")
    for name, label in (("direct", "on the page"), ("worker", "in the worker")):
        yield row(
            f"encode 100 objects {label}",
            statistics.median(saving[name]),
            "ms",
            control=copy,
            method="every object of that image in one pass, median of 7; control as above",
        )


def brush_rows(browser: Browser, page: Page) -> Iterator[Row]:
    session = page.context.new_cdp_session(page)
    page.evaluate("bench.editor.setTool('brush')")
    for label, brush_px, prepare in (
        ("fitted", 60, "bench.editor.zoomToFit()"),
        ("at 100 %", 60, "bench.editor.zoomToActualPixels()"),
        ("fitted, brush of 300 px", 300, "bench.editor.zoomToFit()"),
    ):
        page.evaluate(prepare)
        page.evaluate(f"bench.editor.setBrushSize({brush_px})")
        settle(page)
        yield from stroke_rows(browser, page, session, label)


def stroke_rows(browser: Browser, page: Page, session: CDPSession, label: str) -> Iterator[Row]:
    found = Findings()
    mouse = Mouse(session)
    tracer = Tracer(browser, page)
    with at_quarter_speed(page):
        for turn in range(STROKES):
            page.evaluate("bench.startControl(); bench.editor.setTool('pan')")
            found.add("control", tracer.record(partial(draw, page, mouse, turn, is_held=False)))
            page.evaluate("bench.stopControl(); bench.editor.setTool('brush')")
            page.keyboard.press("Escape")
            found.add("stroke", tracer.record(partial(draw, page, mouse, turn, is_held=True)))
    moves = STROKES * MOVES_PER_STROKE
    yield row(
        f"brush frame p95, {label}",
        found.frame_p95_ms("stroke"),
        "CPU ms",
        control=found.frame_p95_ms("control"),
        at_most=16.7,
        method=f"main thread's computing per frame, {moves} moves, at a quarter of the speed; "
        "control: the same moves over a sheet on which an element follows the pointer",
    )
    yield row(
        f"longest task in a stroke, {label}",
        found.longest_ms("stroke"),
        "CPU ms",
        control=found.longest_ms("control"),
        at_most=50,
        method="from press to release and the frames after it; control as above",
    )


def large_image_rows(browser: Browser, page: Page) -> Iterator[Row]:
    """What must not grow with the image, its objects, or what was drawn on it before."""
    session = page.context.new_cdp_session(page)
    with at_quarter_speed(page):
        opening = page.evaluate("bench.timeOpening(4000, 3000, 40, 25)")
    for name, label in (("ahead", "made ahead in the worker"), ("direct", "decoded on the page")):
        yield row(
            f"open 1,000 objects, {label}",
            opening[name],
            "ms",
            at_most=1500,
            method="loadTask at 4000 by 3000 pixels, once, at a quarter of the speed",
        )
    page.evaluate(f"bench.openSynthetic({LARGE[0]}, {LARGE[1]}, 25, 20)")
    page.evaluate("bench.editor.setTool('brush'); bench.editor.setBrushSize(60)")
    page.evaluate(f"bench.drawDabs({DABS})")
    settle(page)
    page.evaluate("bench.editor.zoomToFit()")
    settle(page)
    yield from stroke_rows(browser, page, session, "48 megapixels, 500 objects, after 10,000 dabs")
    page.evaluate("new Promise((done) => requestIdleCallback(done))")
    session.send("HeapProfiler.collectGarbage")
    yield row(
        "memory of the tab there",
        renderer_memory_mb(browser),
        "MB",
        at_most=600,
        method="private memory of the page's process after garbage collection, the image of "
        f"{LARGE[0]} by {LARGE[1]} pixels (192 MB as a bitmap) included",
    )


def renderer_memory_mb(browser: Browser) -> float:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    pids = [int(process["id"]) for process in processes if process["type"] == "renderer"]
    session.detach()
    return max(psutil.Process(pid).memory_full_info().uss for pid in pids) / 1e6


def load_row() -> Row:
    return row(
        "load of the machine",
        os.getloadavg()[0],
        "processes",
        method=f"average of the last minute on {os.cpu_count()} cores: where more compute than "
        "there are cores, frames wait for them, the control's as well",
    )


def draw(page: Page, mouse: Mouse, turn: int, *, is_held: bool) -> None:
    """A wave across most of the view, at the speed of a quick hand."""

    def point(step: int) -> tuple[float, float]:
        part = step / MOVES_PER_STROKE
        x = VIEW["width"] * (0.15 + 0.7 * part)
        y = VIEW["height"] * (0.2 + 0.1 * turn + 0.08 * math.sin(part * 12))
        return x, y

    mouse.move(*point(0))
    if is_held:
        mouse.down()
    for step in range(1, MOVES_PER_STROKE + 1):
        mouse.move(*point(step))
    if is_held:
        mouse.up()
    rest(page)


if __name__ == "__main__":
    main()
