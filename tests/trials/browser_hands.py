"""People at real browsers, for a trial: they join, label with the mouse, and note what was taken.

All of them share one Chromium, each in a context of his own. What a page was answered with a 200 is
read from the network, so that the ledger of a trial does not hang on what the page shows.
"""

import asyncio
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from playwright.async_api import BrowserContext, Page, Response, expect
from playwright.async_api import Error as PlaywrightError

PASSWORD = "drawn by a steady hand"
#: Eight browsers on two cores: nothing here tells how fast the pages are.
_PATIENCE_MS = 120_000
expect.set_options(timeout=_PATIENCE_MS)

# What stands in front of a labeler: an image by its name, the end of his queue, or a problem.
_SCENE = """(before) => {
  const name = document.querySelector('.editor-header__asset')?.textContent
  const isOpen = document.querySelector('nav[aria-label="Tools"]') !== null
  if (isOpen && name && name !== before && document.querySelector('canvas[data-layer=image]')) {
    return { kind: 'image', name }
  }
  if (document.querySelector('.waiting-room__problem')) return { kind: 'problem' }
  if (document.querySelector('.waiting-room__actions')) return { kind: 'nothing' }
  return null
}"""

_ORIGIN = """() => {
  const canvas = document.querySelector('canvas[data-layer=image]')
  const { width, height } = canvas
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
  const at = data.findIndex((value, index) => index % 4 === 3 && value === 255)
  if (at < 0) return null
  const box = canvas.getBoundingClientRect()
  return [box.left + ((at - 3) / 4) % width, box.top + Math.floor(at / 4 / width)]
}"""


@dataclass(frozen=True)
class Stroke:
    """One object: the hotkey of its class, and where the brush goes, in image pixels."""

    class_key: str
    start: tuple[int, int]
    end: tuple[int, int]


@dataclass
class Labeler:
    """One person at his browser.

    pauses_seconds  how long he looks at an image before he draws
    given           the objects that images came with, by the image's name; work sent back has some
    handed_in       how many objects each version held that the server said it took
    troubles        problems that the page showed him, and that went away when he tried again
    """

    name: str
    email: str
    pauses_seconds: float
    page: Page
    person_id: UUID = field(default_factory=lambda: UUID(int=0))
    given: dict[str, int] = field(default_factory=dict)
    handed_in: dict[UUID, int] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    images: int = 0

    def __post_init__(self) -> None:
        self._notes: set[asyncio.Task[None]] = set()
        self.page.on("response", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.name}: {error}"))

    async def join(self, link: str) -> None:
        """Follow an invitation to the first page."""
        await self.page.goto(link)
        await self.page.get_by_label("Your name").fill(self.name)
        await self.page.get_by_label("Password").fill(PASSWORD)
        await self.page.keyboard.press("Enter")
        await expect(self.page.get_by_role("link", name="Start labeling")).to_be_visible()
        me = await self.page.evaluate("fetch('/api/v1/me').then((answer) => answer.json())")
        self.person_id = UUID(me["user"]["id"])

    async def work(self, leaving: asyncio.Event) -> None:
        """Label whatever comes until everybody leaves."""
        await self.page.get_by_role("link", name="Start labeling").click()
        before = ""
        while not leaving.is_set():
            scene = await self._scene(before)
            if scene["kind"] == "image":
                before = scene["name"]
                await asyncio.sleep(self.pauses_seconds)
                before = await self._label_or_reload(before)
                continue
            before = ""
            if scene["kind"] == "problem":
                self.troubles.append(await self.page.locator(".waiting-room__problem").inner_text())
            try:
                await asyncio.wait_for(leaving.wait(), timeout=1.0)
            except TimeoutError:
                await self._look_again()
        await self.page.goto("/")
        await asyncio.gather(*self._notes)

    async def _label_or_reload(self, image: str) -> str:
        """Whoever finds his page in a state that he does not understand opens it again; that is
        told at the end. Returns the image that was handed in, if one was."""
        try:
            await self._label(image)
        except (AssertionError, PlaywrightError) as error:
            self.complaints.append(f"{self.name} at {image}: {str(error)[:300]}")
            await self.page.reload()
            return ""
        self.images += 1
        return image

    async def _scene(self, before: str) -> dict[str, str]:
        found = await self.page.wait_for_function(_SCENE, arg=before, timeout=_PATIENCE_MS)
        scene: dict[str, str] = await found.json_value()
        return scene

    async def _look_again(self) -> None:
        again = self.page.get_by_role("button", name="Look again").or_(
            self.page.get_by_role("button", name="Try again")
        )
        if await again.count():
            await again.first.click()
            await self.page.wait_for_function("() => !document.querySelector('.spinner')")

    async def _label(self, image: str) -> None:
        """Draw what this image's name says, by mouse at one screen pixel per image pixel."""
        rows = self.page.locator(".object-row")
        there = self.given[image]
        await expect(rows).to_have_count(there)
        await self.page.keyboard.press("z")
        await expect(self.page.locator(".status-bar__zoom")).to_have_text("100 %")
        await self.page.wait_for_function(f"({_ORIGIN})() !== null")
        left, top = await self.page.evaluate(_ORIGIN)
        for number, stroke in enumerate(strokes_of(image, self.name, is_rework=there > 0), 1):
            await self.page.keyboard.press("b")
            await self.page.keyboard.press("Escape")
            await self.page.keyboard.press(stroke.class_key)
            mouse = self.page.mouse
            await mouse.move(left + stroke.start[0], top + stroke.start[1])
            await mouse.down()
            await mouse.move(left + stroke.end[0], top + stroke.end[1], steps=4)
            await mouse.up()
            await expect(rows).to_have_count(there + number)
        await self.page.keyboard.press("Control+Enter")

    def _heard(self, response: Response) -> None:
        if response.status == 200 and response.url.endswith(("/submit", "/queue/next")):
            note = asyncio.ensure_future(self._note(response))
            self._notes.add(note)

    async def _note(self, response: Response) -> None:
        try:
            answer = await response.json()
        except PlaywrightError as error:  # the page went on before the body was fetched
            self.complaints.append(f"{self.name}: an answer could not be read: {error}")
            return
        if response.url.endswith("/queue/next"):
            self.given[answer["asset"]["name"]] = len(answer["label"]["objects"])
            return
        version_id = UUID(answer["label_version"]["id"])
        self.handed_in[version_id] = len(_sent(response)["objects"])


def _sent(response: Response) -> dict[str, Any]:
    """The body of the request, which the page packs where it is not small."""
    body = response.request.post_data_buffer or b"{}"
    is_packed = response.request.headers.get("content-encoding") == "gzip"
    sent: dict[str, Any] = json.loads(gzip.decompress(body) if is_packed else body)
    return sent


def strokes_of(image: str, person: str, *, is_rework: bool) -> Sequence[Stroke]:
    """A car on the bar of every image, drawn a little differently by each person, and a road below
    on every other one; what is mended gets one more car."""
    shift = sum(map(ord, person)) % 9
    if is_rework:
        return [Stroke("1", (40, 200), (80, 200))]
    bar = Stroke("1", (60 + shift, 60), (140 + shift, 60))
    road = Stroke("2", (60, 130), (180, 130 + shift))
    return [bar] if number_in(image) % 2 else [bar, road]


def number_in(image: str) -> int:
    """7 of `image-7.png`."""
    return int("".join(filter(str.isdecimal, image)))


async def new_labeler(context: BrowserContext, name: str, pauses_seconds: float) -> Labeler:
    page = await context.new_page()
    page.set_default_timeout(_PATIENCE_MS)
    return Labeler(name, f"{name.lower()}@example.com", pauses_seconds, page)
