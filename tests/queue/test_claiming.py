"""Who gets which task."""

from uuid import uuid4

from maskwright.accounts.domain import Role
from maskwright.projects import service as projects
from maskwright.projects.domain import ProjectState
from maskwright.projects.schemas import ProjectPatch
from maskwright.queue import service as queue
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import World


def test_an_empty_queue_has_nothing_to_do(ann: Caller) -> None:
    assert ann.ask().status_code == 204


def test_tasks_are_handed_out_in_the_order_they_came(ann: Caller, bob: Caller, desk: Desk) -> None:
    first, second = desk.add_images(2)

    assert ann.claim()["task"]["id"] == str(first)
    assert bob.claim()["task"]["id"] == str(second)


def test_a_higher_priority_goes_first(ann: Caller, desk: Desk) -> None:
    desk.add_images(2)
    [urgent] = desk.add_images(1, priority=5)

    assert ann.claim()["task"]["id"] == str(urgent)


def test_a_claim_says_all_that_the_editor_needs(ann: Caller, desk: Desk) -> None:
    desk.add_images(3)

    claimed = ann.claim()

    assert claimed["lease"]["fence"] == 1
    assert claimed["lease"]["kind"] == "label"
    assert claimed["lease"]["lease_seconds"] == 900
    assert claimed["task"]["state"] == "in_progress"
    assert claimed["task"]["total"] == 3
    assert claimed["asset"]["id"] == str(desk.assets[0])
    assert (claimed["asset"]["width"], claimed["asset"]["height"]) == (80, 60)
    assert claimed["ontology_version"] == 1
    nothing = {"version": 0, "objects": [], "active_ms": 0, "image_attributes": {}}
    assert claimed["label"] == nothing
    assert claimed["last_seq"] == {}


def test_asking_again_gives_the_same_lease_back(ann: Caller, desk: Desk) -> None:
    desk.add_images(2)
    first = ann.claim()

    again = ann.claim()

    assert again["lease"]["id"] == first["lease"]["id"]
    assert again["lease"]["fence"] == first["lease"]["fence"]
    assert again["lease"]["kind"] == "resume"


def test_a_prefetch_is_one_more_and_no_further(ann: Caller, desk: Desk) -> None:
    desk.add_images(3)
    opened = ann.claim()

    prefetched = ann.claim(prefetch=True)

    assert prefetched["task"]["id"] != opened["task"]["id"]
    assert ann.ask(prefetch=True).status_code == 204


def test_a_prefetched_task_comes_once_the_open_one_is_submitted(ann: Caller, desk: Desk) -> None:
    desk.add_images(3)
    opened = ann.claim()
    prefetched = ann.claim(prefetch=True)
    assert ann.submit(opened, []).status_code == 200

    assert ann.claim()["task"]["id"] == prefetched["task"]["id"]


def test_an_excluded_task_is_not_given_back(ann: Caller, desk: Desk) -> None:
    desk.add_images(2)
    opened = ann.claim()

    other = ann.claim(exclude=[opened["task"]["id"]])

    assert other["task"]["id"] != opened["task"]["id"]


def test_a_released_task_is_free_for_others(ann: Caller, bob: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    claimed = ann.claim()
    assert bob.ask().status_code == 204

    assert ann.on(claimed, "release").status_code == 204

    taken = bob.claim()
    assert taken["task"]["id"] == str(task)
    assert taken["lease"]["fence"] == claimed["lease"]["fence"] + 1


def test_releasing_twice_is_no_error(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()

    assert ann.on(claimed, "release").status_code == 204
    assert ann.on(claimed, "release").status_code == 204


def test_an_expired_task_is_free_for_whoever_asks(ann: Caller, bob: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    desk.expire(ann.claim()["lease"]["id"])

    assert bob.claim()["task"]["id"] == str(task)


def test_the_position_of_a_task_is_the_same_after_a_reload(ann: Caller, desk: Desk) -> None:
    desk.add_images(5)
    assert ann.claim()["task"]["position"] == 1
    assert ann.claim(prefetch=True)["task"]["position"] == 2
    assert ann.claim()["task"]["position"] == 1


def test_unfinished_work_comes_before_new(ann: Caller, desk: Desk) -> None:
    desk.add_images(3)
    ann.claim()
    prefetched = ann.claim(prefetch=True)
    sent = an_object(desk.classes["car"], box_mask(0, 0))
    assert ann.save(prefetched, upserts=[sent]).status_code == 200
    ann.on(ann.claim(), "release")
    ann.on(prefetched, "release")

    resumed = ann.claim()

    assert resumed["task"]["id"] == prefetched["task"]["id"]
    assert resumed["lease"]["kind"] == "resume"
    assert resumed["label"]["objects"][0]["key"] == sent["key"]
    assert resumed["label"]["objects"][0]["mask"] == sent["mask"]
    assert resumed["last_seq"] == {"tab": 1}


def test_who_skipped_a_task_never_gets_it_again(ann: Caller, bob: Caller, desk: Desk) -> None:
    skipped, other = desk.add_images(2)
    claimed = ann.claim()
    assert claimed["task"]["id"] == str(skipped)

    assert ann.on(claimed, "skip", reason="blurred").status_code == 204

    following = ann.claim()
    assert following["task"]["id"] == str(other)
    assert ann.submit(following, []).status_code == 200
    assert ann.ask().status_code == 204
    assert bob.claim()["task"]["id"] == str(skipped)


def test_three_skips_send_a_task_to_triage(desk: Desk, ann: Caller) -> None:
    [task] = desk.add_images(1)
    for number in range(3):
        person = Caller(ann.client, desk.labeler(), desk)
        assert desk.state_of(task) == "open", number
        assert person.on(person.claim(), "skip", reason="blurred").status_code == 204

    assert desk.state_of(task) == "skipped"
    assert ann.ask().status_code == 204


def test_an_archived_project_hands_out_nothing(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    with desk.world.work_of(desk.manager) as work:
        projects.change_project(work, desk.project_id, ProjectPatch(state=ProjectState.ARCHIVED))

    answer = ann.ask()

    assert answer.status_code == 409
    assert answer.json()["code"] == "project-archived"


def test_a_withdrawn_task_is_handed_out_no_more(ann: Caller, desk: Desk) -> None:
    first, second = desk.add_images(2)
    held = ann.claim()
    with desk.world.work_of(desk.manager) as work:
        queue.withdraw_tasks(work, desk.assets)

    assert ann.ask().status_code == 204
    assert ann.on(held, "heartbeat").status_code == 409
    assert (desk.state_of(first), desk.state_of(second)) == ("withdrawn", "withdrawn")


def test_a_stranger_finds_no_queue(world: World, ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    stranger = Caller(ann.client, world.person(Role.LABELER), desk)

    assert stranger.ask().status_code == 404


def test_who_may_not_label_gets_nothing(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    engineer = Caller(ann.client, desk.world.colleague(desk.manager, Role.ML), desk)

    assert engineer.ask().status_code == 403


def test_tasks_come_without_redis_too(ann: Caller, bob: Caller, desk: Desk) -> None:
    first, second = desk.add_images(2)
    desk.world.resources.redis.flushall()

    assert {ann.claim()["task"]["id"], bob.claim()["task"]["id"]} == {str(first), str(second)}


def test_stale_candidates_fall_away(ann: Caller, bob: Caller, desk: Desk) -> None:
    """As after a Redis that was restored from an old dump."""
    first, second = desk.add_images(2)
    key = f"maskwright:candidates:{desk.project_id}"
    assert ann.claim()["task"]["id"] == str(first)
    desk.world.resources.redis.zadd(key, {str(first): -9, str(uuid4()): -10})

    assert bob.claim()["task"]["id"] == str(second)


def test_the_queue_can_be_looked_at(ann: Caller, desk: Desk) -> None:
    desk.add_images(3)
    ann.submit(ann.claim(), [])
    claimed = ann.claim()

    status = ann.get(f"/projects/{desk.project_id}/queue").json()

    assert status["counts"] == {
        "assets": 3,
        "to_label": 1,
        "in_progress": 1,
        "questions": 0,
        "submitted": 1,
        "in_review": 0,
        "done": 1,
        "skipped": 0,
        "processing": 0,
        "failed": 0,
    }
    [progress] = status["per_labeler"]
    assert (progress["submitted"], progress["in_progress"]) == (1, 1)
    [lease] = status["leases"]
    assert lease["id"] == claimed["lease"]["id"]
    assert lease["asset"]["name"] == claimed["asset"]["name"]
    assert lease["is_held_ready"] is False

    ahead = ann.claim(prefetch=True)
    both = ann.get(f"/projects/{desk.project_id}/queue").json()["leases"]
    assert {one["id"]: one["is_held_ready"] for one in both} == {
        claimed["lease"]["id"]: False,
        ahead["lease"]["id"]: True,
    }


def test_my_work_is_my_own_day(ann: Caller, bob: Caller, desk: Desk) -> None:
    desk.add_images(3)
    ann.submit(ann.claim(), [])
    bob.claim()

    mine = ann.get(f"/projects/{desk.project_id}/my-work").json()

    assert mine == {
        "submitted_today": 1,
        "active_ms_today": 1200,
        "unfinished": 0,
        "available": True,
        "blocked_by": None,
        "paused_for": None,
        "paused_until": None,
    }
