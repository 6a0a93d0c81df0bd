"""Images of many objects: of their list only the rows in view exist."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from maskwright.masks.codec import encode
from tests.e2e.labeling import RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack

OBJECTS = 200


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,)) as made:
        save_many_objects(made)
        yield made


def save_many_objects(labeling: Labeling) -> None:
    task = labeling.api.post(f"/projects/{labeling.id}/queue/next", json={}).json()
    car = labeling.class_ids["Car"]
    objects: list[dict[str, Any]] = []
    for index in range(OBJECTS):
        mask = np.zeros((480, 640), dtype=np.bool_)
        top, left = index // 20 * 40, index % 20 * 30
        mask[top : top + 20, left : left + 20] = True
        objects.append({"key": str(uuid4()), "class_id": car, "mask": encode(mask).to_wire()})
    draft = {"fence": task["lease"]["fence"], "client_id": str(uuid4()), "seq": 1}
    saved = labeling.api.patch(
        f"/leases/{task['lease']['id']}/draft", json={**draft, "upserts": objects}
    )
    saved.raise_for_status()


def test_a_key_after_scrolling_does_nothing_to_the_object_that_took_a_row(
    page: Page, labeling: Labeling
) -> None:
    sign_in(page)
    EditorHands(page, labeling).open()
    rows = page.locator(".object-row")
    expect(rows.first).to_have_attribute("aria-setsize", str(OBJECTS))
    page.get_by_role("button", name="Hide Car 3", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.locator(".object-row[data-hidden]")).to_have_count(1)
    box = page.locator(".object-list").bounding_box()
    assert box
    page.mouse.move(box["x"] + 40, box["y"] + box["height"] / 2)
    for _ in range(2):
        before = rows.first.get_attribute("aria-posinset") or ""
        # So many rows further, another object's row has the elements of the one that was focused.
        page.mouse.wheel(0, 64 * 28)
        expect(rows.first).not_to_have_attribute("aria-posinset", before)
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator(".object-row[data-hidden]")).to_have_count(0)
    page.mouse.wheel(0, -9_000)
    expect(rows.first).to_have_attribute("aria-posinset", "1")
    expect(page.locator(".object-row[data-hidden]")).to_have_count(1)
    expect(page.locator(".object-row[data-hidden]")).to_contain_text("Car 3")


def test_what_is_chosen_on_the_image_comes_into_view_in_the_list(
    page: Page, labeling: Labeling
) -> None:
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    page.keyboard.press("v")
    hands.click((19 * 30 + 10, 9 * 40 + 10))
    chosen = page.locator(".object-row[data-selected]")
    expect(chosen).to_be_in_viewport()
    numbers = page.locator(".object-row__name").all_text_contents()
    assert numbers == sorted(numbers, key=lambda name: int(name.split()[1]))
