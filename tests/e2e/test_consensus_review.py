"""What several people drew is reviewed: the disputed part stays in its frame, whatever it is
compared with, and a version that was taken over is compared no more."""

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from maskwright.masks.codec import encode
from tests.e2e.labeling import RED, EditorHands, Labeling, labeling_project, sign_in
from tests.e2e.test_region_task import REGION, SHORT, car, disagree, joined, want_parts
from tests.support.stack import Stack
from tests.support.waiting import wait_until


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,)) as made:
        yield made


#: A frame's inner line is white.
LIGHT = 200


def agree(page: Page, stack: Stack, labeling: Labeling) -> None:
    """Two people disagree, and a third decides on the part; somebody is to review it."""
    want_parts(page, labeling)
    path = f"/projects/{labeling.id}/workflow"
    workflow = labeling.api.get(path).json()
    steps = [{"name": "First look"}]
    kept = {name: workflow[name] for name in ("version", "overlap")}
    labeling.api.put(path, json={**kept, "steps": steps}).raise_for_status()
    people = [joined(stack, labeling) for _ in range(3)]
    disagree(labeling, people[:2])
    decide_part(labeling, people[2])
    for client in people:
        client.close()
    wait_until(lambda: labeling.counts()["in_review"] == 1, "the answers were made one")


def decide_part(labeling: Labeling, who: httpx.Client) -> None:
    claimed = who.post(f"/projects/{labeling.id}/queue/next", json={}).json()
    [shown] = claimed["label"]["objects"]
    drawn = {
        "key": shown["key"],
        "class_id": shown["class_id"],
        "mask": dict(encode(car(100, SHORT)).to_wire()),
    }
    who.post(
        f"/leases/{claimed['lease']['id']}/submit",
        json={"fence": claimed["lease"]["fence"], "objects": [drawn]},
        headers={"Idempotency-Key": uuid4().hex},
    ).raise_for_status()


def lightness_over_frame(page: Page, origin: tuple[float, float]) -> int:
    """Of what is drawn over the editor, on the upper edge of the frame; 0 for nothing."""
    at = (origin[0] + REGION["x"] + REGION["width"] / 2, origin[1] + REGION["y"])
    found: int = page.evaluate(
        """([x, y]) => {
          const canvas = document.querySelector('.compare-layer__canvas')
          const box = canvas.getBoundingClientRect()
          const scale = canvas.width / box.width
          const read = (dy) => canvas.getContext('2d')
            .getImageData((x - box.left) * scale, (y - box.top) * scale + dy, 1, 1).data
          return Math.max(...[-1, 0, 1].map((dy) => Math.min(...read(dy))))
        }""",
        list(at),
    )
    return found


def test_the_frame_of_a_disputed_part_stands_over_an_earlier_version_too(
    page: Page, stack: Stack, labeling: Labeling
) -> None:
    sign_in(page)
    agree(page, stack, labeling)
    page.goto(f"/projects/{labeling.id}/review")
    hands = EditorHands(page, labeling)
    hands.wait_for_task()
    origin = hands.origin()
    page.get_by_role("button", name="Compare with").first.click()

    page.get_by_text("Blink", exact=True).click()
    wait_until(lambda: lightness_over_frame(page, origin) > LIGHT, "the frame stands over it")
    page.get_by_text("Slide", exact=True).click()
    wait_until(
        lambda: lightness_over_frame(page, origin) > LIGHT, "the frame stands left of the edge"
    )

    page.get_by_role("button", name="Take this version").click()

    expect(page.get_by_role("radio", name="Off")).to_be_checked()
    expect(page.get_by_role("button", name=re.compile("^Hand in correction"))).to_be_visible()
    page.keyboard.press("Control+z")
    hands.expect_save_state("saved")
    page.reload()
    expect(page.get_by_role("button", name=re.compile("^Approve"))).to_be_visible()
