"""When batches will be done, and who is told that one will miss its deadline."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest

from maskwright.queue.deadlines import warn_of_deadlines
from maskwright.queue.fan import Spread, spreads
from tests.queue.desk import Caller, Desk, an_object, box_mask


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


def test_a_steady_pace_has_no_spread() -> None:
    assert spreads([30, 6, 0], [2] * 24 * 7) == [Spread(15, 15, 15), Spread(3, 3, 3), None]
    assert spreads([30], [0] * 100) == [None]
    assert spreads([3], [1]) == [Spread(3, 3, 3)], "a moment's pace is taken for an hour's"


def test_nights_count_as_nights() -> None:
    """Who works eight hours a day does a day's work once a day, and not in any eight hours."""
    day = [0] * 16 + [1] * 8

    [half, whole, two] = spreads([4, 8, 16], day * 7)

    assert half == Spread(20, 20, 20)
    assert whole == Spread(24, 24, 24)
    assert two == Spread(48, 48, 48)


def test_an_uneven_past_is_told_as_a_spread() -> None:
    uneven = ([0] * 24 + [2] * 24) * 5

    [spread, more] = spreads([200, 400], uneven)

    assert spread is not None
    assert more is not None
    assert spread.early < spread.even < spread.late
    assert 100 < spread.early < 200 < spread.late < 400
    assert more.early > spread.early


def test_what_takes_years_goes_on_at_the_same_pace() -> None:
    [spread] = spreads([20_000], [1] * 24 * 7)

    assert spread == Spread(20_000, 20_000, 20_000)


def test_batches_are_had_as_csv(ann: Caller, manager: Caller, desk: Desk) -> None:
    tasks = desk.add_images(3)
    make_batch(manager, tasks[1:], datetime.now(UTC) + timedelta(days=30))
    hand_in_one(ann)
    batch = only_batch(manager)

    answer = manager.get(f"/projects/{desk.project_id}/batches/csv")

    moments = [batch[f"forecast_{which}at"] for which in ("early_", "", "late_")]
    assert moments == sorted(moments)
    [line] = list(csv.DictReader(StringIO(answer.text.lstrip("\ufeff"))))
    assert (line["name"], line["images"], line["handed_in"], line["is_late"]) == (
        "Night", "2", "0", "no"
    )  # fmt: skip
    told = datetime.fromisoformat(line["done_nine_in_ten"])
    assert abs(told - datetime.fromisoformat(moments[2])) < timedelta(minutes=1)


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
