"""Nothing that a labeler is shown tells a gold from any other task.

He works through tasks of which some are golds, and after each step everything that the API lets
him read is read. For golds and for other tasks it must look the same: the same fields, the same
kinds of values, and where the values say what happened, the same values.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.gold.school import EXPECTED, School
from tests.queue.desk import an_object

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")


def blurred(value: Any) -> Any:
    """The shape of an answer: what differs between any two tasks is left out of it."""
    if isinstance(value, dict):
        return {key: blurred(item) for key, item in sorted(value.items())}
    if isinstance(value, list | tuple):
        return [blurred(item) for item in value]
    if isinstance(value, str):
        value = re.sub(r"image-\d+", "image", value)
        value = re.sub(r"\b[0-9a-f]{64}\b", "DIGEST", value)
        value = re.sub(r"signature=[^&]+|expires=\d+", "signed", value)
        return _TIME.sub("TIME", _UUID.sub("ID", re.sub(r"\d+ \w+ \d{4}, \d\d:\d\d", "DAY", value)))
    return value


def reads(school: School, claimed: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Everything that the labeler can ask about this task, its image and his project."""
    asset, task = claimed["asset"]["id"], claimed["task"]["id"]
    project = f"/projects/{school.desk.project_id}"
    for path in (
        f"/tasks/{task}/why",
        f"/assets/{asset}",
        f"/assets/{asset}/labels",
        f"/assets/{asset}/verdicts",
        f"/assets/{asset}/consensus",
        f"/assets/{asset}/comments",
        f"/assets/{asset}/attachments",
        f"/leases/{claimed['lease']['id']}/feedback",
        f"{project}/gold/mine",
        f"{project}/late-work",
        f"{project}/questions",
        f"{project}/my-work/handed-in",
        "/me/time",
        "/me/notifications",
    ):
        answer = school.ann.get(path)
        yield _UUID.sub("ID", path), (answer.status_code, answer.json())


def moving(school: School) -> dict[str, Any]:
    """What moves as one works."""
    project = f"/projects/{school.desk.project_id}"
    counts = school.ann.get(project).json()["counts"]
    queue = school.ann.get(f"{project}/queue").json()
    own = school.ann.get(f"{project}/my-work").json()
    return {
        "counts": counts,
        "queue": queue["counts"],
        "leases": len(queue["leases"]),
        "handed_in": sum(each["submitted"] for each in queue["per_labeler"]
                         if each["user"]["id"] == str(school.ann.person.id)),
        "today": own["submitted_today"],
        "available": own["available"],
        "blocked_by": own["blocked_by"],
    }  # fmt: skip


def work(school: School) -> tuple[bool, dict[str, Any]]:
    """Do one task; returns whether it was a gold, and all that was to be seen of it."""
    seen: dict[str, Any] = {}
    before = moving(school)
    claimed = school.ann.claim()
    # Both follow counts that are kept for a moment, and are compared as such below.
    place = {"position": 0, "total": 0}
    seen["claimed"] = blurred({**claimed, "task": {**claimed["task"], **place}})
    held = moving(school)
    seen["held"] = dict(reads(school, claimed))
    draft = school.ann.save(claimed, upserts=[an_object(school.desk.classes["car"], EXPECTED)])
    seen["draft"] = blurred(draft.json())
    answer = school.ann.submit(claimed, [an_object(school.desk.classes["car"], EXPECTED)])
    seen["answer"] = blurred(answer.json())
    is_gold = school.is_gold(claimed)
    school.look(claimed)
    after = moving(school)
    seen["handed in"] = dict(reads(school, claimed))
    seen["moved"] = [steps(before, held), steps(held, after)]
    seen["position"] = claimed["task"]["position"]
    return is_gold, seen


def steps(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """How much each number moved."""
    moved: dict[str, Any] = {}
    for key, value in after.items():
        if isinstance(value, dict):
            moved[key] = steps(before[key], value)
        elif isinstance(value, bool) or value is None:
            moved[key] = value
        else:
            moved[key] = value - before[key]
    return moved


@pytest.mark.parametrize("with_review", [False, True])
def test_a_gold_looks_like_any_other_task(school: School, with_review: bool) -> None:
    school.add_golds(2)
    if with_review:
        school.put("/workflow", {"version": 0, "steps": [{"name": "Look"}], "overlap": None})
    school.set_golds(percent=50)
    school.desk.add_images(12)

    seen: dict[bool, dict[str, Any]] = {}
    positions = []
    for _ in range(5):
        is_gold, found = work(school)
        positions.append(found.pop("position"))
        seen[is_gold] = found

    assert seen.keys() == {False, True}
    gold, plain = seen[True], seen[False]
    for step in ("claimed", "draft", "answer", "moved"):
        assert gold[step] == plain[step], step
    for step in ("held", "handed in"):
        for path, answer in plain[step].items():
            if path.endswith("handed-in"):
                continue
            assert blurred(gold[step][path]) == blurred(answer), (step, path)
    # They follow counts that are kept for a moment; those themselves are compared above.
    assert positions == sorted(positions)


def test_all_that_was_handed_in_looks_alike(school: School) -> None:
    school.add_golds(2)
    school.set_golds(percent=50)
    school.desk.add_images(8)
    golds = [work(school)[0] for _ in range(4)]

    listed = school.ann.get(f"/projects/{school.desk.project_id}/my-work/handed-in").json()["items"]

    assert {True, False} == set(golds)
    assert len(listed) == 4
    assert len({str(blurred(each)) for each in listed}) == 1


def test_ids_of_gold_tasks_are_as_old_as_those_of_their_images(school: School) -> None:
    """A UUIDv7 begins with the time at which it was made."""
    school.add_golds(1)
    school.set_golds(first_tasks=1)
    school.desk.add_images(1)

    claimed = school.ann.claim()

    assert school.is_gold(claimed)
    made = [int(claimed[what]["id"].replace("-", "")[:12], 16) for what in ("task", "asset")]
    assert abs(made[0] - made[1]) < 5_000
    assert claimed["task"]["id"][14] == "7"


def test_images_of_others_look_untouched_where_golds_are(school: School) -> None:
    """Who sees that an image is done before he gets it, knows that it is a gold."""
    [gold] = school.add_golds(1)
    school.set_golds(first_tasks=1)
    school.desk.add_images(1)

    assets = school.ann.get(f"/projects/{school.desk.project_id}/assets").json()["items"]

    assert [each["task"] for each in assets] == [None, None]
    assert school.ann.get(f"/assets/{gold}/labels").json()["items"] == []
    assert school.teacher.get(f"/assets/{gold}").json()["task"] is not None


def test_what_others_said_of_a_gold_is_not_heard(school: School) -> None:
    [gold] = school.add_golds(1)
    school.set_golds(first_tasks=1)
    school.desk.add_images(1)
    said = {"text": "The shadow is not part of it.", "x": 1, "y": 1}
    assert school.teacher.post(f"/assets/{gold}/comments", said).status_code == 201

    assert school.ann.get(f"/assets/{gold}/comments").json()["items"] == []
    assert len(school.teacher.get(f"/assets/{gold}/comments").json()["items"]) == 1


@pytest.mark.parametrize("of_batch", [False, True])
def test_a_gold_uses_up_a_cap_like_any_task(school: School, of_batch: bool) -> None:
    """Who counts what he had until he is told that it is enough learns nothing of golds."""
    school.add_golds(4)
    school.set_golds(percent=50)
    school.desk.add_images(12)
    project = f"/projects/{school.desk.project_id}"
    if of_batch:
        made = school.manager.post(f"{project}/batches", {"name": "First"}).json()["id"]
        school.desk.sql(
            "UPDATE task SET batch_id = %s WHERE project_id = %s AND state = 'open'",
            made,
            school.desk.project_id,
        )
        caps = {"caps": [{"batch_id": made, "team_id": None, "total": 4, "daily": None}]}
        assert school.put("/queue/caps", caps).status_code == 200
    else:
        school.desk.sql("UPDATE project SET labeler_cap = 4 WHERE id = %s", school.desk.project_id)

    golds = [school.is_gold(school.hand_in(school.ann, EXPECTED)) for _ in range(4)]

    assert True in golds
    assert school.ann.ask().status_code == 204


def test_of_many_golds_those_come_that_are_as_old_as_the_work(school: School) -> None:
    """An image that is older than all that came before and after it would be told by its id."""
    old = school.add_golds(3)
    near = school.add_golds(5)
    school.set_golds(first_tasks=1)
    school.desk.add_images(2)

    got = []
    for _ in range(6):
        claimed = school.newcomer().claim()
        assert school.is_gold(claimed)
        got.append(claimed["asset"]["id"])

    assert set(got) <= set(near)
    assert set(got).isdisjoint(old)
