"""Reviews, rework, several opinions, and tasks that are for certain people only."""

from uuid import UUID

import pytest

from maskwright.accounts.domain import Role
from maskwright.annotations.domain import VersionRef
from maskwright.queue import flow
from maskwright.queue.domain import TaskRef
from maskwright.queue.errors import TaskNotMovable
from maskwright.queue.keeper import QueueKeeper
from maskwright.work import Work
from tests.queue.desk import Caller, Desk, an_object, box_mask


@pytest.fixture
def rita(desk: Desk, ann: Caller) -> Caller:
    """A reviewer."""
    return Caller(ann.client, desk.world.colleague(desk.manager, Role.REVIEWER), desk)


def finished(desk: Desk, who: Caller, objects: int = 1) -> tuple[UUID, UUID]:
    """A task that this person labelled, and the version that he handed in."""
    [task] = desk.add_images(1)
    sent = [an_object(desk.classes["car"], box_mask(20 * n, 0)) for n in range(objects)]
    answer = who.submit(who.claim(), sent).json()
    return task, UUID(answer["label_version"]["id"])


def send_back(desk: Desk, task: UUID, version: UUID, author: UUID | None) -> None:
    with desk.world.work_of(desk.manager) as work:
        flow.reopen_for_rework(work, task, author_id=author, version_id=version)


def review(desk: Desk, task: UUID, version: UUID, reviewer: UUID | None = None) -> UUID:
    with desk.world.work_of(desk.manager) as work:
        return flow.add_review_task(work, task, version_id=version, reviewer_id=reviewer)


def test_rework_goes_to_its_author_first_with_what_he_handed_in(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    task, version = finished(desk, ann)
    send_back(desk, task, version, ann.person.id)
    [other] = desk.add_images(1)

    assert bob.claim()["task"]["id"] == str(other)
    claimed = ann.claim()

    assert (claimed["task"]["id"], claimed["task"]["round"]) == (str(task), 2)
    assert claimed["lease"]["kind"] == "rework"
    assert claimed["task"]["subject_version_id"] == str(version)
    assert len(claimed["label"]["objects"]) == 1


def test_rework_that_was_begun_is_resumed_as_it_was_left(ann: Caller, desk: Desk) -> None:
    task, version = finished(desk, ann)
    send_back(desk, task, version, ann.person.id)
    claimed = ann.claim()
    key = claimed["label"]["objects"][0]["key"]
    assert ann.save(claimed, deletes=[key]).status_code == 200
    ann.on(claimed, "release")

    assert ann.claim()["label"]["objects"] == []


def test_rework_is_for_everybody_once_its_time_is_over(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    task, version = finished(desk, ann)
    send_back(desk, task, version, ann.person.id)
    assert bob.ask().status_code == 204
    desk.sql("UPDATE task SET reserved_until = clock_timestamp() - interval '1 second'")

    desk.world.resources.part(QueueKeeper).sweep()

    claimed = bob.claim()
    assert claimed["task"]["id"] == str(task)
    assert len(claimed["label"]["objects"]) == 1


def test_rework_by_somebody_else_counts_in_place_of_what_was_sent_back(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    task, version = finished(desk, ann)
    send_back(desk, task, version, None)

    assert bob.submit(bob.claim(), []).status_code == 200

    counting = "SELECT author_id FROM label WHERE current_version_id IS NOT NULL"
    assert desk.sql(counting) == [(bob.person.id,)]
    assert desk.sql("SELECT count(*) FROM label_version") == [(2,)]


def test_only_what_was_handed_in_can_be_sent_back(ann: Caller, desk: Desk) -> None:
    task, version = finished(desk, ann)
    send_back(desk, task, version, ann.person.id)

    with pytest.raises(TaskNotMovable):
        send_back(desk, task, version, ann.person.id)


def test_a_review_is_for_reviewers_and_shows_the_label(
    ann: Caller, rita: Caller, desk: Desk
) -> None:
    task, version = finished(desk, ann, objects=2)
    reviewing = review(desk, task, version)

    assert ann.ask(stage="review").status_code == 403
    assert rita.ask().status_code == 204
    claimed = rita.claim(stage="review")

    assert claimed["task"]["id"] == str(reviewing)
    assert claimed["task"]["subject_version_id"] == str(version)
    assert claimed["lease"]["kind"] == "review"
    assert len(claimed["label"]["objects"]) == 2


def test_nobody_reviews_his_own_label(rita: Caller, desk: Desk) -> None:
    task, version = finished(desk, rita)
    review(desk, task, version)

    assert rita.ask(stage="review").status_code == 204


def test_a_review_is_not_submitted_as_a_label(ann: Caller, rita: Caller, desk: Desk) -> None:
    task, version = finished(desk, ann)
    review(desk, task, version)

    answer = rita.submit(rita.claim(stage="review"), [])

    assert (answer.status_code, answer.json()["code"]) == (409, "lease-of-review")


def test_a_finished_review_can_be_asked_for_again_of_the_same_reviewer(
    ann: Caller, rita: Caller, desk: Desk
) -> None:
    task, version = finished(desk, ann)
    reviewing = review(desk, task, version)
    lease = rita.claim(stage="review")["lease"]
    with desk.world.work_of(rita.person) as work:
        ended = flow.finish_review(work, UUID(lease["id"]), fence=lease["fence"])
    assert (ended.task.task_id, ended.subject_id) == (reviewing, version)
    assert desk.state_of(reviewing) == "done"

    assert review(desk, task, version, rita.person.id) == reviewing

    other = Caller(ann.client, desk.world.colleague(desk.manager, Role.REVIEWER), desk)
    assert other.ask(stage="review").status_code == 204
    assert rita.claim(stage="review")["task"]["round"] == 2


def test_a_workflow_decides_what_follows_a_submit(ann: Caller, rita: Caller, desk: Desk) -> None:
    desk.sql("UPDATE project SET has_workflow = true")

    def route(work: Work, task: TaskRef, version: VersionRef) -> None:
        flow.add_review_task(work, task.task_id, version_id=version.id)

    flow.use_workflow(ann.client.app.state.resources, route)  # type: ignore[attr-defined]
    task, _ = finished(desk, ann)

    assert desk.state_of(task) == "submitted"
    assert rita.claim(stage="review")["asset"]["id"] == str(desk.assets[0])
    counts = ann.get(f"/projects/{desk.project_id}/queue").json()["counts"]
    assert (counts["submitted"], counts["in_review"], counts["done"]) == (1, 1, 0)


def test_a_second_opinion_is_somebody_elses(ann: Caller, bob: Caller, desk: Desk) -> None:
    [task] = desk.add_images(1)
    with desk.world.work_of(desk.manager) as work:
        second = flow.add_label_slot(work, desk.assets[0], 2)
    held = ann.claim()
    assert held["task"]["id"] == str(task)

    assert ann.ask(prefetch=True).status_code == 204, "while he holds the first"
    assert ann.submit(held, []).status_code == 200
    assert ann.ask().status_code == 204, "after he handed it in"

    assert bob.claim()["task"]["id"] == str(second)
    counts = ann.get(f"/projects/{desk.project_id}/queue").json()["counts"]
    assert (counts["assets"], counts["in_progress"], counts["submitted"]) == (1, 1, 0)


def test_one_person_never_counts_for_two_opinions(ann: Caller, desk: Desk) -> None:
    """He let the first one expire, took the second, and hands in both."""
    desk.add_images(1)
    first = ann.claim()
    desk.expire(first["lease"]["id"])
    desk.world.resources.part(QueueKeeper).sweep()
    desk.sql("UPDATE task SET state = 'waiting'")
    with desk.world.work_of(desk.manager) as work:
        flow.add_label_slot(work, desk.assets[0], 2)
    second = ann.claim()
    desk.sql("UPDATE task SET state = 'open' WHERE state = 'waiting'")

    assert ann.submit(second, []).status_code == 200
    answer = ann.submit(first, [])

    assert (answer.status_code, answer.json()["kept"]) == (409, True)


def test_a_waiting_slot_is_handed_out_once_it_is_opened(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    with desk.world.work_of(desk.manager) as work:
        slot = flow.add_label_slot(work, desk.assets[0], 2, waiting=True)
    bob = Caller(ann.client, desk.labeler(), desk)
    assert ann.ask().status_code == 200
    assert bob.ask().status_code == 204
    assert slot is not None

    with desk.world.work_of(desk.manager) as work:
        assert flow.open_tasks(work, [slot]) == 1

    assert bob.claim()["task"]["id"] == str(slot)
