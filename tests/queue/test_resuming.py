"""Going on with a task whose lease ended while its holder could not be heard."""

from typing import Any

import pytest
from httpx import Response

from maskwright.queue.keeper import QueueKeeper
from tests.queue.desk import Caller, Desk, an_object, box_mask


def resume(caller: Caller, claimed: dict[str, Any]) -> Response:
    return caller.post(f"/tasks/{claimed['task']['id']}/resume")


def let_run_out(desk: Desk, claimed: dict[str, Any]) -> None:
    desk.expire(claimed["lease"]["id"])
    desk.world.resources.part(QueueKeeper).sweep()


def test_the_task_comes_back_though_others_come_first(ann: Caller, desk: Desk) -> None:
    """What he holds besides, and what waits with a higher priority, does not matter."""
    desk.add_images(2)
    held, lost = ann.claim(), ann.claim(prefetch=True)
    let_run_out(desk, lost)
    desk.add_images(1, priority=5)

    answer = resume(ann, lost)

    assert answer.status_code == 200, answer.text
    again = answer.json()
    assert again["task"]["id"] == lost["task"]["id"]
    assert again["lease"]["fence"] > lost["lease"]["fence"]
    assert ann.on(again, "heartbeat").status_code == 200
    assert ann.on(lost, "heartbeat").status_code == 409
    assert ann.on(held, "heartbeat").status_code == 200


def test_its_draft_comes_with_it(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    drawn = an_object(desk.classes["car"], box_mask(0, 0))
    assert ann.save(claimed, upserts=[drawn]).status_code == 200
    let_run_out(desk, claimed)

    again = resume(ann, claimed).json()

    assert [one["key"] for one in again["label"]["objects"]] == [drawn["key"]]


def test_a_live_lease_is_the_answer_itself(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    for _ in range(2):
        again = resume(ann, claimed).json()
        assert again["lease"]["id"] == claimed["lease"]["id"]
        assert again["lease"]["fence"] == claimed["lease"]["fence"]


def test_what_was_given_back_unopened_can_be_gone_on_with(ann: Caller, desk: Desk) -> None:
    """A page gives back what it fetched ahead as it is loaded again, and may keep it offline."""
    desk.add_images(2)
    ann.claim()
    ahead = ann.claim(prefetch=True)
    assert ann.on(ahead, "release").status_code == 204

    assert resume(ann, ahead).status_code == 200


def test_whoever_was_given_it_since_keeps_it(ann: Caller, bob: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    let_run_out(desk, claimed)
    taken = bob.claim()

    answer = resume(ann, claimed)
    assert (answer.status_code, answer.json()["reason"]) == (409, "taken")

    # Nor when he gives it back: by then it may be another's work.
    assert bob.on(taken, "release").status_code == 204
    assert resume(ann, claimed).status_code == 409
    assert desk.state_of(claimed["task"]["id"]) == "open"


@pytest.mark.parametrize("ending", ["skip", "submit", "revoke"])
def test_what_he_ended_or_was_taken_from_him_stays_ended(
    ann: Caller, desk: Desk, ending: str
) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    if ending == "skip":
        assert ann.on(claimed, "skip", reason="blurred").status_code == 204
    elif ending == "submit":
        assert ann.submit(claimed, []).status_code == 200
    else:
        manager = Caller(ann.client, desk.manager, desk)
        assert manager.post(f"/leases/{claimed['lease']['id']}/revoke").status_code == 204
    before = desk.state_of(claimed["task"]["id"])

    answer = resume(ann, claimed)

    assert (answer.status_code, answer.json()["code"]) == (409, "lease-lost")
    assert desk.state_of(claimed["task"]["id"]) == before


def test_what_is_somebody_elses_by_now_is_not_his(ann: Caller, bob: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    let_run_out(desk, claimed)
    desk.sql("UPDATE task SET assignee_id = %s", bob.person.id)

    assert resume(ann, claimed).status_code == 409


def test_a_paused_project_says_so(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    let_run_out(desk, claimed)
    desk.sql("UPDATE project SET paused_at = clock_timestamp()")

    answer = resume(ann, claimed)

    assert (answer.status_code, answer.json()["code"]) == (409, "project-paused")


def test_who_never_had_it_does_not_find_it(ann: Caller, bob: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    let_run_out(desk, claimed)
    assert resume(bob, claimed).status_code == 404
