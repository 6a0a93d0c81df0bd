"""When batches will be done, and who is told that one will miss its deadline."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from maskwright.queue.deadlines import forecast_at, warn_of_deadlines
from tests.queue.desk import Caller, Desk, an_object, box_mask

NOW = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def manager(desk: Desk, ann: Caller) -> Caller:
    return Caller(ann.client, desk.manager, desk)


def make_batch(manager: Caller, tasks: list[Any], due_at: datetime) -> dict[str, Any]:
    path = f"/projects/{manager.desk.project_id}"
    wanted = {"name": "Night", "due_at": due_at.isoformat()}
    batch: dict[str, Any] = manager.post(f"{path}/batches", wanted).json()
    pick = {"task_ids": [str(task) for task in tasks]}
    manager.post(f"{path}/queue/arrange", {"pick": pick, "set": {"batch_id": batch["id"]}})
    return batch


def only_batch(manager: Caller) -> dict[str, Any]:
    [batch] = manager.get(f"/projects/{manager.desk.project_id}/batches").json()["items"]
    found: dict[str, Any] = batch
    return found


def hand_in_one(who: Caller) -> None:
    label = [an_object(who.desk.classes["car"], box_mask(0, 0))]
    assert who.submit(who.claim(), label).status_code == 200


def warned(manager: Caller) -> list[str]:
    items = manager.get("/me/notifications").json()["items"]
    return [item["text"] for item in items if item["kind"] == "deadline"]


def look(desk: Desk) -> int:
    with desk.world.work_of(desk.manager) as work:
        return warn_of_deadlines(work)


def test_a_forecast_goes_on_at_the_pace_of_the_past() -> None:
    since = NOW - timedelta(days=2)

    assert forecast_at(30, 10, since, NOW) == NOW + timedelta(days=6)
    assert forecast_at(0, 10, since, NOW) is None
    assert forecast_at(30, 0, since, NOW) is None


def test_a_moments_pace_is_taken_for_an_hours() -> None:
    assert forecast_at(3, 1, NOW - timedelta(seconds=1), NOW) == NOW + timedelta(hours=3)


def test_what_comes_before_a_batch_counts_in_its_forecast(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    tasks = desk.add_images(5)
    make_batch(manager, [tasks[1]], datetime.now(UTC) + timedelta(days=30))
    hand_in_one(ann)
    soon = datetime.fromisoformat(only_batch(manager)["forecast_at"])

    pick = {"task_ids": [str(tasks[1])]}
    later = {"pick": pick, "set": {"priority": -3}}
    manager.post(f"/projects/{desk.project_id}/queue/arrange", later)

    late = datetime.fromisoformat(only_batch(manager)["forecast_at"])
    assert late - soon > timedelta(hours=2, minutes=59)
    assert not only_batch(manager)["is_late"]


def test_managers_are_told_once_of_a_batch_that_will_be_late(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    tasks = desk.add_images(4)
    batch = make_batch(manager, tasks, datetime.now(UTC) + timedelta(hours=1))
    assert not only_batch(manager)["is_late"]  # nobody knows a pace yet
    assert look(desk) == 0
    hand_in_one(ann)

    assert only_batch(manager)["is_late"]
    assert [look(desk), look(desk)] == [1, 0]
    assert warned(manager) == ["Night"]

    due = {"due_at": (datetime.now(UTC) + timedelta(minutes=5)).isoformat()}
    path = f"/api/v1/batches/{batch['id']}"
    manager.client.patch(path, json=due, headers=manager.person.headers)
    assert look(desk) == 1


def test_a_batch_that_will_be_in_time_warns_nobody(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    make_batch(manager, desk.add_images(2), datetime.now(UTC) + timedelta(days=2))
    hand_in_one(ann)

    assert look(desk) == 0
    assert not only_batch(manager)["is_late"]


def test_a_deadline_that_is_over_is_missed_until_the_last_image_is_in(
    ann: Caller, manager: Caller, desk: Desk
) -> None:
    make_batch(manager, desk.add_images(1), datetime.now(UTC) - timedelta(hours=1))
    assert only_batch(manager)["is_late"]

    hand_in_one(ann)

    assert not only_batch(manager)["is_late"]
    assert look(desk) == 0
