"""Caps of teams, and caps on batches: what the claim obeys, and what people see of it."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.queue.desk import Caller, Desk, an_object, box_mask


@pytest.fixture
def manager(desk: Desk, ann: Caller) -> Caller:
    return Caller(ann.client, desk.manager, desk)


def put_caps(manager: Caller, *caps: dict[str, Any]) -> list[dict[str, Any]]:
    path = f"/api/v1/projects/{manager.desk.project_id}/queue/caps"
    answer = manager.client.put(path, json={"caps": caps}, headers=manager.person.headers)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def refused(manager: Caller, *caps: dict[str, Any]) -> int:
    path = f"/api/v1/projects/{manager.desk.project_id}/queue/caps"
    sent = manager.client.put(path, json={"caps": caps}, headers=manager.person.headers)
    return sent.status_code


def team_of(manager: Caller, name: str, *people: Caller) -> str:
    team: str = manager.post("/teams", {"name": name, "kind": "vendor"}).json()["id"]
    for one in people:
        path = f"/api/v1/teams/{team}/members/{one.person.id}"
        put = manager.client.put(path, json={"is_lead": False}, headers=manager.person.headers)
        assert put.status_code < 300, put.text
    return team


def batch_of(manager: Caller, name: str, tasks: list[Any]) -> str:
    project = manager.desk.project_id
    batch: str = manager.post(f"/projects/{project}/batches", {"name": name}).json()["id"]
    pick = {"task_ids": [str(task) for task in tasks]}
    arranged = {"pick": pick, "set": {"batch_id": batch, "priority": 5}}
    assert manager.post(f"/projects/{project}/queue/arrange", arranged).status_code == 200
    return batch


def hand_in(who: Caller, claimed: dict[str, Any]) -> None:
    label = [an_object(who.desk.classes["car"], box_mask(0, 0))]
    assert who.submit(claimed, label).status_code == 200


def my_work(who: Caller) -> dict[str, Any]:
    found: dict[str, Any] = who.get(f"/projects/{who.desk.project_id}/my-work").json()
    return found


def test_a_team_that_reached_its_cap_gets_nothing_new(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    desk.add_images(4)
    eve = Caller(ann.client, desk.labeler(), desk)
    team = team_of(manager, "North", ann, bob)
    put_caps(manager, {"team_id": team, "total": 2})

    hand_in(ann, ann.claim())
    held = bob.claim()

    assert ann.ask().status_code == 204
    assert my_work(ann)["blocked_by"] == "team-cap"
    assert bob.claim()["lease"]["id"] == held["lease"]["id"]  # his own he finishes
    assert eve.claim()  # who is in no such team goes on


def test_a_teams_cap_of_a_day_says_how_much_of_it_is_used(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    desk.add_images(3)
    team = team_of(manager, "North", ann)
    put_caps(manager, {"team_id": team, "daily": 1})
    hand_in(ann, ann.claim())
    assert ann.ask().status_code == 204

    [cap] = manager.get(f"/projects/{desk.project_id}/queue/caps").json()["items"]
    assert (cap["team"]["name"], cap["daily"], cap["used"], cap["used_today"]) == ("North", 1, 1, 1)

    put_caps(manager, {"team_id": team, "daily": 2})
    assert ann.claim()


def test_two_people_of_a_team_never_take_its_last_image_both(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    desk.add_images(6)
    put_caps(manager, {"team_id": team_of(manager, "North", ann, bob), "total": 1})

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda who: who.ask().status_code, (ann, bob)))

    assert sorted(answers) == [200, 204]


def test_a_capped_batch_is_passed_over_for_what_else_there_is(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    first, second, third = desk.add_images(3)
    batch = batch_of(manager, "Night", [first, second])
    put_caps(manager, {"batch_id": batch, "total": 1})

    claimed = ann.claim()
    assert claimed["task"]["id"] == str(first)
    hand_in(ann, claimed)

    assert ann.claim()["task"]["id"] == str(third)
    assert bob.claim()["task"]["id"] == str(second)


def test_who_had_his_share_of_the_only_batch_reads_so(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    batch = batch_of(manager, "Night", desk.add_images(2))
    put_caps(manager, {"batch_id": batch, "total": 1})
    hand_in(ann, ann.claim())

    assert ann.ask().status_code == 204
    assert (my_work(ann)["available"], my_work(ann)["blocked_by"]) == (False, "cap")


def test_an_assignment_does_not_get_past_a_batchs_cap(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    tasks = desk.add_images(2)
    batch = batch_of(manager, "Night", tasks)
    team = team_of(manager, "North", ann)
    put_caps(manager, {"batch_id": batch, "team_id": team, "total": 1})
    assigned = {
        "pick": {"task_ids": [str(task) for task in tasks]},
        "set": {"assignee_id": str(ann.person.id)},
    }
    manager.post(f"/projects/{desk.project_id}/queue/arrange", assigned)

    hand_in(ann, ann.claim())

    assert ann.ask().status_code == 204


def test_the_caps_of_a_deleted_batch_go_with_it(ann: Caller, manager: Caller, desk: Desk) -> None:
    batch = batch_of(manager, "Night", desk.add_images(2))
    put_caps(manager, {"batch_id": batch, "total": 1})
    hand_in(ann, ann.claim())

    gone = manager.client.delete(f"/api/v1/batches/{batch}", headers=manager.person.headers)

    assert gone.status_code == 204
    assert manager.get(f"/projects/{desk.project_id}/queue/caps").json()["items"] == []
    assert ann.claim()


def test_a_cap_that_names_nothing_or_a_stranger_or_twice_the_same_is_refused(
    manager: Caller, desk: Desk
) -> None:
    team = team_of(manager, "North")
    elsewhere = Desk.make(desk.world)
    stranger = Caller(manager.client, elsewhere.manager, elsewhere)
    theirs = team_of(stranger, "South")

    assert refused(manager, {"total": 3}) == 422
    assert refused(manager, {"team_id": team}) == 422
    assert refused(manager, {"team_id": theirs, "total": 3}) == 422
    assert refused(manager, {"batch_id": theirs, "total": 3}) == 422
    assert refused(manager, *[{"team_id": team, "total": 3}] * 2) == 422
