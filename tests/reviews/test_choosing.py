"""A reviewer takes a certain label, instead of what the queue would hand out next."""

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from tests.queue.desk import Caller
from tests.reviews.test_verdicts import Office
from tests.support.world import World


@pytest.fixture
def office(client: TestClient, world: World) -> Office:
    office = Office(client, world)
    assert office.set_steps({"name": "First look"}).status_code == 200
    return office


def reviews_of(office: Office) -> list[str]:
    """The open reviews, those that were asked for first at the top."""
    answer = office.rita.get(f"/projects/{office.desk.project_id}/reviews")
    return [row["task_id"] for row in answer.json()["items"]]


def test_the_label_that_was_chosen_comes_and_not_the_first_that_waits(office: Office) -> None:
    office.hand_in()
    last = office.hand_in()
    [_, wanted] = reviews_of(office)

    answer = office.rita.post(f"/tasks/{wanted}/review")

    assert answer.status_code == 200, answer.text
    claimed = answer.json()
    assert claimed["asset"]["id"] == last["asset"]["id"]
    shown = [each["key"] for each in claimed["label"]["objects"]]
    assert shown == [each["key"] for each in last["objects"]]
    again = office.rita.post(f"/tasks/{wanted}/review").json()
    assert again["lease"]["id"] == claimed["lease"]["id"]
    assert office.decide(claimed, decision="approved").status_code == 200
    over = office.rita.post(f"/tasks/{wanted}/review")
    assert (over.status_code, over.json()["code"]) == (409, "review-over")


def test_one_that_somebody_has_stays_his(office: Office, client: TestClient) -> None:
    office.hand_in()
    held = office.rita.claim(stage="review")

    refused = office.reviewer(client).post(f"/tasks/{held['task']['id']}/review")

    assert (refused.status_code, refused.json()["code"]) == (409, "review-held")
    assert office.decide(held, decision="approved").status_code == 200


def test_nobody_chooses_his_own_label(office: Office) -> None:
    office.hand_in(office.rita)
    [wanted] = reviews_of(office)
    refused = office.rita.post(f"/tasks/{wanted}/review")
    assert (refused.status_code, refused.json()["code"]) == (409, "own-label")
    assert office.ann.post(f"/tasks/{wanted}/review").status_code == 403


def test_what_is_kept_for_who_sent_it_back_only_managers_take(
    office: Office, client: TestClient
) -> None:
    office.hand_in()
    first = office.rita.claim(stage="review")
    assert office.decide(first, decision="rejected", comment="Roof").status_code == 200
    rework = office.ann.claim()
    assert office.ann.submit(rework, rework["label"]["objects"]).status_code == 200
    [wanted] = reviews_of(office)

    refused = office.reviewer(client).post(f"/tasks/{wanted}/review")
    taken = office.manager.post(f"/tasks/{wanted}/review")

    assert (refused.status_code, refused.json()["code"]) == (409, "review-kept")
    assert taken.status_code == 200, taken.text
    assert office.decide(taken.json(), office.manager, decision="approved").status_code == 200


def test_one_that_was_passed_over_can_be_chosen_all_the_same(office: Office) -> None:
    office.hand_in()
    held = office.rita.claim(stage="review")
    assert office.rita.on(held, "skip", reason="Too dark").status_code == 204
    assert office.rita.ask(stage="review").status_code == 204
    assert office.rita.post(f"/tasks/{held['task']['id']}/review").status_code == 200


def test_a_stranger_finds_no_review(office: Office, client: TestClient, world: World) -> None:
    office.hand_in()
    [wanted] = reviews_of(office)
    stranger = Caller(client, world.person(Role.REVIEWER), office.desk)
    assert stranger.post(f"/tasks/{wanted}/review").status_code == 404
