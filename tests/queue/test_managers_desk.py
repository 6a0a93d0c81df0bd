"""What a manager changes in the queue, and what people see of it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from maskwright.accounts.domain import Role
from maskwright.queue.keeper import QueueKeeper
from tests.predictions.sending import Sender, car, said
from tests.queue.desk import Caller, Desk, an_object, box_mask


@pytest.fixture
def manager(desk: Desk, ann: Caller) -> Caller:
    return Caller(ann.client, desk.manager, desk)


def arrange(manager: Caller, pick: dict[str, Any], **changes: object) -> int:
    """How many were changed; that is as many as were said to match before."""
    path = f"/projects/{manager.desk.project_id}/queue"
    counted = manager.post(f"{path}/count", {"pick": pick}).json()["images"]
    answer = manager.post(f"{path}/arrange", {"pick": pick, "set": changes})
    assert answer.status_code == 200, answer.text
    changed: int = answer.json()["changed"]
    assert counted == changed
    return changed


def settings(manager: Caller, **changes: object) -> dict[str, Any]:
    path = f"/api/v1/projects/{manager.desk.project_id}/queue/settings"
    answer = manager.client.patch(path, json=changes, headers=manager.person.headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def only(task: UUID) -> dict[str, Any]:
    return {"task_ids": [str(task)]}


def shown(manager: Caller) -> list[str]:
    items = manager.get(f"/projects/{manager.desk.project_id}/queue/tasks").json()["items"]
    return [item["task_id"] for item in items]


def codes(who: Caller, task: object) -> list[str]:
    answer = who.get(f"/tasks/{task}/why")
    assert answer.status_code == 200, answer.text
    return [reason["code"] for reason in answer.json()["reasons"]]


def test_a_changed_priority_counts_for_the_very_next_claim(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    first, last = desk.add_images(2)

    assert arrange(manager, only(last), priority=3) == 1

    redis = desk.world.resources.redis
    assert redis.zrange(f"maskwright:candidates:{desk.project_id}", 0, 0) == [str(last)]
    assert shown(manager) == [str(last), str(first)]
    assert ann.claim()["task"]["id"] == str(last)


def test_what_waits_long_enough_goes_before_a_higher_priority(ann: Caller, desk: Desk) -> None:
    [old] = desk.add_images(1)
    desk.sql("UPDATE task SET queued_at = queued_at - interval '4 days'")
    desk.add_images(1, priority=3)
    desk.world.resources.redis.flushall()

    assert ann.claim()["task"]["id"] == str(old)


def test_images_are_picked_by_their_metadata_or_their_name(manager: Caller, desk: Desk) -> None:
    first, second = desk.add_images(2)
    desk.sql('UPDATE asset SET metadata = \'{"site": "north"}\' WHERE id = %s', str(desk.assets[1]))
    [(name,)] = desk.sql("SELECT name FROM asset WHERE id = %s", str(desk.assets[0]))

    assert arrange(manager, {"metadata": {"site": "north"}}, priority=2) == 1
    assert arrange(manager, {"text": name.upper()}, priority=9) == 1

    assert shown(manager) == [str(first), str(second)]


def test_images_are_picked_by_what_a_model_found_and_how_sure_it_was(
    manager: Caller, desk: Desk
) -> None:
    """A class and a confidence are of one object: that there is a car, and that the model doubts
    something else, picks nothing."""
    unsure, sure, empty = desk.add_images(3)
    sender = Sender(manager.client, desk.manager, desk)
    road = {"class": "road", "mask": box_mask(30, 30), "confidence": 0.2}
    sender.report(
        said(desk.assets[0], car(0, 0, 0.4)),
        said(desk.assets[1], car(0, 0, 0.9), road),
        said(desk.assets[2]),
    )
    a_car = {"class_id": str(desk.classes["car"])}

    assert arrange(manager, {"max_confidence": 0.3}, priority=1) == 1
    assert arrange(manager, {**a_car, "max_confidence": 0.5}, priority=5) == 1
    assert shown(manager) == [str(unsure), str(sure), str(empty)]
    assert arrange(manager, a_car, priority=3) == 2
    assert arrange(manager, {**a_car, "max_confidence": 0.3}, priority=9) == 0
    assert arrange(manager, {"class_id": str(desk.classes["road"])}, priority=9) == 1
    assert shown(manager)[0] == str(sure)


def test_an_assigned_image_is_only_its_assignees(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    first, second = desk.add_images(2)
    arrange(manager, only(first), assignee_id=str(ann.person.id))

    assert bob.claim()["task"]["id"] == str(second)
    assert bob.ask(prefetch=True).status_code == 204
    assert ann.claim()["task"]["id"] == str(first)
    assert codes(ann, first)[0] == "assigned"


def test_an_assignment_that_is_taken_back_is_for_everybody(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    arrange(manager, only(task), assignee_id=str(ann.person.id))
    assert bob.ask().status_code == 204

    arrange(manager, only(task), assignee_id=None)

    assert bob.claim()["task"]["id"] == str(task)


def test_an_image_of_a_team_goes_to_its_members(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    team = manager.post("/teams", {"name": "Night shift", "kind": "vendor"}).json()["id"]
    desk.sql(
        "INSERT INTO team_member (organization_id, user_id, team_id) VALUES (%s, %s, %s)",
        str(desk.manager.organization_id),
        str(ann.person.id),
        team,
    )
    arrange(manager, only(task), team_id=team)

    assert bob.ask().status_code == 204
    assert ann.claim()["task"]["id"] == str(task)
    assert "team" in codes(ann, task)


def test_an_image_that_needs_a_skill_goes_to_who_has_it(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    first, second = desk.add_images(2)
    arrange(manager, only(second), skill="x-ray", priority=5)
    path = f"/api/v1/members/{bob.person.id}/skills"
    manager.client.put(path, json={"skills": ["x-ray"]}, headers=manager.person.headers)

    assert bob.claim()["task"]["id"] == str(second)
    assert ann.claim()["task"]["id"] == str(first)


def test_skilled_work_waits_for_its_turn(ann: Caller, manager: Caller, desk: Desk) -> None:
    first, second = desk.add_images(2)
    arrange(manager, only(second), skill="x-ray")
    path = f"/api/v1/members/{ann.person.id}/skills"
    manager.client.put(path, json={"skills": ["x-ray"]}, headers=manager.person.headers)

    assert ann.claim()["task"]["id"] == str(first)
    assert ann.claim(prefetch=True)["task"]["id"] == str(second)


def test_a_batch_gives_its_images_priority_and_deadline(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    first, second = desk.add_images(2)
    due = datetime.now(UTC) + timedelta(days=30)
    wanted = {"name": "Night", "priority": 4, "due_at": due.isoformat()}
    batch = manager.post(f"/projects/{desk.project_id}/batches", wanted).json()

    assert arrange(manager, only(second), batch_id=batch["id"]) == 1

    assert codes(manager, second) == ["batch", "deadline", "priority", "waiting"]
    assert shown(manager) == [str(second), str(first)]
    patch = {"priority": -1}
    path = f"/api/v1/batches/{batch['id']}"
    changed = manager.client.patch(path, json=patch, headers=manager.person.headers).json()
    assert (changed["tasks"], changed["open"]) == (1, 1)
    assert shown(manager) == [str(first), str(second)]


def test_a_deadline_that_comes_near_counts_like_a_priority(manager: Caller, desk: Desk) -> None:
    first, second = desk.add_images(2)
    tomorrow = datetime.now(UTC) + timedelta(days=1)

    arrange(manager, only(second), due_at=tomorrow.isoformat())

    assert shown(manager) == [str(second), str(first)]


def test_two_batches_of_a_project_have_different_names(manager: Caller, desk: Desk) -> None:
    path = f"/projects/{desk.project_id}/batches"
    assert manager.post(path, {"name": "Night"}).status_code == 201
    assert manager.post(path, {"name": "Night"}).json()["code"] == "batch-name-taken"


def test_a_pause_takes_back_what_people_hold_and_keeps_their_drafts(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    sent = an_object(desk.classes["car"], box_mask(0, 0))
    ann.save(claimed, upserts=[sent])

    assert settings(manager, is_paused=True)["is_paused"]

    assert ann.ask().json()["code"] == "project-paused"
    assert ann.on(claimed, "heartbeat").json()["reason"] == "revoked"
    assert desk.state_of(task) == "open"
    mine = ann.get(f"/projects/{desk.project_id}/my-work").json()
    assert (mine["available"], mine["blocked_by"]) == (False, "paused")
    settings(manager, is_paused=False)
    assert [it["key"] for it in ann.claim()["label"]["objects"]] == [sent["key"]]


def test_what_is_handed_in_after_a_pause_counts(ann: Caller, manager: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    settings(manager, is_paused=True)

    assert ann.submit(claimed, []).status_code == 200
    assert desk.state_of(task) == "done"


def test_who_reached_the_cap_gets_nothing_new_but_finishes_what_he_has(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    desk.add_images(3)
    settings(manager, labeler_cap=1)
    claimed = ann.claim()

    assert ann.ask(prefetch=True).status_code == 204
    assert ann.submit(claimed, []).status_code == 200
    assert ann.ask().status_code == 204
    assert bob.claim()
    assert ann.get(f"/projects/{desk.project_id}/my-work").json()["blocked_by"] == "cap"


def test_a_daily_cap_is_over_the_next_day(ann: Caller, manager: Caller, desk: Desk) -> None:
    desk.add_images(2)
    settings(manager, labeler_daily_cap=1)
    assert ann.submit(ann.claim(), []).status_code == 200
    assert ann.ask().status_code == 204

    settings(manager, labeler_daily_cap=2)

    assert ann.claim()


def test_a_lease_can_be_taken_back(ann: Caller, bob: Caller, manager: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    lease = ann.claim()["lease"]["id"]

    assert manager.post(f"/leases/{lease}/revoke").status_code == 204
    assert manager.post(f"/leases/{lease}/revoke").status_code == 204

    assert bob.claim()["task"]["id"] == str(task)


def test_a_question_parks_the_image_until_it_is_answered_for_its_asker(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    sent = an_object(desk.classes["car"], box_mask(0, 0))
    ann.save(claimed, upserts=[sent])
    for _ in range(2):  # the answer to the first one was lost
        assert ann.on(claimed, "ask", text="Is a van a car?").status_code == 204
    assert desk.state_of(task) == "parked"
    assert bob.ask().status_code == 204
    reviewer = Caller(ann.client, desk.world.colleague(desk.manager, Role.REVIEWER), desk)
    path = f"/projects/{desk.project_id}/questions"
    [question] = reviewer.get(path).json()["items"]
    assert bob.get(path).json()["items"] == []
    assert bob.post(f"{path}/{question['id']}/answer", {"text": "Yes."}).status_code == 403

    assert reviewer.post(f"{path}/{question['id']}/answer", {"text": "Yes."}).status_code == 200

    again = reviewer.post(f"{path}/{question['id']}/answer", {"text": "No."})
    assert again.json()["code"] == "question-answered"
    assert bob.ask().status_code == 204
    resumed = ann.claim()
    assert resumed["lease"]["kind"] == "resume"
    assert [it["key"] for it in resumed["label"]["objects"]] == [sent["key"]]
    why = ann.get(f"/tasks/{task}/why").json()["reasons"][0]
    assert why["code"] == "answered"
    assert "Is a van a car?" in why["sentence"]
    assert "Yes." in why["sentence"]


def late_work(ann: Caller, bob: Caller, desk: Desk) -> tuple[dict[str, Any], dict[str, Any]]:
    """What Ann handed in too late, and what Bob holds meanwhile."""
    late = ann.claim()
    desk.expire(late["lease"]["id"])
    held = bob.claim()
    answer = ann.submit(late, [an_object(desk.classes["car"], box_mask(0, 0))])
    assert answer.json()["code"] == "lease-lost"
    return late, held


def test_late_work_is_offered_to_who_has_the_image_now(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    desk.add_images(1)
    _, held = late_work(ann, bob, desk)
    path = f"/projects/{desk.project_id}/late-work"
    assert ann.get(path).json()["items"] == []
    [offered] = bob.get(path).json()["items"]
    assert (offered["objects"], offered["lease_id"]) == (1, held["lease"]["id"])

    assert bob.post(f"{path}/{offered['version_id']}/adopt").status_code == 200

    assert len(bob.claim()["label"]["objects"]) == 1


def test_late_work_is_offered_back_to_its_author_once_nobody_has_the_image(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    _, held = late_work(ann, bob, desk)
    bob.on(held, "release")
    path = f"/projects/{desk.project_id}/late-work"
    [offered] = ann.get(path).json()["items"]

    assert ann.post(f"{path}/{offered['version_id']}/adopt").status_code == 200

    assert bob.ask().status_code == 204
    resumed = ann.claim()
    assert resumed["task"]["id"] == str(task)
    assert len(resumed["label"]["objects"]) == 1
    again = bob.post(f"{path}/{offered['version_id']}/adopt")
    assert again.json()["code"] == "late-work-moved"


def test_what_is_assigned_to_somebody_who_left_is_for_everybody(
    ann: Caller, bob: Caller, manager: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    arrange(manager, only(task), assignee_id=str(ann.person.id))
    desk.sql("DELETE FROM api_token WHERE user_id = %s", ann.person.id)
    desk.sql("DELETE FROM membership WHERE user_id = %s", ann.person.id)

    desk.world.resources.part(QueueKeeper)._compare()

    assert bob.claim()["task"]["id"] == str(task)


def test_changes_need_images_and_something_to_change(manager: Caller, desk: Desk) -> None:
    path = f"/projects/{desk.project_id}/queue/arrange"
    assert manager.post(path, {"pick": {}, "set": {"priority": 1}}).status_code == 422
    assert manager.post(path, {"pick": {"text": "x"}, "set": {}}).status_code == 422


def test_nobody_is_given_work_who_does_not_belong_here(manager: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    stranger = desk.world.person(Role.LABELER)
    path = f"/projects/{desk.project_id}/queue/arrange"
    body = {"pick": only(task), "set": {"assignee_id": str(stranger.id)}}
    assert manager.post(path, body).status_code == 422
