"""A labeler takes back what he handed in, while nobody went on with it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.queue.desk import Caller, an_object, box_mask
from tests.reviews.test_verdicts import Office
from tests.support.world import World


@pytest.fixture
def office(client: TestClient, world: World) -> Office:
    return Office(client, world)


@pytest.fixture
def reviewed(office: Office) -> Office:
    """The same with a step of review."""
    assert office.set_steps({"name": "First look"}).status_code == 200
    return office


def take_back(caller: Caller, label: dict[str, Any]) -> Response:
    return caller.post(f"/tasks/{label['task']['id']}/take-back")


def handed_in(office: Office) -> list[dict[str, Any]]:
    path = f"/projects/{office.desk.project_id}/my-work/handed-in"
    listed: list[dict[str, Any]] = office.ann.get(path).json()["items"]
    return listed


def hindrance(answer: Response) -> str:
    assert answer.status_code == 409, answer.text
    assert answer.json()["code"] == "work-goes-on"
    return str(answer.json()["by"])


def test_what_is_taken_back_is_in_its_authors_hands_as_he_handed_it_in(office: Office) -> None:
    label = office.hand_in()
    office.hand_in()
    answer = take_back(office.ann, label)

    assert answer.status_code == 200, answer.text
    taken = answer.json()
    assert (taken["task"]["id"], taken["task"]["round"]) == (label["task"]["id"], 2)
    assert taken["lease"]["kind"] == "rework"
    assert [each["key"] for each in taken["label"]["objects"]] == [
        each["key"] for each in label["objects"]
    ]
    assert taken["asset"]["id"] == label["asset"]["id"]
    assert office.state_of(label) == "in_progress"
    why = office.ann.get(f"/tasks/{label['task']['id']}/why").json()["reasons"][0]
    assert (why["code"], why["sentence"]) == ("taken-back", "You took it back to correct it.")


def test_handing_it_in_again_makes_a_version_that_follows_the_first(office: Office) -> None:
    label = office.hand_in()
    taken = take_back(office.ann, label).json()
    more = [*label["objects"], an_object(office.desk.classes["road"], box_mask(30, 0))]
    again = office.ann.submit(taken, more)

    assert again.status_code == 200, again.text
    assert again.json()["label_version"]["number"] == 2
    assert office.state_of(label) == "done"
    history = office.ann.get(f"/assets/{label['asset']['id']}/labels").json()["items"]
    assert [(row["number"], row["is_current"], row["objects"]) for row in history] == [
        (2, True, 2),
        (1, False, 1),
    ]
    day = office.ann.get(f"/projects/{office.desk.project_id}/my-work").json()
    assert (day["submitted_today"], day["active_ms_today"]) == (1, 2400)


def test_doing_it_again_is_answered_with_the_same_lease(office: Office) -> None:
    label = office.hand_in()
    first, second = (take_back(office.ann, label).json()["lease"] for _ in range(2))
    assert (first["id"], first["fence"]) == (second["id"], second["fence"])


def test_the_review_that_was_to_follow_waits_for_the_corrected_label(reviewed: Office) -> None:
    label = reviewed.hand_in()
    taken = take_back(reviewed.ann, label).json()
    assert reviewed.rita.ask(stage="review").status_code == 204

    corrected = reviewed.ann.submit(taken, label["objects"]).json()
    claimed = reviewed.rita.claim(stage="review")
    assert claimed["task"]["subject_version_id"] == corrected["label_version"]["id"]
    assert reviewed.decide(claimed, decision="approved").status_code == 200
    assert reviewed.state_of(label) == "done"


def test_what_a_reviewer_has_or_began_or_judged_stays_as_it_is(reviewed: Office) -> None:
    label = reviewed.hand_in()
    claimed = reviewed.rita.claim(stage="review")
    assert hindrance(take_back(reviewed.ann, label)) == "in-review"

    changed = an_object(reviewed.desk.classes["road"], box_mask(40, 0))
    assert reviewed.rita.save(claimed, upserts=[changed]).status_code == 200
    reviewed.rita.on(claimed, "release")
    assert hindrance(take_back(reviewed.ann, label)) == "in-review"

    reviewed.decide(reviewed.rita.claim(stage="review"), decision="approved")
    assert hindrance(take_back(reviewed.ann, label)) == "reviewed"
    assert [row["hindrance"] for row in handed_in(reviewed)] == ["reviewed"]


def test_what_a_reviewer_corrected_stays_as_it_is(reviewed: Office) -> None:
    label = reviewed.hand_in()
    fixed = an_object(reviewed.desk.classes["car"], box_mask(5, 5), key=label["objects"][0]["key"])
    claimed = reviewed.rita.claim(stage="review")
    assert reviewed.decide(claimed, decision="corrected", objects=[fixed]).status_code == 200
    assert hindrance(take_back(reviewed.ann, label)) == "corrected"


def test_an_opinion_can_be_taken_back_until_all_are_given(
    office: Office, client: TestClient
) -> None:
    overlap = {"people": 2, "most": 2}
    assert office.set_steps(overlap=overlap).status_code == 200
    label = office.hand_in()
    taken = take_back(office.ann, label).json()
    assert office.ann.submit(taken, label["objects"]).status_code == 200

    bo = Caller(client, office.desk.labeler(), office.desk)
    office.hand_in(bo)
    assert hindrance(take_back(office.ann, label)) == "compared"


def test_others_labels_are_not_found_and_may_not_be_taken_back(
    office: Office, client: TestClient
) -> None:
    label = office.hand_in()
    bo = Caller(client, office.desk.labeler(), office.desk)
    assert take_back(bo, label).status_code == 404


def test_a_manager_can_switch_it_off(office: Office) -> None:
    path = f"/api/v1/projects/{office.desk.project_id}/queue/settings"
    office.manager.client.patch(
        path, json={"may_take_back": False}, headers=office.desk.manager.headers
    ).raise_for_status()
    answer = take_back(office.ann, office.hand_in())
    assert (answer.status_code, answer.json()["code"]) == (409, "take-back-off")


def test_one_sees_what_one_handed_in_today_in_its_newest_version(office: Office) -> None:
    first, second = office.hand_in(), office.hand_in()
    taken = take_back(office.ann, first).json()
    listed = handed_in(office)
    assert [(row["task_id"], row["hindrance"]) for row in listed] == [
        (second["task"]["id"], None),
        (first["task"]["id"], "not-handed-in"),
    ]
    again = office.ann.submit(taken, first["objects"]).json()
    newest = handed_in(office)[0]
    assert (newest["version_id"], newest["version_number"]) == (again["label_version"]["id"], 2)
    assert newest["asset"]["name"] == first["asset"]["name"]


def test_a_lease_that_runs_out_leaves_it_to_its_author(office: Office, client: TestClient) -> None:
    label = office.hand_in()
    taken = take_back(office.ann, label).json()
    office.ann.on(taken, "release")
    bo = Caller(client, office.desk.labeler(), office.desk)
    assert bo.claim()["task"]["id"] != label["task"]["id"]
    again = office.ann.claim()
    assert (again["task"]["id"], again["lease"]["kind"]) == (label["task"]["id"], "rework")
