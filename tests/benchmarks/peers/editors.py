"""The same drawing in our editor and in Label Studio's: the editor's part of `make bench-peers`.

Its Brush and its Bitmask tool, on images of 1280x720 and 4000x3000, at full speed and at a quarter:
in one Chromium, by the same mouse along the same way, in turn.
"""

import http.server
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks import report
from tests.benchmarks.bench_editor import CHROMIUM_FLAGS, QuietHandler, chromium
from tests.benchmarks.editor_page import build_pages, settle
from tests.benchmarks.peers import studio
from tests.benchmarks.peers.drawing import MOVES_PER_STROKE, STROKES, Figures, Product, measure
from tests.e2e.labeling import car_class
from tests.support.scratch import scratch_folder
from tests.support.stack import OWNER_EMAIL, OWNER_PASSWORD, Stack, running_stack
from tests.support.waiting import wait_until

SIZES = ((1280, 720), (4000, 3000))
RATES = (1, 4)
TOOLS = ("BrushLabels", "BitmaskLabels")
IMAGES = 5
#: Each visit to ours finds an open task, and one behind it.
OUR_IMAGES = IMAGES * len(TOOLS)

Size = tuple[int, int]


@dataclass
class Ours:
    address: str
    origin: str
    image = ".stage__canvas"
    shown = "() => document.querySelector('.stage__canvas')?.ariaLabel"
    is_open = """() => {
      const canvas = document.querySelector('canvas[data-layer=image]')
      const stage = document.querySelector('.stage__canvas')
      if (!canvas || canvas.width < 2 || !stage || stage.hasAttribute('data-locked')) return false
      const { width, height } = canvas
      return canvas.getContext('2d').getImageData(width / 2, height / 2, 1, 1).data[3] === 255
    }"""

    def sign_in(self, page: Page) -> None:
        page.goto(f"{self.origin}/sign-in")
        page.evaluate(
            """(body) => fetch('/api/v1/session', {
              method: 'POST',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify(body),
            })""",
            {"email": OWNER_EMAIL, "password": OWNER_PASSWORD},
        )

    def begin_object(self, page: Page) -> None:
        for key in ("b", "Escape", "1"):
            page.keyboard.press(key)
        settle(page)


@dataclass
class Theirs:
    """Brush and bitmask are in hand once a label is chosen."""

    address: str
    origin: str
    image = "img[src^=blob]"
    shown = "() => document.querySelector('img[src^=blob]')?.src"
    is_open = """() => {
      const image = document.querySelector('img[src^=blob]')
      const canvas = document.querySelector('.konvajs-content canvas')
      return !!image && image.complete && image.naturalWidth > 0 && !!canvas && canvas.width > 1
    }"""

    def sign_in(self, page: Page) -> None:
        page.goto(f"{self.origin}/user/login")
        page.fill("input[name=email]", "peer0@example.com")
        page.fill("input[name=password]", "correct horse")
        page.click("button[type=submit]")
        page.wait_for_url(lambda address: "login" not in address)

    def begin_object(self, page: Page) -> None:
        for key in ("Escape", "1"):
            page.keyboard.press(key)
        settle(page)


def main() -> None:
    installed = studio.install()
    rows: list[report.Row] = []
    with (
        tempfile.TemporaryDirectory(prefix="bench-peers-") as name,
        sync_playwright() as playwright,
    ):
        root = Path(name)
        with our_projects() as ours, their_projects(installed, root) as theirs:
            browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
            for size in SIZES:
                for rate in RATES:
                    rows += compared(browser, ours[size], theirs, size, rate)
            browser.close()
    load = os.getloadavg()[0]
    rows.append(report.row("load of the machine", load, "processes", method="of the last minute"))
    report.publish("peers-editor", rows)


def compared(
    browser: Browser,
    ours: Product,
    theirs: dict[tuple[str, Size], Product],
    size: Size,
    rate: int,
) -> Iterator[report.Row]:
    for tool in TOOLS:
        our_figures = measure(browser, ours, rate)
        their_figures = measure(browser, theirs[tool, size], rate)
        where = f"{tool.removesuffix('Labels')}, {size[0]}x{size[1]}, x{rate}"
        yield from rows_of(where, our_figures, their_figures)


def rows_of(where: str, ours: Figures, theirs: Figures) -> Iterator[report.Row]:
    method = f"theirs beside: Label Studio 1.23, {STROKES} strokes of {MOVES_PER_STROKE} moves"
    for name, unit in (
        ("ready_ms", "ms"),
        ("script_kb", "kB"),
        ("frame_p95_ms", "CPU ms"),
        ("release_ms", "CPU ms"),
        ("next_ms", "ms"),
        ("sent_kb", "kB"),
    ):
        yield report.row(
            f"{_NAMES[name]}: {where}",
            getattr(ours, name),
            unit,
            control=getattr(theirs, name),
            method=method,
        )


_NAMES = {
    "ready_ms": "ready",
    "script_kb": "JavaScript",
    "frame_p95_ms": "frame p95",
    "release_ms": "longest task on release",
    "next_ms": "submit to next image",
    "sent_kb": "sent for three strokes",
}


@contextmanager
def our_projects() -> Iterator[dict[Size, Product]]:
    with tempfile.TemporaryDirectory() as built, scratch_folder() as folder:
        build_pages(Path(built))
        settings = {"MASKWRIGHT_FRONTEND_FOLDER": built}
        with running_stack(folder / "home", settings=settings) as stack:
            yield {size: Ours(our_project(stack, size), stack.address) for size in SIZES}


def our_project(stack: Stack, size: Size) -> str:
    with closing(stack.signed_in()) as api:
        project = api.post("/projects", json={"name": f"Photographs of {size[0]} px"})
        id_ = project.raise_for_status().json()["id"]
        api.put(f"/projects/{id_}/ontology", json={"classes": [car_class()]}).raise_for_status()
        files = [
            ("files", (f"{n}.jpg", photograph(size, n), "image/jpeg")) for n in range(OUR_IMAGES)
        ]
        api.post(f"/projects/{id_}/assets", files=files).raise_for_status()
        wait_until(
            lambda: api.get(f"/projects/{id_}").json()["counts"]["to_label"] == OUR_IMAGES,
            "all images were ready to be labelled",
            seconds=300,
        )
        return f"{stack.address}/projects/{id_}/label"


@contextmanager
def their_projects(
    installed: studio.Installed, root: Path
) -> Iterator[dict[tuple[str, Size], Product]]:
    with images_served(root / "images") as images:
        names = [(tool, size) for tool in TOOLS for size in SIZES]
        wanted = [studio.Wanted(f"{images}/{size[0]}-{{n}}.jpg", tool) for tool, size in names]
        with studio.on_sqlite(
            installed, root / "studio", people=1, tasks=IMAGES, wanted=wanted
        ) as peer:
            yield {
                name: Theirs(f"{peer.address}/projects/{id_}/data?labeling=1", peer.address)
                for name, id_ in zip(names, peer.projects, strict=True)
            }


class OpenHandler(QuietHandler):
    """As a bucket with images is set up for other origins."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


@contextmanager
def images_served(folder: Path) -> Iterator[str]:
    folder.mkdir()
    for size in SIZES:
        for n in range(IMAGES):
            (folder / f"{size[0]}-{n}.jpg").write_bytes(photograph(size, n))
    handler = partial(OpenHandler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def photograph(size: Size, seed: int) -> bytes:
    """Soft spots of colour, which compress about as photographs do."""
    width, height = size
    noise = np.random.default_rng(seed)
    spots = noise.integers(0, 255, (height // 20, width // 20, 3), dtype=np.uint8)
    file = BytesIO()
    large = Image.fromarray(spots).resize(size, Image.Resampling.BICUBIC)
    large.save(file, "JPEG", quality=90)
    return file.getvalue()


if __name__ == "__main__":
    main()
