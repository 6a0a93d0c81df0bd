"""Three strokes and a submit by a real mouse, in whichever editor."""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize

from tests.benchmarks.editor_page import p95, settle
from tests.benchmarks.main_thread import Recording, Tracer
from tests.benchmarks.mouse import Mouse
from tests.benchmarks.quarter_speed import throttle

VIEW: ViewportSize = {"width": 1440, "height": 900}
STROKES = 3
MOVES_PER_STROKE = 60
_PATIENCE_MS = 180_000

#: With the product's own two functions in it: its page may forbid to make any of texts.
_TIME_TO_NEXT = """() => {
  const shown = %(shown)s
  const isOpen = %(is_open)s
  const before = shown()
  window.nextShown = new Promise((done) => {
    addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return
      const pressedAt = performance.now()
      const look = () => {
        if (shown() !== before && isOpen()) done(performance.now() - pressedAt)
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }, { capture: true })
  })
}"""


class Product(Protocol):
    """An editor and how it is worked with; both take the brush by a key and submit by Ctrl+Enter.

    shown    JavaScript: a function that names the image on screen
    is_open  JavaScript: a function that tells whether it can be drawn on
    image    selector of what the image fills on the screen
    """

    address: str
    shown: str
    is_open: str
    image: str

    def sign_in(self, page: Page) -> None: ...

    def begin_object(self, page: Page) -> None:
        """The next stroke is of a new object."""
        ...


@dataclass
class Figures:
    """What it took.

    ready_ms      from the address to an image to draw on, nothing cached
    script_kb     JavaScript that came until then
    frame_p95_ms  what the main thread computes between two frames of a stroke
    release_ms    its longest task after a stroke
    next_ms       from the key that submits to the next image to draw on
    sent_kb       bodies of all requests from the first stroke to there
    """

    ready_ms: float = 0.0
    script_kb: float = 0.0
    next_ms: float = 0.0
    sent_kb: float = 0.0
    strokes: list[Recording] = field(default_factory=list)
    releases: list[Recording] = field(default_factory=list)

    @property
    def frame_p95_ms(self) -> float:
        return p95([ms for stroke in self.strokes for ms in stroke.frames_cpu_ms()])

    @property
    def release_ms(self) -> float:
        return max(release.longest_cpu_ms() for release in self.releases)


def measure(browser: Browser, product: Product, rate: float) -> Figures:
    """At 1/rate of the processor's speed."""
    found = Figures()
    with visiting(browser, product) as context:
        page = context.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        session = context.new_cdp_session(page)
        throttle(session, rate)
        with scripts_counted(page, found):
            began = time.perf_counter()
            page.goto(product.address)
            page.wait_for_function(f"() => ({product.is_open})()")
            found.ready_ms = (time.perf_counter() - began) * 1000
        page.wait_for_load_state("networkidle")
        settle(page)
        tracer, mouse = Tracer(browser, page), Mouse(session)
        with bodies_counted(page, found):
            for turn in range(STROKES):
                product.begin_object(page)
                stroke(page, tracer, mouse, product, turn, found)
            page.evaluate(_TIME_TO_NEXT % {"shown": product.shown, "is_open": product.is_open})
            page.keyboard.press("Control+Enter")
            found.next_ms = page.evaluate("window.nextShown")
        throttle(session, 1)
    return found


def stroke(
    page: Page, tracer: Tracer, mouse: Mouse, product: Product, turn: int, found: Figures
) -> None:
    way = wave(page, product, turn)

    def settled(perform: Callable[[], object]) -> None:
        perform()
        settle(page)

    def draw() -> None:
        mouse.down()
        for step in range(1, MOVES_PER_STROKE + 1):
            mouse.move(*way(step))

    mouse.move(*way(0))
    settle(page)
    found.strokes.append(tracer.record(partial(settled, draw)))
    found.releases.append(tracer.record(partial(settled, mouse.up)))


def wave(page: Page, product: Product, turn: int) -> Callable[[int], tuple[float, float]]:
    """Across most of the image, at the speed of a quick hand."""
    box = page.locator(product.image).first.bounding_box()
    if box is None:
        raise RuntimeError("The editor shows no image.")

    def point(step: int) -> tuple[float, float]:
        part = step / MOVES_PER_STROKE
        x = box["x"] + box["width"] * (0.15 + 0.7 * part)
        y = box["y"] + box["height"] * (0.25 + 0.2 * turn + 0.08 * math.sin(part * 12))
        return x, y

    return point


@contextmanager
def visiting(browser: Browser, product: Product) -> Iterator[BrowserContext]:
    """Signed in, with an empty cache: signing in was another browser's."""
    first = browser.new_context(viewport=VIEW, locale="en-GB")
    product.sign_in(first.new_page())
    state = first.storage_state()
    first.close()
    context = browser.new_context(
        viewport=VIEW, locale="en-GB", storage_state={"cookies": state.get("cookies", [])}
    )
    yield context
    context.close()


@contextmanager
def scripts_counted(page: Page, found: Figures) -> Iterator[None]:
    came: list[Request] = []

    def note(request: Request) -> None:
        if request.resource_type == "script":
            came.append(request)

    page.on("requestfinished", note)
    yield
    page.remove_listener("requestfinished", note)
    found.script_kb = sum(request.sizes()["responseBodySize"] for request in came) / 1000


@contextmanager
def bodies_counted(page: Page, found: Figures) -> Iterator[None]:
    sent: list[int] = []

    def note(request: Request) -> None:
        sent.append(len(request.post_data_buffer or b""))

    page.on("request", note)
    yield
    page.remove_listener("request", note)
    found.sent_kb = sum(sent) / 1000
