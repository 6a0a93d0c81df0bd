"""The bell tells of what concerns oneself while the page is open."""

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.labeling import GREEN, RED, Labeling, labeling_project, sign_in
from tests.e2e.test_quality import PASSWORD, claim, join
from tests.support.stack import Stack


@pytest.fixture
def labeling(stack: Stack) -> Iterator[Labeling]:
    with labeling_project(stack, images=(RED, GREEN)) as opened:
        yield opened


def test_an_answer_rings_at_once_and_is_read_once_it_was_seen(
    page: Page, stack: Stack, labeling: Labeling
) -> None:
    with closing(join(stack, labeling.api, "Ann", "labeler")) as ann:
        email = ann.get("/me").json()["user"]["email"]
        lease = claim(ann, labeling)["lease"]
        asked = {"fence": lease["fence"], "text": "Is a van a car?"}
        ann.post(f"/leases/{lease['id']}/ask", json=asked).raise_for_status()
        sign_in(page, email, PASSWORD)
        page.goto("/")
        bell = page.get_by_role("button", name="Notifications")
        expect(bell).to_have_accessible_name("Notifications")

        questions = f"/projects/{labeling.id}/questions"
        [question] = labeling.api.get(questions).json()["items"]
        answer = labeling.api.post(
            f"{questions}/{question['id']}/answer", json={"text": "Yes, it is."}
        )
        answer.raise_for_status()
        expect(bell).to_have_accessible_name("Notifications, 1 new")

        bell.click()
        told = page.get_by_role("menuitem").filter(has_text="Yes, it is.")
        expect(told).to_be_visible()
        page.keyboard.press("Escape")
        expect(bell).to_have_accessible_name("Notifications")

        bell.click()
        told.click()
        expect(page.get_by_role("navigation", name="Tools")).to_be_visible()


def test_what_concerns_others_does_not_ring(page: Page, stack: Stack, labeling: Labeling) -> None:
    with (
        closing(join(stack, labeling.api, "Ann", "labeler")) as ann,
        closing(join(stack, labeling.api, "Bo", "labeler")) as bo,
    ):
        sign_in(page, bo.get("/me").json()["user"]["email"], PASSWORD)
        page.goto("/")
        questions = f"/projects/{labeling.id}/questions"
        for who in (ann, bo):
            lease = claim(who, labeling)["lease"]
            asked = {"fence": lease["fence"], "text": "Is this one a car?"}
            who.post(f"/leases/{lease['id']}/ask", json=asked).raise_for_status()
        for question in labeling.api.get(questions).json()["items"]:
            labeling.api.post(
                f"{questions}/{question['id']}/answer", json={"text": "It is."}
            ).raise_for_status()

        bell = page.get_by_role("button", name="Notifications")
        expect(bell).to_have_accessible_name("Notifications, 1 new")
        bell.click()
        expect(page.get_by_role("menuitem")).to_have_count(1)


def test_a_reviewer_hears_of_a_question_and_is_led_to_where_he_answers_it(
    page: Page, stack: Stack, labeling: Labeling
) -> None:
    with (
        closing(join(stack, labeling.api, "Ann", "labeler")) as ann,
        closing(join(stack, labeling.api, "Rita", "reviewer")) as rita,
    ):
        sign_in(page, rita.get("/me").json()["user"]["email"], PASSWORD)
        page.goto("/")
        task = claim(ann, labeling)
        asked = {"fence": task["lease"]["fence"], "text": "Is a van a car?"}
        ann.post(f"/leases/{task['lease']['id']}/ask", json=asked).raise_for_status()

        page.get_by_role("button", name="Notifications, 1 new").click()
        page.get_by_role("menuitem").filter(has_text="Is a van a car?").click()

        page.get_by_role("textbox", name="Answer to Ann").fill("Yes, it is.")
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"Ann gets {task['asset']['name']} back")).to_be_visible()


def test_who_only_runs_the_queue_answers_questions_there(
    page: Page, stack: Stack, labeling: Labeling
) -> None:
    api = labeling.api
    role = {"name": f"Queue {uuid4().hex[:6]}", "permissions": ["manage_queue"]}
    role_id = api.post("/roles", json=role).raise_for_status().json()["id"]
    with (
        closing(join(stack, api, "Ann", "labeler")) as ann,
        closing(join(stack, api, "Quinn", "labeler")) as quinn,
    ):
        me = quinn.get("/me").json()["user"]
        given = {"role": "custom", "custom_role_id": role_id}
        api.patch(f"/members/{me['id']}", json=given).raise_for_status()
        lease = claim(ann, labeling)["lease"]
        asked = {"fence": lease["fence"], "text": "Is a van a car?"}
        ann.post(f"/leases/{lease['id']}/ask", json=asked).raise_for_status()
        sign_in(page, me["email"], PASSWORD)
        page.goto("/")

        page.get_by_role("button", name="Notifications, 1 new").click()
        page.get_by_role("menuitem").filter(has_text="Is a van a car?").click()

        expect(page.get_by_role("heading", name="Queue", exact=True)).to_be_visible()
        expect(page.get_by_role("textbox", name="Answer to Ann")).to_be_visible()
        expect(page.get_by_role("link", name="Queue", exact=True)).to_be_visible()
