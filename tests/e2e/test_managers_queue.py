"""A manager in front of the queue: sees what comes next, re-orders it, answers, pauses."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.labeling import BLUE, GREEN, RED, EditorHands, Labeling, labeling_project, sign_in
from tests.support.stack import Stack
from tests.support.waiting import wait_until


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED, GREEN, BLUE)) as opened:
        yield opened


@pytest.fixture
def desk(page: Page, labeling: Labeling) -> Page:
    sign_in(page)
    page.goto(f"/projects/{labeling.id}/queue")
    return page


def claim(labeling: Labeling) -> dict[str, Any]:
    answer = labeling.api.post(f"/projects/{labeling.id}/queue/next", json={})
    answer.raise_for_status()
    claimed: dict[str, Any] = answer.json()
    return claimed


def test_a_manager_puts_an_image_first_and_a_batch_around_it(
    desk: Page, labeling: Labeling
) -> None:
    desk.get_by_role("button", name="New batch").click()
    desk.get_by_label("Name").fill("Night")
    desk.get_by_role("textbox", name="Priority").fill("5")
    desk.get_by_role("button", name="Make batch").click()
    expect(desk.get_by_role("region", name="Batches")).to_contain_text("Night")
    expect(desk.get_by_role("button", name="New batch")).to_be_focused()

    desk.get_by_role("checkbox", name="Select 2.png").press("Space")
    desk.get_by_role("button", name="Change 1 image").click()
    desk.get_by_role("button", name="Priority Change").click()
    desk.get_by_role("option", name="Batch").click()
    desk.get_by_role("button", name="No batch Batch").click()
    desk.get_by_role("option", name="Night").click()
    desk.get_by_role("button", name="Change", exact=True).click()

    first = desk.get_by_role("region", name="Images handed out next").get_by_role("row").nth(1)
    expect(first).to_contain_text("2.png")
    expect(first).to_contain_text("Night")
    assert claim(labeling)["asset"]["name"] == "2.png"


def test_a_question_is_answered_where_it_is_asked_about(desk: Page, labeling: Labeling) -> None:
    claimed = claim(labeling)
    lease, name = claimed["lease"], claimed["asset"]["name"]
    body = {"fence": lease["fence"], "text": "Is a van a car?"}
    labeling.api.post(f"/leases/{lease['id']}/ask", json=body).raise_for_status()

    expect(desk.get_by_text("Is a van a car?")).to_be_visible()
    desk.get_by_label("Answer to").fill("Yes, it is.")
    desk.get_by_role("button", name="Answer").click()

    expect(desk.get_by_text("Is a van a car?")).to_have_count(0)
    wait_until(lambda: labeling.counts()["questions"] == 0, "the image was in the queue again")
    hands = EditorHands(desk, labeling).open()
    hands.page.get_by_role("button", name="Answered").click()
    expect(desk.get_by_role("dialog")).to_contain_text("Yes, it is.")
    expect(desk.get_by_text(name)).to_be_visible()


def test_a_labeler_asks_from_the_editor(page: Page, labeling: Labeling) -> None:
    sign_in(page)
    EditorHands(page, labeling).open()
    header = page.locator(".editor-header__asset")
    asked_about = header.inner_text()
    page.keyboard.press("q")
    page.get_by_label("Your question").fill("Where does the road end?")
    page.keyboard.press("Control+Enter")
    wait_until(lambda: labeling.counts()["questions"] == 1, "the image was parked")
    # Which of the others comes next is the queue's affair.
    expect(header).not_to_have_text(asked_about)


def test_a_pause_takes_back_what_is_open_until_the_project_goes_on(
    desk: Page, labeling: Labeling
) -> None:
    claim(labeling)
    expect(desk.get_by_role("region", name="Images handed out now")).to_be_visible()

    desk.get_by_role("button", name="Pause", exact=True).click()
    desk.get_by_role("alertdialog").get_by_role("button", name="Pause").click()

    expect(desk.get_by_text("Nobody is given an image")).to_be_visible()
    refused = labeling.api.post(f"/projects/{labeling.id}/queue/next", json={})
    assert refused.json()["code"] == "project-paused"
    desk.get_by_role("button", name="Resume").click()
    expect(desk.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    next_url = f"/projects/{labeling.id}/queue/next"
    wait_until(lambda: labeling.api.post(next_url, json={}).is_success, "images are handed out")


def test_an_image_is_taken_back_from_who_has_it(desk: Page, labeling: Labeling) -> None:
    name = claim(labeling)["asset"]["name"]

    desk.get_by_role("button", name=f"Take {name} back").click()
    desk.get_by_role("alertdialog").get_by_role("button", name="Take back").click()

    expect(desk.get_by_text("No image is open")).to_be_visible()
    wait_until(lambda: labeling.counts()["in_progress"] == 0, "nobody had an image")


def test_limits_of_a_team_are_set_and_shown(desk: Page, labeling: Labeling) -> None:
    name = f"North {labeling.id[-6:]}"
    labeling.api.post("/teams", json={"name": name, "kind": "vendor"}).raise_for_status()
    desk.reload()
    desk.get_by_role("button", name="Limits").click()
    desk.get_by_role("button", name="Add limit").click()
    save = desk.get_by_role("button", name="Save limits")
    expect(save).to_be_disabled()
    desk.get_by_role("button", name="Each person Who").click()
    desk.get_by_role("option", name=name).click()
    desk.get_by_role("textbox", name="Images", exact=True).fill("2")
    save.click()

    shown = desk.get_by_role("region", name="Limits of teams and batches")
    expect(shown).to_contain_text(name)
    expect(shown).to_contain_text("0 of 2")


def test_a_batch_that_is_over_its_deadline_is_told_and_moved_on_the_desk(
    desk: Page, labeling: Labeling
) -> None:
    path = f"/projects/{labeling.id}"
    wanted = {"name": "Night", "due_at": "2026-01-05T12:00:00Z"}
    batch = labeling.api.post(f"{path}/batches", json=wanted).json()["id"]
    arranged = {"pick": {"text": "png"}, "set": {"batch_id": batch}}
    labeling.api.post(f"{path}/queue/arrange", json=arranged).raise_for_status()
    desk.reload()

    expect(desk.get_by_text("1 batch misses its deadline")).to_be_visible()
    expect(desk.get_by_text("3 images left")).to_be_visible()

    desk.get_by_role("button", name="Change the batch Night").click()
    save = desk.get_by_role("button", name="Save")
    expect(save).to_be_disabled()
    desk.get_by_label("Deadline").fill("2099-12-31")
    desk.get_by_role("textbox", name="Priority").fill("7")
    save.click()

    expect(desk.get_by_text("1 batch misses its deadline")).to_have_count(0)
    first = desk.get_by_role("region", name="Images handed out next").get_by_role("row").nth(1)
    expect(first.get_by_role("cell").nth(5)).to_have_text("7")
