"""The editor engine's canvases in a real browser, on a page of its own, without a server behind."""

from __future__ import annotations

import functools
import http.server
import io
import math
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

FRONTEND = Path(__file__).parents[2] / "frontend"
WIDTH, HEIGHT = 1000, 700

Pixels = npt.NDArray[np.int16]


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Requests for the page say nothing about a failure."""


@pytest.fixture(scope="module")
def engine_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("engine")
    command = ["npx", "vite", "build", "bench", "--config", "vite.config.ts", "--emptyOutDir"]
    subprocess.run([*command, "--outDir", str(folder)], cwd=FRONTEND, check=True)
    photograph = np.indices((HEIGHT, WIDTH)).sum(axis=0) % 200 + 20
    Image.fromarray(photograph.astype(np.uint8)).save(folder / "photograph.png")
    (folder / "broken.png").write_bytes(b"no image")
    handler = functools.partial(QuietHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def sharpness() -> float:
    """Device pixels per CSS pixel."""
    return 1


@pytest.fixture
def page(browser: Browser, engine_address: str, sharpness: float) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 900, "height": 640}, device_scale_factor=sharpness)
    opened.goto(engine_address)
    opened.wait_for_function("window.bench")
    opened.evaluate("bench.openImage('photograph.png', [])")
    yield opened
    opened.close()


def screen(page: Page) -> Pixels:
    """What is seen once every frame that was due is drawn, without the brush's ring."""
    page.mouse.move(1, 1)
    page.evaluate("bench.editor.pointerLeave()")
    page.evaluate(
        """async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(done))
          for (let index = 0; index < 12; index++) await frame()
        }"""
    )
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(np.int16)


def draw_wave(page: Page, y: float) -> None:
    page.mouse.move(150, y)
    page.mouse.down()
    for step in range(30):
        page.mouse.move(150 + step * 20, y + 60 * math.sin(step / 3))
    page.mouse.up()


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("bench.editor.store.getSnapshot()")
    return found


@pytest.mark.parametrize("sharpness", [1, 1.5])
@pytest.mark.parametrize("zoom", ["Fit", "ActualPixels"])
def test_what_strokes_drew_piece_by_piece_is_what_is_drawn_at_once(page: Page, zoom: str) -> None:
    page.evaluate(f"bench.editor.zoomTo{zoom}()")
    for hotkey, y in (("1", 200), ("2", 260), ("3", 420)):
        page.keyboard.press(hotkey)
        draw_wave(page, y)
    by_strokes = screen(page)
    page.evaluate(
        """() => {
          const objects = bench.editor.snapshotAll()
          const keys = bench.editor.store.getSnapshot().selectedKeys
          return bench.openImage('photograph.png', objects).then(() => bench.editor.select(keys))
        }"""
    )
    page.evaluate(f"bench.editor.zoomTo{zoom}()")
    np.testing.assert_array_equal(screen(page), by_strokes)


def test_undo_gives_back_the_very_screen(page: Page) -> None:
    draw_wave(page, 200)
    page.keyboard.press("Escape")
    before = screen(page)
    draw_wave(page, 240)
    page.keyboard.press("Escape")
    assert (screen(page) != before).any()
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    np.testing.assert_array_equal(screen(page), before)


def test_the_mask_lies_under_the_pointer(page: Page) -> None:
    before = screen(page)
    draw_wave(page, 300)
    page.keyboard.press("Escape")
    changed = (screen(page) != before).any(axis=2)
    for step in (0, 14, 29):
        x, y = 150 + step * 20, 300 + 60 * math.sin(step / 3)
        assert changed[round(y), round(x)]
    assert not changed[:200].any()


def test_lost_canvases_are_told_and_drawn_again(page: Page) -> None:
    draw_wave(page, 300)
    before = screen(page)
    page.evaluate(
        "document.querySelector('canvas[data-layer=image]').dispatchEvent(new Event('contextlost'))"
    )
    assert state(page)["status"] == "context-lost"
    page.evaluate(
        "document.querySelectorAll('canvas').forEach((canvas) => { canvas.width = canvas.width })"
    )
    page.evaluate(
        """document.querySelector('canvas[data-layer=image]')
          .dispatchEvent(new Event('contextrestored'))"""
    )
    assert state(page)["status"] == "ready"
    np.testing.assert_array_equal(screen(page), before)


def test_a_broken_image_is_refused_with_a_reason(page: Page) -> None:
    name = page.evaluate("bench.openImage('broken.png', []).catch((error) => error.name)")
    assert name == "ImageUnreadable"
    assert state(page)["status"] == "ready"
