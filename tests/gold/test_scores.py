"""Golds are scored, shown to whom they concern, and disputed."""

from typing import Any

import pytest

from maskwright.annotations import service as annotations
from maskwright.gold.scoring import score_label
from maskwright.gold.service.scores import resend_unscored
from maskwright.kernel.ids import new_id
from maskwright.masks.codec import Rle, parse_wire
from maskwright.work import Work
from tests.gold.school import EXPECTED, School
from tests.queue.desk import HEIGHT, WIDTH, Caller, box_mask

CAR, ROAD = sorted((new_id(), new_id()))


def a_box(top: int, left: int, height: int = 10, width: int = 10) -> Rle:
    return parse_wire(box_mask(top, left, height, width), (HEIGHT, WIDTH))


def test_the_same_label_is_perfect() -> None:
    boxes = {CAR: [a_box(0, 0), a_box(20, 20)], ROAD: [a_box(40, 0)]}

    score = score_label(boxes, boxes, countable=frozenset({CAR}))

    assert (score.iou, score.distance_px, score.panoptic_quality) == (1.0, 0.0, 1.0)
    assert score.passes(least_iou=1.0, most_px=0.0)


def test_two_empty_labels_agree() -> None:
    assert score_label({}, {}, countable=frozenset()).passes(least_iou=1.0, most_px=0.0)


def test_a_class_that_was_missed_counts_as_nothing() -> None:
    expected = {CAR: [a_box(0, 0)], ROAD: [a_box(40, 0)]}

    score = score_label({CAR: [a_box(0, 0)]}, expected, countable=frozenset({CAR}))

    assert score.iou == 0.5
    assert [each.instances.false_negatives for each in score.classes] == [0, 1]
    assert score.classes[1].distance_px is None
    assert not score.passes(least_iou=0.8, most_px=None)


def test_a_shifted_box_is_as_far_off_as_it_was_shifted() -> None:
    score = score_label({CAR: [a_box(0, 5)]}, {CAR: [a_box(0, 0)]}, countable=frozenset({CAR}))

    [car] = score.classes
    assert score.iou == pytest.approx(50 / 150)
    assert car.distance_max_px == 5
    assert score.passes(least_iou=0.3, most_px=5)
    assert not score.passes(least_iou=0.3, most_px=0.5)


def test_one_blob_over_two_objects_is_no_instance() -> None:
    expected = {CAR: [a_box(0, 0, 10, 10), a_box(0, 10, 10, 10)]}

    score = score_label({CAR: [a_box(0, 0, 10, 20)]}, expected, countable=frozenset({CAR}))

    assert score.iou == 1.0
    assert score.panoptic_quality == 0.0


def attempt(school: School, caller: Caller, *masks: dict[str, Any]) -> dict[str, Any]:
    """Hand in the next task, which is a gold; returns what the manager sees of it."""
    claimed = school.hand_in(caller, *masks)
    assert school.is_gold(claimed)
    assert school.look(claimed) == 1
    found: dict[str, Any] = school.manager.get(
        f"/projects/{school.desk.project_id}/gold/attempts"
    ).json()["items"][0]
    return {**found, "lease": claimed["lease"]["id"]}


@pytest.fixture
def exam(school: School) -> School:
    """A gold of one car of 20 by 20, which comes first to everybody, with feedback."""
    school.add_golds(1)
    school.set_golds(first_tasks=1, shows_feedback=True, pass_iou=0.8)
    school.desk.add_images(3)
    return school


def test_an_attempt_is_kept_with_its_parts(exam: School) -> None:
    found = attempt(exam, exam.ann, box_mask(10, 10, 20, 10))

    [part] = found["classes"]
    assert found["iou"] == 0.5
    assert found["has_passed"] is False
    assert part["class_id"] == str(exam.desk.classes["car"])
    assert (part["drawn_px"], part["expected_px"]) == (200, 400)
    assert found["person"]["id"] == str(exam.ann.person.id)


def test_looking_again_changes_nothing(exam: School) -> None:
    claimed = exam.hand_in(exam.ann, EXPECTED)

    assert exam.look(claimed) == exam.look(claimed) == 1

    [gold] = exam.golds()
    assert (gold["attempts"], gold["passed"], gold["mean_iou"]) == (1, 1, 1.0)


def test_how_well_golds_went_stands_beside_how_fast_people_are(exam: School) -> None:
    attempt(exam, exam.ann, box_mask(10, 10, 20, 10))

    table = exam.manager.get(f"/projects/{exam.desk.project_id}/insights/people").json()

    keys = [column["key"] for column in table["columns"]]
    rows = [dict(zip(keys, row, strict=True)) for row in table["rows"]]
    [ann] = [row for row in rows if row["person_id"] == str(exam.ann.person.id)]
    assert (ann["golds"], ann["gold_iou"]) == (1, 50.0)


def test_a_lost_message_is_sent_again(exam: School) -> None:
    exam.hand_in(exam.ann, EXPECTED)
    exam.desk.sql("UPDATE label_version SET created_at = now() - interval '5 minutes'")

    with Work(exam.desk.world.resources, authenticate=lambda session: None) as work:
        assert resend_unscored(work) == 1


def test_who_handed_a_gold_in_is_shown_what_he_missed(exam: School) -> None:
    found = attempt(exam, exam.ann, box_mask(10, 10, 20, 10))

    feedback = exam.ann.get(f"/leases/{found['lease']}/feedback").json()
    beside = exam.ann.get(f"/gold-attempts/{found['id']}").json()

    assert feedback["state"] == "scored"
    assert feedback["attempt"]["iou"] == 0.5
    assert beside["difference"]["removed"]["pixels"] == 200
    assert beside["difference"]["added"]["pixels"] == 0
    assert len(beside["expected"]) == len(beside["drawn"]) == 1


def test_feedback_waits_for_the_score(exam: School) -> None:
    claimed = exam.hand_in(exam.ann, EXPECTED)

    address = f"/leases/{claimed['lease']['id']}/feedback"
    assert exam.ann.get(address).json()["state"] == "pending"


def test_an_everyday_task_has_no_feedback(exam: School) -> None:
    exam.hand_in(exam.ann, EXPECTED)
    claimed = exam.hand_in(exam.ann, EXPECTED)

    assert exam.look(claimed) == 0
    address = f"/leases/{claimed['lease']['id']}/feedback"
    assert exam.ann.get(address).json() == {"state": "none", "attempt": None}


def test_without_feedback_nobody_is_told_which_was_a_gold(exam: School) -> None:
    found = attempt(exam, exam.ann, EXPECTED)
    exam.set_golds(first_tasks=1, shows_feedback=False)

    own = exam.ann.get(f"/projects/{exam.desk.project_id}/gold/mine").json()

    assert exam.ann.get(f"/leases/{found['lease']}/feedback").json()["state"] == "none"
    assert exam.ann.get(f"/gold-attempts/{found['id']}").status_code == 404
    assert (own["scores"], own["recent"]) == (None, [])


def test_without_feedback_the_days_before_are_told(exam: School) -> None:
    attempt(exam, exam.ann, EXPECTED)
    exam.set_golds(first_tasks=1, shows_feedback=False)
    exam.desk.sql("UPDATE gold_attempt SET submitted_at = now() - interval '1 day'")

    own = exam.ann.get(f"/projects/{exam.desk.project_id}/gold/mine").json()

    assert own["scores"]["over_all"]["passed"] == 1
    assert own["recent"] == []


def test_managers_see_everybody_by_class_and_day(exam: School) -> None:
    attempt(exam, exam.ann, box_mask(10, 10, 20, 10))
    bob = exam.newcomer()
    attempt(exam, bob, EXPECTED)

    people = exam.manager.get(f"/projects/{exam.desk.project_id}/gold/people").json()["items"]

    over_all = {each["person"]["id"]: each["over_all"]["iou"] for each in people}
    assert over_all == {str(exam.ann.person.id): 0.5, str(bob.person.id): 1.0}
    assert all(len(each["classes"]) == len(each["days"]) == 1 for each in people)


def objection(exam: School, found: dict[str, Any]) -> dict[str, Any]:
    answer = exam.ann.post(f"/gold-attempts/{found['id']}/dispute", {"text": "Half of it is road."})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def resolve(exam: School, dispute: dict[str, Any], **decision: object) -> Any:
    return exam.manager.post(f"/gold-disputes/{dispute['id']}/resolve", decision)


def test_one_objects_once(exam: School) -> None:
    found = attempt(exam, exam.ann, EXPECTED)
    objection(exam, found)

    again = exam.ann.post(f"/gold-attempts/{found['id']}/dispute", {"text": "Really."})

    assert again.status_code == 409
    assert exam.golds()[0]["disputes"] == 1


def test_a_gold_that_was_wrong_counts_for_nobody(exam: School) -> None:
    dispute = objection(exam, attempt(exam, exam.ann, box_mask(10, 10, 20, 10)))

    answer = resolve(exam, dispute, resolution="retired", answer="You are right.")

    assert answer.json()["resolution"] == "retired"
    [gold] = exam.golds()
    assert (gold["state"], gold["attempts"], gold["disputes"]) == ("retired", 0, 0)
    people = exam.manager.get(f"/projects/{exam.desk.project_id}/gold/people").json()
    assert people["items"] == []
    assert not exam.is_gold(exam.newcomer().claim())


def test_a_replaced_answer_scores_everybody_anew(exam: School) -> None:
    found = attempt(exam, exam.ann, box_mask(10, 10, 20, 10))
    dispute = objection(exam, found)
    [(version,)] = exam.desk.sql("SELECT version_id::text FROM gold_attempt")

    resolve(exam, dispute, resolution="replaced", version_id=version)
    exam.look({"task": {"id": found["task_id"]}})

    [gold] = exam.golds()
    assert (gold["passed"], gold["mean_iou"]) == (1, 1.0)


def test_a_decision_is_made_once(exam: School) -> None:
    dispute = objection(exam, attempt(exam, exam.ann, EXPECTED))
    resolve(exam, dispute, resolution="kept")

    again = resolve(exam, dispute, resolution="retired")

    assert again.status_code == 409
    assert exam.golds()[0]["state"] == "active"


def test_the_answer_must_be_a_label_of_the_image(exam: School) -> None:
    found = attempt(exam, exam.ann, EXPECTED)
    [(other,)] = exam.desk.sql("SELECT id::text FROM mask LIMIT 1")

    answer = exam.manager.post(f"/golds/{found['gold_id']}/replace", {"version_id": other})

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("not-an-answer")


def test_what_is_handed_in_for_a_retired_gold_is_set_aside(exam: School) -> None:
    claimed = exam.ann.claim()
    [gold] = exam.golds()
    exam.manager.post(f"/golds/{gold['id']}/retire", {"reason": "blurred"})

    assert exam.ann.submit(claimed, []).status_code == 200
    exam.look(claimed)

    assert exam.golds()[0]["attempts"] == 0


def test_a_gold_follows_a_class_that_is_merged_into_another(exam: School) -> None:
    """What is expected is the label with the new classes: nobody can draw the old one any more."""
    with exam.desk.world.work_of(exam.desk.manager) as work:
        annotations.reassign_class(
            work, exam.desk.project_id, exam.desk.classes["car"], exam.desk.classes["road"]
        )

    claimed = exam.hand_in(exam.ann, EXPECTED, name="road")

    assert exam.look(claimed) == 1
    assert exam.golds()[0]["mean_iou"] == 1.0
