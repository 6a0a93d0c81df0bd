"""Tasks that nobody wants, and the manager who puts them back."""

from typing import Any
from uuid import UUID

import pytest

from tests.queue.desk import Caller, Desk


@pytest.fixture
def manager(desk: Desk, ann: Caller) -> Caller:
    return Caller(ann.client, desk.manager, desk)


def set_aside(desk: Desk, ann: Caller) -> UUID:
    """A task that three people passed over, Ann the last of them."""
    [task] = desk.add_images(1)
    for reason in ("blurred", "too dark"):
        person = Caller(ann.client, desk.labeler(), desk)
        assert person.on(person.claim(), "skip", reason=reason).status_code == 204
    assert ann.on(ann.claim(), "skip", reason="nothing on it").status_code == 204
    return task


def skipped_of(manager: Caller) -> list[dict[str, Any]]:
    answer = manager.get(f"/projects/{manager.desk.project_id}/queue/skipped")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def give_back(manager: Caller, *tasks: UUID) -> int:
    path = f"/projects/{manager.desk.project_id}/queue/return-skipped"
    answer = manager.post(path, {"task_ids": [str(task) for task in tasks]})
    assert answer.status_code == 200, answer.text
    returned: int = answer.json()["returned"]
    return returned


def test_a_manager_sees_what_was_skipped_and_why(desk: Desk, ann: Caller, manager: Caller) -> None:
    task = set_aside(desk, ann)
    [shown] = skipped_of(manager)
    assert shown["task_id"] == str(task)
    assert (shown["skips"], shown["reason"]) == (3, "nothing on it")
    assert shown["user"]["id"] == str(ann.person.id)


def test_a_task_that_was_put_back_is_handed_out_even_to_who_skipped_it(
    desk: Desk, ann: Caller, manager: Caller
) -> None:
    task = set_aside(desk, ann)
    assert ann.ask().status_code == 204
    assert give_back(manager, task) == 1
    assert skipped_of(manager) == []
    assert ann.claim()["task"]["id"] == str(task)


def test_only_skipped_tasks_are_put_back_and_only_once(
    desk: Desk, ann: Caller, manager: Caller
) -> None:
    task = set_aside(desk, ann)
    [waiting] = desk.add_images(1)
    assert give_back(manager, task, waiting) == 1
    assert give_back(manager, task) == 0
    assert desk.state_of(waiting) == "open"


def test_tasks_of_another_project_stay_where_they_are(
    desk: Desk, ann: Caller, manager: Caller
) -> None:
    task = set_aside(desk, ann)
    elsewhere = desk.world.project(desk.manager, "Another")
    path = f"/projects/{elsewhere}/queue/return-skipped"
    assert manager.post(path, {"task_ids": [str(task)]}).json() == {"returned": 0}
    assert desk.state_of(task) == "skipped"
