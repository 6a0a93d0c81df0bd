"""Two people talk about a place on an image."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.labeling import RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until

SIZE = (640, 480)


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED,), size=SIZE) as made:
        yield made


def test_a_pinned_comment_is_answered_resolved_and_seen_at_once(
    page: Page, browser: Browser, stack: Stack, labeling: Labeling
) -> None:
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    comment = page.get_by_role("dialog", name="Comment", exact=True)

    # Pinned by one click; the tools do not see it.
    page.keyboard.press("k")
    expect(page.locator(".comment-catcher")).to_be_focused()
    hands.click((120, 90))
    expect(page.get_by_role("textbox", name="Comment on this place")).to_be_focused()
    page.keyboard.type("Is this a car?")
    page.keyboard.press("Enter")
    pin = page.locator(".comment-pin")
    expect(pin).to_be_visible()
    # It is talked about where it is pinned.
    expect(comment).to_contain_text("Is this a car?")
    hands.expect_objects(0)
    [thread] = open_threads(labeling)
    assert (round(thread["x"]), round(thread["y"])) == (120, 90)

    # Somebody else answers: it is on the page without a reload.
    with closing(stack.signed_in()) as colleague:
        answer = colleague.post(f"/comments/{thread['id']}/replies", json={"text": "A bus."})
        answer.raise_for_status()
    expect(comment).to_contain_text("A bus.")
    wait_until(lambda: 0 < left(comment) - left(pin) < 60, "it was beside its pin")
    # It goes with the image, and stays in the view.
    page.mouse.move(500, 500)
    page.mouse.wheel(0, -2000)
    page.keyboard.press("0")
    wait_until(lambda: left(comment) >= 0, "it was in the view")

    comment.get_by_role("button", name="Resolve").click()
    expect(comment.locator(".comment-thread")).to_have_attribute("data-state", "resolved")
    assert open_threads(labeling) == []
    comment.get_by_role("button", name="Close").click()
    expect(comment).to_have_count(0)
    expect(page.locator(".comment-pin")).to_have_count(0)


def test_a_comment_is_begun_by_keyboard_alone(page: Page, labeling: Labeling) -> None:
    sign_in(page)
    hands = EditorHands(page, labeling).open()
    hands.paint("1", (100, 100), (200, 120))
    hands.expect_objects(1)

    page.keyboard.press("k")
    expect(page.locator(".comment-catcher")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Comment on the selected object")).to_be_focused()
    page.keyboard.type("Cut off at the left?")
    page.keyboard.press("Enter")

    expect(page.locator(".comment-pin")).to_be_visible()
    expect(page.locator(".stage__canvas")).to_be_focused()
    [thread] = open_threads(labeling)
    assert thread["object_key"] is not None


def left(shown: Locator) -> float:
    box = shown.bounding_box()
    assert box is not None
    return box["x"]


def open_threads(labeling: Labeling) -> list[dict[str, object]]:
    answer = labeling.api.get(f"/projects/{labeling.id}/comments?state=open")
    answer.raise_for_status()
    threads: list[dict[str, object]] = answer.json()["items"]
    return threads
