"""A review whose time ran out while its reviewer was away, and that somebody else has by then."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import psycopg
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.labeling import BLUE, RED, EditorHands, Labeling, labeling_project, sign_in
from tests.e2e.test_quality import PASSWORD, join
from tests.e2e.test_review import hand_in, set_steps
from tests.support.stack import Stack
from tests.support.waiting import wait_until

WORDS = "The mirror is missing"


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    """Two labels wait for review."""
    with labeling_project(stack, images=(RED, BLUE)) as made:
        set_steps(made, {"name": "First look"})
        with closing(join(stack, made.api, "Ann", "labeler")) as ann:
            for _ in range(2):
                hand_in(made, ann)
        yield made


@pytest.fixture
def other(stack: Stack, labeling: Labeling) -> Iterator[httpx.Client]:
    with closing(join(stack, labeling.api, "Rita", "reviewer")) as rita:
        yield rita


@pytest.fixture
def reviewing(page: Page, stack: Stack, labeling: Labeling) -> Page:
    """At the first of them, with the reason for sending it back half written."""
    with closing(join(stack, labeling.api, "Vera", "reviewer")) as vera:
        sign_in(page, vera.get("/me").json()["user"]["email"], PASSWORD)
    page.goto(f"/projects/{labeling.id}/review")
    EditorHands(page, labeling).wait_for_task()
    page.get_by_role("button", name="Send back…").click()
    reason(page).fill(WORDS)
    return page


def reason(page: Page) -> Locator:
    return page.get_by_role("textbox", name="What is to be mended?")


def pass_to(other: httpx.Client, labeling: Labeling) -> dict[str, Any]:
    """The open review's time runs out, and somebody else gets it."""
    url = labeling.stack.database_url
    assert url is not None
    with psycopg.connect(url) as connection:
        connection.execute(
            "UPDATE lease SET expires_at = clock_timestamp() - interval '1 second'"
            " WHERE project_id = %s AND ended_at IS NULL",
            (labeling.id,),
        )
    taken: list[dict[str, Any]] = []
    path = f"/projects/{labeling.id}/queue/next"

    def is_taken() -> bool:
        answer = other.post(path, json={"stage": "review"})
        taken[:] = [answer.json()] if answer.status_code == httpx.codes.OK else []
        return bool(taken)

    wait_until(is_taken, "the review is somebody else's")
    return taken[0]


def come_back(page: Page) -> None:
    """As after a while without a network: the page asks at once how its lease stands."""
    page.context.set_offline(True)
    page.context.set_offline(False)


def comments(labeling: Labeling, claimed: dict[str, Any]) -> list[str]:
    threads = labeling.api.get(f"/assets/{claimed['asset']['id']}/comments").json()["items"]
    return [each["text"] for thread in threads for each in thread["comments"]]


def test_the_words_of_a_lost_review_go_as_a_comment(
    reviewing: Page, labeling: Labeling, other: httpx.Client
) -> None:
    claimed = pass_to(other, labeling)
    come_back(reviewing)

    expect(reviewing.get_by_role("alert")).to_contain_text("A verdict of yours does not count")
    expect(reason(reviewing)).to_have_value(WORDS)
    reviewing.get_by_role("button", name="Comment and next").click()

    expect(reviewing.locator(".editor-header")).not_to_contain_text(claimed["asset"]["name"])
    assert comments(labeling, claimed) == [WORDS]
    expect(reviewing.get_by_text("You wrote:")).to_have_count(0)


def test_who_leaves_a_lost_review_is_shown_what_he_wrote(
    reviewing: Page, labeling: Labeling, other: httpx.Client
) -> None:
    pass_to(other, labeling)
    come_back(reviewing)

    reviewing.get_by_role("button", name="Next image").click()

    notice = reviewing.get_by_text(f"You wrote: “{WORDS}”")
    expect(notice).to_be_visible()
    reviewing.get_by_role("button", name="Dismiss").click()
    expect(notice).to_have_count(0)


def test_a_verdict_that_came_too_late_is_told_with_its_words(
    reviewing: Page, labeling: Labeling, other: httpx.Client
) -> None:
    claimed = pass_to(other, labeling)

    reviewing.get_by_role("button", name="Send back and next").click()

    expect(reviewing.get_by_text(f"on {claimed['asset']['name']} did not count")).to_be_visible()
    expect(reviewing.get_by_text(f"You wrote: “{WORDS}”")).to_be_visible()


def test_a_lost_image_is_not_left_with_a_comment_unsent(
    page: Page, stack: Stack, labeling: Labeling, other: httpx.Client
) -> None:
    with closing(join(stack, labeling.api, "Vera", "reviewer")) as vera:
        sign_in(page, vera.get("/me").json()["user"]["email"], PASSWORD)
    page.goto(f"/projects/{labeling.id}/review")
    EditorHands(page, labeling).wait_for_task()
    page.keyboard.press("k")
    expect(page.locator(".comment-catcher")).to_be_focused()
    page.keyboard.press("Enter")
    comment = page.get_by_role("textbox", name="Comment on the image")
    comment.fill(WORDS)
    claimed = pass_to(other, labeling)
    come_back(page)

    page.get_by_role("button", name="Next image").click()

    expect(page.get_by_text("This comment is not sent yet.")).to_be_visible()
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(comment).to_have_count(0)
    page.get_by_role("button", name="Next image").click()
    expect(page.get_by_role("button", name="Next image")).to_have_count(0)
    assert comments(labeling, claimed) == [WORDS]
