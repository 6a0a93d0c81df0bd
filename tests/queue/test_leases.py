"""What a lease allows, and what happens when it is lost."""

from uuid import uuid4

import pytest

from maskwright.queue.candidates import Candidates
from maskwright.queue.keeper import QueueKeeper
from tests.queue.desk import Caller, Desk, an_object, box_mask


def test_a_heartbeat_extends_the_lease(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    desk.sql("UPDATE lease SET expires_at = clock_timestamp() + interval '1 minute'")

    answer = ann.on(claimed, "heartbeat", active_ms=5000)

    assert answer.status_code == 200
    [(left,)] = desk.sql("SELECT extract(epoch FROM expires_at - clock_timestamp()) FROM lease")
    assert left == pytest.approx(900, abs=5)


def test_a_heartbeat_with_another_fence_is_refused(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    claimed["lease"]["fence"] += 1

    answer = ann.on(claimed, "heartbeat")

    assert answer.status_code == 409
    assert answer.json()["code"] == "lease-lost"
    assert answer.json()["reason"] == "other-fence"


def test_somebody_elses_lease_is_not_found(ann: Caller, bob: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()

    for action in ("heartbeat", "release", "skip"):
        body = {"reason": "blurred"} if action == "skip" else {}
        assert bob.on(claimed, action, **body).status_code == 404, action
    assert bob.save(claimed).status_code == 404
    assert bob.submit(claimed, []).status_code == 404


def test_the_sweep_ends_expired_leases(ann: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    desk.expire(claimed["lease"]["id"])

    desk.world.resources.part(QueueKeeper).sweep()

    assert desk.state_of(task) == "open"
    answer = ann.on(claimed, "heartbeat")
    assert (answer.status_code, answer.json()["reason"]) == (409, "expired")


def test_the_sweep_takes_back_what_a_removed_member_held(ann: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    ann.claim()
    desk.sql("DELETE FROM api_token WHERE user_id = %s", ann.person.id)
    desk.sql("DELETE FROM membership WHERE user_id = %s", ann.person.id)

    desk.world.resources.part(QueueKeeper).sweep()

    assert desk.state_of(task) == "open"
    assert desk.sql("SELECT outcome FROM lease") == [("revoked",)]
    assert ann.ask().status_code == 401


def test_a_refill_proposes_every_open_task_in_order(desk: Desk) -> None:
    desk.add_images(3)
    [urgent] = desk.add_images(1, priority=3)
    redis = desk.world.resources.redis
    redis.flushall()

    assert desk.world.resources.part(QueueKeeper).refill(desk.project_id) == 4

    proposed = redis.zrange(f"maskwright:candidates:{desk.project_id}", 0, -1)
    assert proposed == [str(urgent), *map(str, desk.tasks[:3])]


def test_a_refill_goes_through_pages_in_order_and_leaves_time_for_other_duties(
    desk: Desk,
) -> None:
    desk.add_many_images(11_000)
    redis, key = desk.world.resources.redis, f"maskwright:candidates:{desk.project_id}"
    breaks: list[int] = []

    keeper = desk.world.resources.part(QueueKeeper)
    assert (
        keeper.refill(desk.project_id, meanwhile=lambda: breaks.append(redis.zcard(key))) == 11_000
    )

    assert breaks == [5000, 10_000, 11_000]
    in_order = "SELECT id::text, rank FROM task ORDER BY rank, id"
    assert redis.zrange(key, 0, -1, withscores=True) == desk.sql(in_order)


def test_a_refill_that_redis_does_not_take_says_so(desk: Desk) -> None:
    desk.add_many_images(3)
    desk.world.resources.part(Candidates).use("redis://127.0.0.1:1")  # nobody is there

    assert desk.world.resources.part(QueueKeeper).refill(desk.project_id) is None


def test_a_submission_finishes_the_task(ann: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()

    answer = ann.submit(claimed, [an_object(desk.classes["car"], box_mask(0, 0))])

    assert answer.status_code == 200
    assert answer.json()["task"] == {"id": str(task), "state": "submitted"}
    assert answer.json()["label_version"]["number"] == 1
    assert ann.ask().status_code == 204


def test_the_same_submission_again_is_answered_the_same(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    objects = [an_object(desk.classes["car"], box_mask(0, 0))]

    first = ann.submit(claimed, objects, key="mine")
    again = ann.submit(claimed, objects, key="mine")

    assert again.status_code == first.status_code == 200
    assert again.json() == first.json()
    assert desk.sql("SELECT count(*) FROM label_version") == [(1,)]


def test_a_key_cannot_stand_for_two_submissions(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    ann.submit(claimed, [], key="mine")

    other = ann.submit(claimed, [an_object(desk.classes["car"], box_mask(0, 0))], key="mine")

    assert other.status_code == 422
    assert other.json()["code"] == "idempotency-key-reused"


def test_a_submission_needs_a_key(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()

    answer = ann.on(claimed, "submit", objects=[])

    assert answer.status_code == 422
    assert answer.json()["code"] == "invalid-input"


def test_late_work_counts_while_nobody_else_was_granted_the_task(ann: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    desk.expire(claimed["lease"]["id"])
    desk.world.resources.part(QueueKeeper).sweep()

    answer = ann.submit(claimed, [an_object(desk.classes["car"], box_mask(0, 0))])

    assert answer.status_code == 200
    assert desk.state_of(task) == "done"


def test_late_work_is_kept_where_somebody_else_has_the_task(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    [task] = desk.add_images(1)
    late = ann.claim()
    desk.expire(late["lease"]["id"])
    bob.claim()
    sent = an_object(desk.classes["car"], box_mask(0, 0))

    answer = ann.submit(late, [sent], key="late")

    assert answer.status_code == 409
    problem = answer.json()
    assert (problem["code"], problem["reason"], problem["kept"]) == ("lease-lost", "expired", True)
    assert desk.state_of(task) == "in_progress"
    kept = ann.get(f"/label-versions/{problem['orphan_version_id']}").json()
    assert (kept["kind"], kept["is_current"]) == ("orphan", False)
    assert kept["objects"][0]["mask"] == sent["mask"]


def test_late_work_sent_twice_is_kept_once(ann: Caller, bob: Caller, desk: Desk) -> None:
    desk.add_images(1)
    late = ann.claim()
    desk.expire(late["lease"]["id"])
    bob.claim()

    first, again = (ann.submit(late, [], key="late") for _ in range(2))

    assert first.json()["orphan_version_id"] == again.json()["orphan_version_id"]
    assert desk.sql("SELECT count(*) FROM label_version") == [(1,)]


def test_a_second_submission_under_another_key_changes_nothing(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    first = ann.submit(claimed, [])

    answer = ann.submit(claimed, [an_object(desk.classes["car"], box_mask(0, 0))])

    assert (answer.status_code, answer.json()["reason"]) == (409, "submitted")
    versions = ann.get(f"/assets/{desk.assets[0]}/labels").json()["items"]
    current = [version["id"] for version in versions if version["is_current"]]
    assert current == [first.json()["label_version"]["id"]]


def test_an_unknown_lease_is_not_found(ann: Caller) -> None:
    claimed = {"lease": {"id": str(uuid4()), "fence": 1}}

    assert ann.on(claimed, "heartbeat").status_code == 404
    assert ann.submit(claimed, []).status_code == 404
