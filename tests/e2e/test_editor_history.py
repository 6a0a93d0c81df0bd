"""The history of an image: it outlives its page, can be gone along, and taken from a version."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.labeling import RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,)) as made:
        yield made


def test_undo_goes_on_after_a_reload_step_by_step_as_the_list_shows(
    page: Page, labeling: Labeling
) -> None:
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("1", (100, 100), (200, 120))
    first = hands.areas()
    hands.paint("2", (150, 60), (150, 200))
    hands.paint("2", (300, 60), (300, 200))
    hands.expect_objects(3)
    hands.page.keyboard.press("Control+z")
    hands.expect_objects(2)
    both = hands.areas()
    assert list(both) == ["Car 1", "Person 1"]
    hands.expect_save_state("saved")
    wait_until(lambda: len(labeling.draft()) == 2, "the draft held both objects")

    page.reload()
    hands.wait_for_task()
    hands.expect_objects(2)
    page.keyboard.press("Control+Shift+h")
    steps = page.get_by_role("list", name="Steps").get_by_role("listitem")
    expect(steps).to_have_count(4)
    expect(page.locator(".history__step[aria-current]")).to_contain_text("Brush")
    expect(page.locator(".history__step[data-undone]")).to_have_count(1)

    steps.nth(1).get_by_role("button").click()
    page.keyboard.press("Control+Shift+h")
    hands.expect_objects(1)
    assert hands.areas() == first
    page.keyboard.press("Control+Shift+z")
    hands.expect_objects(2)
    assert hands.areas() == both
    hands.expect_save_state("saved")


def test_a_saved_version_is_looked_at_and_restored_as_a_step_that_can_be_undone(
    page: Page, context: BrowserContext, labeling: Labeling
) -> None:
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("1", (100, 100), (200, 120))
    painted = hands.areas()
    hands.expect_save_state("saved")
    wait_until(lambda: len(labeling.draft()) == 1, "the draft held the object")
    _answer_with_version(context, labeling)

    hands.paint("2", (100, 100), (150, 110))
    hands.paint("1", (300, 300), (350, 310))
    changed = hands.areas()
    page.keyboard.press("Control+Shift+h")
    page.get_by_role("button", name="Preview version 3").click()
    expect(page.get_by_role("img", name="1 object of version 3")).to_be_visible()
    page.get_by_role("button", name="Restore version 3").click()
    expect(page.get_by_text("Version 3 is restored as a new step")).to_be_visible()
    page.keyboard.press("Control+Shift+h")
    hands.expect_objects(1)
    assert hands.areas() == painted
    page.keyboard.press("Control+z")
    hands.expect_objects(3)
    assert hands.areas() == changed


def _answer_with_version(context: BrowserContext, labeling: Labeling) -> None:
    """The image has a version that holds what the draft holds now."""
    [asset] = labeling.api.get(f"/projects/{labeling.id}/assets").json()["items"]
    objects = labeling.draft()
    head = {
        "id": "0192f0c0-0000-7000-8000-000000000003",
        "number": 3,
        "kind": "imported",
        "origin": "import",
        "author": None,
        "created_at": "2026-01-01T00:00:00Z",
        "active_ms": 0,
        "ontology_version": 1,
        "is_current": False,
    }
    whole = {**head, "asset_id": asset["id"], "image_attributes": {}, "objects": objects}
    page_of_one = {"items": [{**head, "objects": len(objects)}], "next_cursor": None}
    context.route(re.compile("/assets/[^/]+/labels"), lambda route: route.fulfill(json=page_of_one))
    context.route(re.compile("/label-versions/"), lambda route: route.fulfill(json=whole))
