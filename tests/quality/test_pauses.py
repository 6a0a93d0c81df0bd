"""Pausing one person: who may, what he loses, and what he keeps."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    desk = Desk.make(world)
    desk.add_images(4)
    return desk


@pytest.fixture
def manager(client: TestClient, desk: Desk) -> Caller:
    return Caller(client, desk.manager, desk)


@pytest.fixture
def ann(client: TestClient, desk: Desk) -> Caller:
    return Caller(client, desk.labeler(), desk)


def pause(by: Caller, person: Caller, **more: object) -> Any:
    body = {"reason": "Please read the instructions again.", **more}
    return by.client.put(_address(by, person), json=body, headers=by.person.headers)


def resume(by: Caller, person: Caller) -> Any:
    return by.client.delete(_address(by, person), headers=by.person.headers)


def _address(by: Caller, person: Caller) -> str:
    return f"/api/v1/projects/{by.desk.project_id}/pauses/{person.person.id}"


def test_a_paused_person_gets_no_task_and_reads_why(manager: Caller, ann: Caller) -> None:
    assert pause(manager, ann).status_code == 204

    answer = ann.ask()
    own = ann.get(f"/projects/{ann.desk.project_id}/my-work").json()

    assert answer.status_code == 409
    assert answer.json()["code"] == "person-paused"
    assert answer.json()["reason"] == "Please read the instructions again."
    assert (own["available"], own["blocked_by"]) == (False, "person")
    assert own["paused_for"] == "Please read the instructions again."


def test_others_go_on(manager: Caller, ann: Caller) -> None:
    pause(manager, ann)

    assert Caller(ann.client, ann.desk.labeler(), ann.desk).ask().status_code == 200


def test_what_he_held_goes_back_and_what_he_drew_is_kept(manager: Caller, ann: Caller) -> None:
    claimed = ann.claim()
    drawn = an_object(ann.desk.classes["car"], box_mask(5, 5))
    assert ann.save(claimed, upserts=[drawn]).status_code == 200

    pause(manager, ann)
    beat = ann.on(claimed, "heartbeat")
    resume(manager, ann)
    again = ann.claim()

    assert (beat.status_code, beat.json()["revoked_for"]) == (409, "person")
    assert again["task"]["id"] == claimed["task"]["id"]
    assert [each["key"] for each in again["label"]["objects"]] == [drawn["key"]]


def test_he_goes_on_with_the_same_image_after_the_pause_and_not_in_it(
    manager: Caller, ann: Caller
) -> None:
    path = f"/tasks/{ann.claim()['task']['id']}/resume"
    pause(manager, ann)
    in_the_pause = ann.post(path)
    resume(manager, ann)

    assert (in_the_pause.status_code, in_the_pause.json()["code"]) == (409, "person-paused")
    assert ann.post(path).status_code == 200


def test_what_he_hands_in_all_the_same_counts(manager: Caller, ann: Caller) -> None:
    claimed = ann.claim()
    pause(manager, ann)

    assert ann.submit(claimed, []).status_code == 200


def test_he_can_not_take_his_label_back_either(manager: Caller, ann: Caller) -> None:
    claimed = ann.claim()
    ann.submit(claimed, [])
    pause(manager, ann)

    assert ann.post(f"/tasks/{claimed['task']['id']}/take-back").json()["code"] == "person-paused"


def test_a_pause_ends_by_itself(manager: Caller, ann: Caller) -> None:
    until = datetime.now(UTC) + timedelta(days=1)
    pause(manager, ann, until=until.isoformat())
    assert ann.ask().json()["until"] is not None

    ann.desk.sql("UPDATE work_pause SET until = clock_timestamp() - interval '1 second'")

    assert ann.ask().status_code == 200
    assert manager.get(f"/projects/{ann.desk.project_id}/pauses").json()["items"] == []
    assert pause(manager, ann).status_code == 204
    assert ann.ask().status_code == 409


def test_pausing_again_changes_why(manager: Caller, ann: Caller) -> None:
    pause(manager, ann)
    pause(manager, ann, reason="Call me.")

    [standing] = manager.get(f"/projects/{ann.desk.project_id}/pauses").json()["items"]

    assert (standing["reason"], standing["until"]) == ("Call me.", None)


def test_a_team_lead_pauses_his_own_people_and_nobody_else(manager: Caller, ann: Caller) -> None:
    lead, bob = (Caller(ann.client, ann.desk.labeler(), ann.desk) for _ in range(2))
    team = manager.post("/teams", {"name": "Pixel Farm"}).json()["id"]
    for person, is_lead in ((lead, True), (ann, False)):
        manager.client.put(
            f"/api/v1/teams/{team}/members/{person.person.id}",
            json={"is_lead": is_lead},
            headers=manager.person.headers,
        )

    assert pause(lead, ann).status_code == 204
    assert pause(lead, bob).status_code == 404
    assert pause(ann, bob).status_code == 403
    shown = lead.get(f"/projects/{ann.desk.project_id}/pauses").json()["items"]
    assert [each["person"]["id"] for each in shown] == [str(ann.person.id)]


def test_a_lead_does_not_pause_himself_nor_lets_himself_go_on(manager: Caller, ann: Caller) -> None:
    lead = Caller(ann.client, ann.desk.labeler(), ann.desk)
    team = manager.post("/teams", {"name": "Pixel Farm"}).json()["id"]
    manager.client.put(
        f"/api/v1/teams/{team}/members/{lead.person.id}",
        json={"is_lead": True},
        headers=manager.person.headers,
    )

    by_himself = pause(lead, lead)
    assert pause(manager, lead).status_code == 204
    let_go_by_himself = resume(lead, lead)

    assert (by_himself.status_code, by_himself.json()["code"]) == (403, "own-pause")
    assert (let_go_by_himself.status_code, lead.ask().status_code) == (403, 409)
    assert resume(manager, lead).status_code == 204
    assert lead.ask().status_code == 200


def test_who_does_no_work_can_not_be_paused(manager: Caller, world: World) -> None:
    engineer = world.colleague(manager.person, Role.ML)
    stranger = world.person(Role.LABELER)

    for person in (engineer, stranger):
        answer = pause(manager, Caller(manager.client, person, manager.desk))
        assert (answer.status_code, answer.json()["code"]) == (422, "not-a-worker")


def test_he_is_told_that_he_is_paused_and_that_he_may_go_on(manager: Caller, ann: Caller) -> None:
    pause(manager, ann)
    resume(manager, ann)
    resume(manager, ann)

    told = ann.get("/me/notifications").json()["items"]

    assert [each["kind"] for each in told] == ["person_resumed", "person_paused"]
    assert told[1]["text"] == "Please read the instructions again."


def test_a_pause_hides_nothing_from_others(manager: Caller, ann: Caller) -> None:
    """Golds do: in a project that has none, people may still take back what they handed in."""
    pause(manager, Caller(ann.client, ann.desk.labeler(), ann.desk))
    claimed = ann.claim()
    ann.submit(claimed, [])

    assert ann.post(f"/tasks/{claimed['task']['id']}/take-back").status_code == 200
