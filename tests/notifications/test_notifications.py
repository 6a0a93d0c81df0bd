"""People are told what concerns them, once, and nobody of what he did himself."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Permission, Role
from tests.queue.desk import Caller
from tests.reviews.test_verdicts import Office
from tests.support.world import World


@pytest.fixture
def office(client: TestClient, world: World) -> Office:
    office = Office(client, world)
    assert office.set_steps({"name": "Check"}).status_code == 200
    return office


def told(caller: Caller) -> dict[str, Any]:
    answer = caller.get("/me/notifications")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_author_is_told_that_his_label_was_sent_back(office: Office) -> None:
    handed_in = office.hand_in()
    claimed = office.rita.claim(stage="review")
    office.decide(claimed, decision="rejected", comment="The mirror is missing")
    again = office.decide(claimed, decision="rejected", comment="The mirror is missing")
    assert again.status_code == 200

    found = told(office.ann)

    [item] = found["items"]
    assert (found["unread"], item["kind"], item["text"]) == (
        1, "sent_back", "The mirror is missing"
    )  # fmt: skip
    assert item["asset_id"] == handed_in["asset"]["id"]
    assert told(office.rita)["items"] == []


def test_an_asker_is_told_the_answer_and_it_is_read_once_seen(office: Office) -> None:
    claimed = office.ann.claim()
    assert office.ann.on(claimed, "ask", text="Is a van a car?").status_code < 300
    project = f"/projects/{office.desk.project_id}"
    [question] = office.manager.get(f"{project}/questions").json()["items"]
    office.manager.post(f"{project}/questions/{question['id']}/answer", {"text": "Yes, it is."})

    [item] = told(office.ann)["items"]
    assert (item["kind"], item["text"]) == ("answered", "Yes, it is.")
    read = office.ann.post("/me/notifications/read", {"up_to": item["id"]})

    assert read.status_code == 204
    assert told(office.ann)["unread"] == 0


def test_who_may_answer_a_question_is_told_of_it_and_nobody_else(
    office: Office, client: TestClient
) -> None:
    desk = office.desk
    owner = desk.world.colleague(desk.manager, Role.OWNER)
    runs_the_queue = desk.world.with_permissions(owner, Permission.MANAGE_QUEUE)
    runner, bo = (Caller(client, person, desk) for person in (runs_the_queue, desk.labeler()))
    claimed = office.ann.claim()
    office.ann.on(claimed, "ask", text="Is a van a car?")

    for caller in (office.rita, office.manager, runner):
        [item] = told(caller)["items"]
        assert (item["kind"], item["text"]) == ("asked", "Is a van a car?")
        assert item["asset_id"] == claimed["asset"]["id"]
    assert told(bo)["items"] == told(office.ann)["items"] == []


def test_a_reviewer_who_wants_to_hear_of_no_questions_does_not(office: Office) -> None:
    choice = {"kind": "asked", "on_page": False, "mail": "off"}
    changed = office.rita.client.patch(
        "/api/v1/me/notifications/choices", json=choice, headers=office.rita.person.headers
    )
    assert changed.status_code == 200, changed.text
    office.ann.on(office.ann.claim(), "ask", text="Is a van a car?")

    assert told(office.rita) == {"unread": 0, "items": []}


def test_who_takes_part_in_a_conversation_is_told_of_replies(office: Office) -> None:
    asset = office.ann.claim()["asset"]["id"]
    begun = office.ann.post(f"/assets/{asset}/comments", {"x": 3, "y": 4, "text": "A wheel?"})
    assert begun.status_code == 201, begun.text
    thread = begun.json()["id"]
    assert office.rita.post(f"/comments/{thread}/replies", {"text": "It is."}).status_code == 201
    assert office.ann.post(f"/comments/{thread}/replies", {"text": "Thanks."}).status_code == 201

    assert [item["text"] for item in told(office.ann)["items"]] == ["It is."]
    assert [item["text"] for item in told(office.rita)["items"]] == ["Thanks."]


def test_an_approval_tells_nobody(office: Office) -> None:
    office.hand_in()
    office.decide(office.rita.claim(stage="review"), decision="approved")

    assert told(office.ann) == {"unread": 0, "items": []}
