"""A labeler in front of the editor: a project to work on, and hands on mouse and keyboard."""

import gzip
import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx
import numpy as np
import numpy.typing as npt
from PIL import Image
from playwright.sync_api import Page, Request, expect

from tests.support.stack import OWNER_EMAIL, OWNER_PASSWORD, Stack
from tests.support.waiting import wait_until

BoolMask = npt.NDArray[np.bool_]
RED, GREEN, BLUE = (200, 40, 40), (40, 160, 60), (40, 60, 200)


def car_class(**more: Any) -> dict[str, Any]:
    return {"name": "Car", "color": "#e69f00", "hotkey": "1", "kind": "thing", **more}


def person_class(**more: Any) -> dict[str, Any]:
    return {"name": "Person", "color": "#56b4e9", "hotkey": "2", "kind": "thing", **more}


def sent_json(request: Request) -> Any:
    """The body of a request, which the page packs where it is not small."""
    body = request.post_data_buffer or b"null"
    is_packed = request.headers.get("content-encoding") == "gzip"
    return json.loads(gzip.decompress(body) if is_packed else body)


@dataclass(frozen=True)
class Labeling:
    """A project with images in its queue, seen through the API."""

    id: str
    api: httpx.Client
    stack: Stack
    class_ids: dict[str, str]

    @property
    def path(self) -> str:
        return f"/projects/{self.id}/label"

    def draft(self) -> list[dict[str, Any]]:
        """The objects of the open task's draft, as the server has them."""
        answer = self.api.post(f"/projects/{self.id}/queue/next", json={})
        answer.raise_for_status()
        objects: list[dict[str, Any]] = answer.json()["label"]["objects"]
        return objects

    def counts(self) -> dict[str, int]:
        counts: dict[str, int] = self.api.get(f"/projects/{self.id}").json()["counts"]
        return counts


@contextmanager
def labeling_project(
    stack: Stack,
    *,
    images: Sequence[tuple[int, int, int]] = (RED, BLUE),
    size: tuple[int, int] = (640, 480),
    classes: Sequence[dict[str, Any]] = (),
    files: Sequence[tuple[str, bytes]] | None = None,
) -> Iterator[Labeling]:
    """A new project, ready to be labelled: these files, or one plain image per colour."""
    with closing(stack.signed_in()) as api:
        project = api.post("/projects", json={"name": f"Labeling {uuid4().hex[:8]}"})
        project.raise_for_status()
        id_ = project.json()["id"]
        tree = [*(classes or (car_class(), person_class()))]
        ontology = api.put(f"/projects/{id_}/ontology", json={"classes": tree})
        ontology.raise_for_status()
        class_ids = {node["name"]: node["id"] for node in ontology.json()["classes"]}
        if files is None:
            files = [(f"{index}.png", plain_png(color, size)) for index, color in enumerate(images)]
        parts = [("files", file) for file in files]
        api.post(f"/projects/{id_}/assets", files=parts).raise_for_status()
        labeling = Labeling(id_, api, stack, class_ids)
        wait_until(
            lambda: labeling.counts()["to_label"] == len(parts),
            "all images were ready to be labelled",
        )
        yield labeling


def plain_png(color: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    """One colour, but for a corner of noise, so that no two images have the same bytes."""
    image = Image.new("RGB", size, color)
    noise = np.random.default_rng().integers(0, 255, (4, 4, 3), dtype=np.uint8)
    image.paste(Image.fromarray(noise), (0, 0))
    file = BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def sign_in(page: Page, email: str = OWNER_EMAIL, password: str = OWNER_PASSWORD) -> None:
    """Gives the browser a session, without a page: to load one costs more than most tests do on
    theirs. The sign-in page itself has tests of its own."""
    answer = page.request.post("/api/v1/session", data={"email": email, "password": password})
    assert answer.status == httpx.codes.OK


class EditorHands:
    """What a labeler does and sees, in image pixels at 100 % zoom."""

    def __init__(self, page: Page, labeling: Labeling) -> None:
        self.page = page
        self.labeling = labeling

    def open(self) -> "EditorHands":
        """Opens the next task, at one screen pixel per image pixel."""
        self.page.goto(self.labeling.path)
        self.wait_for_task()
        return self

    def wait_for_task(self) -> None:
        expect(self.page.get_by_role("navigation", name="Tools")).to_be_visible()
        self.page.keyboard.press("z")
        expect(self.page.locator(".status-bar__zoom")).to_have_text("100 %")
        self.wait_for_image()

    def wait_for_image(self) -> None:
        """It may come later than all around it, and the strokes are placed by it."""
        self.page.wait_for_function(
            """() => {
              const canvas = document.querySelector('canvas[data-layer=image]')
              const { width, height } = canvas ?? { width: 0, height: 0 }
              if (width < 2) return false
              const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
              return data.some((value, index) => index % 4 === 3 && value === 255)
            }"""
        )
        self.settle()

    def origin(self) -> tuple[float, float]:
        """Where on the page the image's top left corner is: where its canvas begins to be drawn."""
        x, y = self.page.evaluate(
            """() => {
              const canvas = document.querySelector('canvas[data-layer=image]')
              const { width, height } = canvas
              const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
              const at = data.findIndex((value, index) => index % 4 === 3 && value === 255)
              const box = canvas.getBoundingClientRect()
              return [box.left + ((at - 3) / 4) % width, box.top + Math.floor(at / 4 / width)]
            }"""
        )
        return x, y

    def drag(self, start: tuple[int, int], end: tuple[int, int], *, steps: int = 12) -> None:
        x, y = self.origin()
        mouse = self.page.mouse
        mouse.move(x + start[0], y + start[1])
        mouse.down()
        mouse.move(x + end[0], y + end[1], steps=steps)
        mouse.up()
        self.settle()

    def settle(self) -> None:
        """Waits until lists and panels show what the canvas shows: they follow a frame later."""
        self.page.evaluate(
            """async () => {
              const frame = () => new Promise((done) => requestAnimationFrame(done))
              for (let index = 0; index < 3; index++) await frame()
              await new Promise((done) => requestIdleCallback(done))
            }"""
        )

    def click(self, at: tuple[float, float]) -> None:
        x, y = self.origin()
        self.page.mouse.click(x + at[0], y + at[1])

    def paint(self, class_key: str, start: tuple[int, int], end: tuple[int, int]) -> None:
        """A brush stroke as a new object of the class with this hotkey."""
        self.page.keyboard.press("b")
        self.page.keyboard.press("Escape")
        self.page.keyboard.press(class_key)
        self.drag(start, end)

    def areas(self) -> dict[str, str]:
        """The object list: name → area, as it stands there."""
        self.settle()
        rows = self.page.locator(".object-row")
        return {
            row.locator(".object-row__name").inner_text(): row.locator(
                ".object-row__area"
            ).inner_text()
            for row in rows.all()
        }

    def expect_objects(self, count: int) -> None:
        expect(self.page.locator(".object-row")).to_have_count(count)

    def save_state(self) -> str:
        state = self.page.locator(".editor-header__save").get_attribute("data-state")
        return state or ""

    def expect_save_state(self, state: str) -> None:
        expect(self.page.locator(".editor-header__save")).to_have_attribute("data-state", state)

    def center_color(self) -> tuple[int, ...]:
        """What the canvas shows of the image in its middle, as red, green, blue, alpha."""
        self.settle()
        return tuple(
            self.page.evaluate(
                """() => {
                  const canvas = document.querySelector('canvas[data-layer=image]')
                  const { width, height } = canvas
                  return [...canvas.getContext('2d').getImageData(width / 2, height / 2, 1, 1).data]
                }"""
            )
        )

    def screen_mask(self, size: tuple[int, int]) -> BoolMask:
        """Which image pixels look labelled on the screen, bool (height, width).

        Nothing may be selected: a selection's black line lies outside of its object.
        """
        self.settle()
        width, height = size
        x, y = self.origin()
        alphas = self.page.evaluate(
            """([x, y, width, height]) => {
              const whole = new OffscreenCanvas(width, height).getContext('2d')
              for (const cell of document.querySelectorAll('[data-layer=masks] canvas')) {
                // A hidden one may hold what was there before.
                if (getComputedStyle(cell).visibility === 'hidden') continue
                const { left, top } = cell.getBoundingClientRect()
                whole.drawImage(cell, left - x, top - y)
              }
              const { data } = whole.getImageData(0, 0, width, height)
              return Array.from({ length: width * height }, (_, at) => data[4 * at + 3])
            }""",
            [x, y, width, height],
        )
        return np.array(alphas, dtype=np.uint8).reshape(height, width) > 0
