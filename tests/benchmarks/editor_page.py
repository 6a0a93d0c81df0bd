"""The editor's page as a labeler has it: panels, autosave, server and all."""

import math
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
from PIL import Image
from playwright.sync_api import Browser, CDPSession, Page, Request, ViewportSize

from maskwright.masks.codec import encode
from tests.benchmarks.main_thread import Recording, Tracer
from tests.benchmarks.mouse import Mouse
from tests.benchmarks.quarter_speed import at_quarter_speed
from tests.benchmarks.report import Row, row
from tests.e2e.labeling import car_class, person_class, sign_in
from tests.support.scratch import scratch_folder
from tests.support.stack import Stack, running_stack
from tests.support.waiting import wait_until

FRONTEND = Path(__file__).parents[2] / "frontend"
WIDTH, HEIGHT = 4000, 3000
SUBMITS = 3
EARLIER_VISITS = 4
#: Objects across and down in each task's draft, in the order in which the tasks come.
GRIDS = ((10, 10), (10, 10), (40, 25), *([(10, 10)] * 2 * SUBMITS), (25, 20))
IMAGES = len(GRIDS) + 1
VIEW: ViewportSize = {"width": 1440, "height": 900}
STROKES = 4
REST_MS = 400
#: By then the next image is decoded and the last one kept.
LOOK_MS = 2000
MOVES_PER_STROKE = 60

CONTROL = """() => {
  const sheet = document.createElement('div')
  sheet.id = 'control'
  sheet.style.cssText = 'position: fixed; inset: 0; z-index: 9999'
  const square = document.createElement('div')
  square.style.cssText = 'width: 24px; height: 24px; background: red; will-change: transform'
  sheet.append(square)
  document.body.append(sheet)
  let x = 0
  let y = 0
  sheet.addEventListener('pointermove', (event) => { x = event.clientX; y = event.clientY })
  const follow = () => {
    if (!sheet.isConnected) return
    square.style.transform = `translate(${x}px, ${y}px)`
    requestAnimationFrame(follow)
  }
  requestAnimationFrame(follow)
}"""


def page_rows(browser: Browser) -> Iterator[Row]:
    with (
        tempfile.TemporaryDirectory() as built,
        scratch_folder() as folder,
    ):
        build_pages(Path(built))
        settings = {"MASKWRIGHT_FRONTEND_FOLDER": built}
        with running_stack(folder / "home", settings=settings) as stack:
            path = labelled_project(stack)
            visits = [visit_and_leave(browser, stack, path) for _ in range(EARLIER_VISITS)]
            with signed_in_page(browser, stack) as (session, page):
                visits.append(first_visit_ms(page, path))
                yield from opening_rows(page, visits, Path(built))
                yield from working_rows(Tracer(browser, page), session, page)


def build_pages(folder: Path) -> None:
    command = ["npx", "vite", "build", "--outDir", str(folder), "--emptyOutDir"]
    subprocess.run([*command, "--logLevel", "warn"], cwd=FRONTEND, check=True, stdout=sys.stderr)


def labelled_project(stack: Stack) -> str:
    """A project whose first tasks have drafts of many objects; returns its editor's path."""
    with closing(stack.signed_in()) as api:
        id_ = answer_of(api.post("/projects", json={"name": "Large photographs"}))["id"]
        tree = {"classes": [car_class(), person_class()]}
        classes = answer_of(api.put(f"/projects/{id_}/ontology", json=tree))["classes"]
        files = [
            ("files", (f"{seed}.jpg", photograph(seed), "image/jpeg")) for seed in range(IMAGES)
        ]
        answer_of(api.post(f"/projects/{id_}/assets", files=files))
        wait_until(
            lambda: answer_of(api.get(f"/projects/{id_}"))["counts"]["to_label"] == IMAGES,
            "all images were ready to be labelled",
            seconds=120,
        )
        known: list[str] = []
        for columns, rows in GRIDS:
            claim = {"exclude": known}
            task = answer_of(api.post(f"/projects/{id_}/queue/next", json=claim))
            known.append(task["task"]["id"])
            lease = task["lease"]
            draft = {
                "fence": lease["fence"],
                "client_id": str(uuid4()),
                "seq": 1,
                "upserts": grid_of_objects([node["id"] for node in classes], columns, rows),
            }
            answer_of(api.patch(f"/leases/{lease['id']}/draft", json=draft))
            # More than may be held at once; what was drawn stays a draft, and comes back.
            fence = {"fence": lease["fence"]}
            api.post(f"/leases/{lease['id']}/release", json=fence).raise_for_status()
        return f"/projects/{id_}/label"


def packed_bytes(script: Path) -> int:
    """As it comes over the network; the service worker's own script is none of the build's."""
    packed = script.with_name(f"{script.name}.br")
    whole = packed if packed.exists() else script
    return whole.stat().st_size if whole.exists() else 0


def answer_of(response: httpx.Response) -> Any:
    response.raise_for_status()
    return response.json()


def photograph(seed: int) -> bytes:
    """Soft spots of colour, which compress about as photographs do."""
    spots = np.random.default_rng(seed).integers(0, 255, (150, 200, 3), dtype=np.uint8)
    file = BytesIO()
    large = Image.fromarray(spots).resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
    large.save(file, "JPEG", quality=90)
    return file.getvalue()


def grid_of_objects(class_ids: list[str], columns: int, rows: int) -> list[dict[str, Any]]:
    """Ellipses on a grid; neighbours come close but share no pixel."""
    cell_width, cell_height = WIDTH // columns, HEIGHT // rows
    y, x = np.ogrid[:cell_height, :cell_width]
    ellipse = np.hypot(
        (x + 0.5 - cell_width / 2) / (cell_width * 0.45),
        (y + 0.5 - cell_height / 2) / (cell_height * 0.45),
    )
    objects = []
    for index in range(columns * rows):
        top = index // columns * cell_height
        left = index % columns * cell_width
        mask = np.zeros((HEIGHT, WIDTH), dtype=np.bool_)
        mask[top : top + cell_height, left : left + cell_width] = ellipse < 1
        class_id = class_ids[index % len(class_ids)]
        objects.append({"key": str(uuid4()), "class_id": class_id, "mask": encode(mask).to_wire()})
    return objects


@contextmanager
def signed_in_page(browser: Browser, stack: Stack) -> Iterator[tuple[CDPSession, Page]]:
    context = browser.new_context(base_url=stack.address, viewport=VIEW, locale="en-GB")
    page = context.new_page()
    sign_in(page)
    # Whoever opens the editor came by the page on which one signs in.
    page.goto("/sign-in")
    yield context.new_cdp_session(page), page
    context.close()


def visit_and_leave(browser: Browser, stack: Stack, path: str) -> float:
    """Leaving gives the tasks back that were held ready."""
    with signed_in_page(browser, stack) as (_session, page):
        opened_ms = first_visit_ms(page, path)
        page.wait_for_timeout(LOOK_MS)
        page.goto("/sign-in")
        page.wait_for_load_state("networkidle")
        return opened_ms


def first_visit_ms(page: Page, path: str) -> float:
    """Nothing cached, at a quarter of the speed."""
    page.goto("about:blank")
    page.add_init_script(NOTE_OPENED)
    # The page tells it by itself: to be asked takes a page at a quarter of its speed as long as
    # much of what is measured.
    with (
        at_quarter_speed(page),
        page.expect_console_message(lambda message: message.text == "opened"),
    ):
        page.goto(path)
    opened_ms: float = page.evaluate("window.openedMs")
    return opened_ms


def opening_rows(page: Page, visits: list[float], built: Path) -> Iterator[Row]:
    # The browser's own count is of unpacked bytes where its service worker hands them on.
    scripts = page.evaluate(
        """() => performance.getEntriesByType('resource')
          .filter(({ name, startTime }) => name.endsWith('.js') && startTime < window.openedMs)
          .map(({ name }) => name.split('/').at(-1))"""
    )
    kilobytes = sum(packed_bytes(built / "assets" / name) for name in set(scripts)) / 1000
    yield row(
        "page: JavaScript of a first visit",
        kilobytes,
        "kB",
        at_most=300,
        method="scripts that the page loads until the first task is open, packed as they come",
    )
    yield row(
        "page: first visit to a task to draw on",
        statistics.median(visits),
        "ms",
        at_most=2000,
        method="from the address to the frame with 12 megapixels, 100 objects and a canvas that "
        "takes strokes; a quarter of the speed, scripts may be in the browser's cache from signing "
        f"in; the page's clock, told by itself; median of {len(visits)} visits",
    )


@dataclass
class Findings:
    """Recordings of each kind of work, over all strokes."""

    of: dict[str, list[Recording]] = field(default_factory=dict)
    saved_bytes: list[int] = field(default_factory=list)

    def add(self, name: str, recording: Recording) -> None:
        self.of.setdefault(name, []).append(recording)

    def frame_p95_ms(self, name: str) -> float:
        return p95([ms for recording in self.of[name] for ms in recording.frames_cpu_ms()])

    def work_per_move_ms(self, name: str) -> float:
        sums = [sum(task.cpu_ms for task in recording.tasks) for recording in self.of[name]]
        return statistics.median(sums) / MOVES_PER_STROKE

    def longest_ms(self, name: str) -> float:
        return max(recording.longest_cpu_ms() for recording in self.of[name])


def working_rows(tracer: Tracer, session: CDPSession, page: Page) -> Iterator[Row]:
    for label, key in (("fitted", "f"), ("at 100 %", "z")):
        page.keyboard.press(key)
        page.keyboard.press("b")
        settle(page)
        found = Findings()
        mouse = Mouse(session)
        with at_quarter_speed(page):
            for turn in range(STROKES):
                stroke_and_undo(page, mouse, tracer, found, turn)
        yield from stroke_rows(found, label)
    yield from submit_rows(tracer, page)
    yield autosave_row(session, page)


def submit_rows(tracer: Tracer, page: Page) -> Iterator[Row]:
    """Each after as long a look at the image as the quickest labeler takes."""
    page.wait_for_timeout(LOOK_MS)
    # What the browser is asked with takes a while the first time, and is none of the page's.
    page.wait_for_function("() => true")
    with at_quarter_speed(page):
        submitting = tracer.record(lambda: submit(page))
    yield row(
        "page: longest task, submit to next image",
        submitting.longest_cpu_ms(),
        "CPU ms",
        at_most=50,
        method="from the key to the next image of 100 objects on the screen and the one after it "
        "prefetched; once, at a quarter of the speed",
    )
    page.wait_for_timeout(LOOK_MS)
    with at_quarter_speed(page):
        opened_ms = submit(page)
    yield row(
        "page: submit to a next image of 1,000 objects",
        opened_ms,
        "ms",
        at_most=1500,
        method="prefetched, from the key to the first frame in which one can draw on it; once, at "
        "a quarter of the speed; clock time",
    )
    for label, speed in (("", at_quarter_speed), (", not throttled", nullcontext)):
        times = []
        for _ in range(SUBMITS):
            page.wait_for_timeout(LOOK_MS)
            with speed(page):
                times.append(submit(page))
        yield row(
            f"page: submit to a next image of 100 objects{label}",
            statistics.median(times),
            "ms",
            at_most=100,
            method=f"the same, median of {SUBMITS}",
        )
    page.wait_for_timeout(LOOK_MS)


def autosave_row(session: CDPSession, page: Page) -> Row:
    submit(page)
    page.keyboard.press("f")
    page.keyboard.press("b")
    settle(page)
    found = Findings()
    mouse = Mouse(session)
    with saving(page, found):
        mouse.move(*wave(page, 0)(0))
        mouse.down()
        draw(mouse, page, 0)
        mouse.up()
        settle(page)
        wait_for_save(page)
    return row(
        "page: autosave of one stroke among 500 objects",
        max(found.saved_bytes) / 1000,
        "kB",
        at_most=20,
        method="bodies of all requests to the draft from press to saved; one stroke across 4000 by "
        "3000 pixels with 500 objects, over some 25 of them",
    )


def stroke_and_undo(page: Page, mouse: Mouse, tracer: Tracer, found: Findings, turn: int) -> None:
    def recorded(name: str, perform: Callable[[], object]) -> None:
        def perform_and_rest() -> None:
            perform()
            rest(page)

        found.add(name, tracer.record(perform_and_rest))

    page.evaluate(CONTROL)
    recorded("control", lambda: draw(mouse, page, turn))
    page.evaluate("document.getElementById('control').remove()")
    page.keyboard.press("Escape")
    settle(page)
    # The press is apart from the moves: it makes the object and its row in the panel.
    mouse.move(*wave(page, turn)(0))
    with saving(page, found):
        recorded("press", mouse.down)
        recorded("stroke", lambda: draw(mouse, page, turn))
        recorded("release", mouse.up)
        wait_for_save(page)
    recorded("undo", lambda: page.keyboard.press("Control+z"))
    recorded("redo", lambda: page.keyboard.press("Control+y"))


@contextmanager
def saving(page: Page, found: Findings) -> Iterator[None]:
    """Counts what the page sends to the draft meanwhile."""
    sent = 0

    def note(request: Request) -> None:
        nonlocal sent
        if request.method == "PATCH" and request.url.endswith("/draft"):
            sent += len(request.post_data_buffer or b"")

    page.on("request", note)
    yield
    page.remove_listener("request", note)
    found.saved_bytes.append(sent)


def stroke_rows(found: Findings, label: str) -> Iterator[Row]:
    yield row(
        f"page: brush frame p95, {label}",
        found.frame_p95_ms("stroke"),
        "CPU ms",
        control=found.frame_p95_ms("control"),
        at_most=16.7,
        method=f"main thread's computing per frame, {STROKES} strokes of {MOVES_PER_STROKE} moves, "
        "100 objects, 4000 by 3000 pixels, at a quarter of the speed; control: the same moves over "
        "a sheet on the same page on which an element follows the pointer",
    )
    yield row(
        f"page: main thread per move, {label}",
        found.work_per_move_ms("stroke"),
        "CPU ms",
        control=found.work_per_move_ms("control"),
        method="all computing of a stroke over its moves, median of the strokes",
    )
    yield row(
        f"page: autosave of one stroke, {label}",
        max(found.saved_bytes) / 1000,
        "kB",
        at_most=20,
        method=f"bodies of all requests to the draft from press to saved, the most of {STROKES} "
        "strokes across the image, each over several objects",
    )
    for name in ("press", "stroke", "release", "undo", "redo"):
        yield row(
            f"page: longest task in {name}, {label}",
            found.longest_ms(name),
            "CPU ms",
            control=found.longest_ms("control"),
            at_most=50,
            method=f"the longest of {STROKES} times; control as above",
        )


def wave(page: Page, turn: int) -> Callable[[int], tuple[float, float]]:
    box = page.locator(".stage__view").bounding_box()
    if box is None:
        raise RuntimeError("The editor shows no image.")

    def point(step: int) -> tuple[float, float]:
        part = step / MOVES_PER_STROKE
        x = box["x"] + box["width"] * (0.1 + 0.8 * part)
        y = box["y"] + box["height"] * (0.15 + 0.12 * turn + 0.08 * math.sin(part * 12))
        return x, y

    return point


def draw(mouse: Mouse, page: Page, turn: int) -> None:
    """A wave across most of the view, at the speed of a quick hand."""
    point = wave(page, turn)
    for step in range(MOVES_PER_STROKE + 1):
        mouse.move(*point(step))


#: When the first task could be drawn on: its objects, its image, and a canvas that takes strokes,
#: after the frame that shows them. What is loaded after it, is loaded later.
NOTE_OPENED = """
  const isOpen = () => {
    const canvas = document.querySelector('canvas[data-layer=image]')
    const isListed = document.querySelector('.object-row') !== null
    const takesStrokes = document.querySelector('.stage__canvas:not([data-locked])') !== null
    if (canvas === null || canvas.width < 2 || !isListed || !takesStrokes) return false
    const middle = canvas.getContext('2d')
      .getImageData(canvas.width / 2, canvas.height / 2, 1, 1)
    return middle.data[3] === 255
  }
  const look = () => {
    if (!isOpen()) {
      requestAnimationFrame(look)
      return
    }
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      window.openedMs = performance.now()
      console.log('opened')
    }
    port2.postMessage(null)
  }
  requestAnimationFrame(look)
"""

TIME_TO_NEXT = """() => {
  const asset = () => document.querySelector('.stage__canvas')?.ariaLabel
  const before = asset()
  window.nextShown = new Promise((done) => {
    addEventListener('keydown', () => {
      const pressedAt = performance.now()
      const look = () => {
        const canvas = document.querySelector('.stage__canvas')
        const isOpen = canvas && asset() !== before && !canvas.hasAttribute('data-locked')
        if (isOpen) done(performance.now() - pressedAt)
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }, { once: true, capture: true })
  })
}"""


def submit(page: Page) -> float:
    """Milliseconds from the key to the next image, ready to be drawn on."""
    page.evaluate(TIME_TO_NEXT)
    page.keyboard.press("Control+Enter")
    shown_ms: float = page.evaluate("window.nextShown")
    page.wait_for_load_state("networkidle")
    settle(page)
    return shown_ms


def wait_for_save(page: Page) -> None:
    page.locator(".editor-header__save[data-state=saved]").wait_for()
    settle(page)


def rest(page: Page) -> None:
    """As long as a dozen slow frames, without asking the page anything: that costs it a frame."""
    page.wait_for_timeout(REST_MS)


def settle(page: Page) -> None:
    page.evaluate(
        """async () => {
          const frame = () => new Promise((done) => requestAnimationFrame(done))
          for (let index = 0; index < 12; index++) await frame()
        }"""
    )


def p95(values: list[float]) -> float:
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]
