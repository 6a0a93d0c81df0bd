"""Rules: what meets them, what follows, and how it is taken back."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Actor, Role
from maskwright.quality.service.applying import apply_rules
from maskwright.reviews.domain import is_sampled
from maskwright.work import Work
from tests.gold.school import EXPECTED, School
from tests.queue.desk import Caller, box_mask
from tests.support.world import World

HALF = box_mask(10, 10, 20, 10)


@pytest.fixture
def school(client: TestClient, world: World) -> School:
    return School.make(client, world)


def rule(school: School, **more: object) -> dict[str, Any]:
    return {
        "name": "Low golds",
        "metric": "gold_iou",
        "threshold": 0.7,
        "last": 5,
        "at_least": 2,
        "action": "notify",
        **more,
    }


def make(school: School, **more: object) -> dict[str, Any]:
    answer = school.manager.post(path(school, "/quality-rules"), rule(school, **more))
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def path(school: School, rest: str) -> str:
    return f"/projects/{school.desk.project_id}{rest}"


def look(school: School, person: Caller | None = None) -> int:
    """What the worker's job does after somebody's task."""
    actor = Actor(organization_id=school.desk.manager.organization_id, role=Role.OWNER)
    with Work(school.desk.world.resources, authenticate=lambda session: actor) as work:
        return apply_rules(work, school.desk.project_id, (person or school.ann).person.id)


def history(school: School) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = school.manager.get(path(school, "/rule-history")).json()["items"]
    return items


def undo(school: School, entry: dict[str, Any]) -> Any:
    return school.manager.post(f"/rule-firings/{entry['id']}/undo")


def fail_golds(school: School, number: int, mask: dict[str, Any] = HALF) -> None:
    """Hand in so many golds so; scored, and not looked at by rules yet."""
    for _ in range(number):
        claimed = school.hand_in(school.ann, mask)
        assert school.look(claimed) == 1


def with_golds(school: School, number: int) -> None:
    school.add_golds(number)
    school.set_golds(first_tasks=number)
    school.desk.add_images(3)


def test_low_golds_pause_a_person_with_the_numbers_that_were_seen(school: School) -> None:
    make(school, action="pause", pause_days=2, message="Your edges are too wide. Read page 2.")
    with_golds(school, 3)

    fail_golds(school, 1)
    assert look(school) == 0
    fail_golds(school, 1)
    assert look(school) == 1

    refused = school.ann.ask()
    [entry] = history(school)
    assert refused.json()["reason"] == "Your edges are too wide. Read page 2."
    assert refused.json()["until"] is not None
    assert entry["person"]["id"] == str(school.ann.person.id)
    assert (entry["seen"]["value"], entry["seen"]["observations"]) == (0.5, 2)
    assert (entry["rule"]["threshold"], entry["is_in_force"]) == (0.7, True)


def test_a_rule_is_never_met_twice_by_the_same_golds(school: School) -> None:
    make(school)
    with_golds(school, 4)
    fail_golds(school, 2)

    assert [look(school), look(school)] == [1, 0]
    fail_golds(school, 1)
    assert look(school) == 0
    fail_golds(school, 1)
    assert look(school) == 1
    assert len(history(school)) == 2


def test_who_may_go_on_is_not_paused_again_for_what_was_before(school: School) -> None:
    make(school, action="pause")
    with_golds(school, 3)
    fail_golds(school, 2)
    look(school)

    answer = undo(school, history(school)[0])

    assert answer.status_code == 200, answer.text
    assert (answer.json()["is_in_force"], answer.json()["undone_by"] is not None) == (False, True)
    assert school.ann.ask().status_code == 200
    assert look(school) == 0
    assert undo(school, history(school)[0]).json()["code"] == "nothing-to-undo"


def test_resuming_by_hand_undoes_the_rule(school: School) -> None:
    make(school, action="pause")
    with_golds(school, 2)
    fail_golds(school, 2)
    look(school)

    school.manager.client.delete(
        f"/api/v1{path(school, f'/pauses/{school.ann.person.id}')}",
        headers=school.manager.person.headers,
    )

    [entry] = history(school)
    assert (entry["is_in_force"], entry["undone_at"] is not None) == (False, True)


def test_those_are_told_whom_the_rule_names(school: School) -> None:
    make(school, tells_managers=True, tells_labeler=True, message="Have a look at your results.")
    with_golds(school, 2)
    fail_golds(school, 2)
    look(school)

    def told(caller: Caller) -> list[tuple[str, str]]:
        items = caller.get("/me/notifications").json()["items"]
        return [(each["kind"], each["text"]) for each in items]

    [(kind, text)] = told(school.manager)
    assert (kind, text.endswith(": Low golds")) == ("quality_rule", True)
    assert told(school.ann) == [("quality_rule", "Have a look at your results.")]
    assert told(school.teacher) == []


def test_a_skill_is_removed_and_given_back(school: School) -> None:
    address = f"/api/v1/members/{school.ann.person.id}/skills"
    headers = school.manager.person.headers
    school.manager.client.put(address, json={"skills": ["x-ray", "night"]}, headers=headers)
    make(school, action="remove_skill", skill="x-ray")
    with_golds(school, 2)
    fail_golds(school, 2)

    def skills() -> list[str]:
        found: list[str] = [
            skill
            for each in school.manager.get("/skills").json()["items"]
            for skill in each["skills"]
        ]
        return found

    assert look(school) == 1
    assert skills() == ["night"]
    undo(school, history(school)[0])
    assert sorted(skills()) == ["night", "x-ray"]


def test_more_of_his_labels_are_reviewed_until_that_is_taken_back(school: School) -> None:
    step = {"name": "Look", "percent": 0}
    school.put("/workflow", {"version": 0, "steps": [{**step, "percent": 1}], "overlap": None})
    make(school, metric="task_seconds", threshold=60, action="raise_review", review_percent=100)
    school.desk.add_images(6)

    def handed_in() -> tuple[str, str]:
        """What a label's state is, and what it were without the rule: one in a hundred is drawn."""
        claimed = school.hand_in(school.ann, EXPECTED)
        is_drawn = is_sampled(UUID(claimed["asset"]["id"]), 1, 1)
        return school.desk.state_of(claimed["task"]["id"]), "submitted" if is_drawn else "done"

    before = [handed_in(), handed_in()]
    assert look(school) == 1
    raised = [handed_in(), handed_in()]
    assert look(school) == 0  # it is in force already
    undo(school, history(school)[0])

    assert all(state == usual for state, usual in (*before, handed_in()))
    assert {state for state, _ in raised} == {"submitted"}


def test_labels_that_are_sent_back_meet_a_rule(school: School) -> None:
    make(school, metric="rejection_rate", threshold=0.4, at_least=2, last=10)
    school.put("/workflow", {"version": 0, "steps": [{"name": "Look"}], "overlap": None})
    school.desk.add_images(2)
    for decision in ("rejected", "approved"):
        school.hand_in(school.ann, EXPECTED)
        claimed = school.teacher.claim(stage="review")
        answer = school.teacher.on(claimed, "verdict", decision=decision, comment="No.")
        assert answer.status_code == 200, answer.text

    assert look(school) == 1
    assert history(school)[0]["seen"]["value"] == 0.5


def test_passing_over_too_much_meets_a_rule(school: School) -> None:
    make(school, metric="skip_rate", threshold=0.5, at_least=3, days=7, last=None)
    school.desk.add_images(3)
    for reason in ("blurred", "dark"):
        school.ann.on(school.ann.claim(), "skip", reason=reason)
    school.hand_in(school.ann, EXPECTED)

    assert look(school) == 1
    assert round(history(school)[0]["seen"]["value"], 3) == 0.667


def test_a_rule_that_is_off_or_deleted_is_not_met(school: School) -> None:
    off = make(school, is_active=False)
    gone = make(school)
    headers = school.manager.person.headers
    school.manager.client.delete(f"/api/v1/quality-rules/{gone['id']}", headers=headers)
    with_golds(school, 2)
    fail_golds(school, 2)

    assert look(school) == 0
    listed = school.manager.get(path(school, "/quality-rules")).json()["items"]
    assert [each["id"] for each in listed] == [off["id"]]


def test_a_trial_tells_whom_a_rule_would_have_met_and_changes_nothing(school: School) -> None:
    with_golds(school, 4)
    fail_golds(school, 4)

    answer = school.manager.post(path(school, "/quality-rules/try"), rule(school, action="pause"))

    [found] = answer.json()["items"]
    assert (found["person"]["id"], found["times"]) == (str(school.ann.person.id), 2)
    assert found["first"]["value"] == 0.5
    assert answer.json()["is_whole"] is True
    assert history(school) == []
    assert school.ann.ask().status_code == 200


def test_the_history_is_a_sheet_as_well(school: School) -> None:
    make(school, name="=low")
    with_golds(school, 2)
    fail_golds(school, 2)
    look(school)

    [header, line] = school.manager.get(path(school, "/rule-history/csv")).text.splitlines()

    assert header.startswith("When,Person,Rule,Metric,Threshold,Value")
    assert ",'=low,gold_iou,0.7,0.5,2," in line


@pytest.mark.parametrize(
    "wrong",
    [
        {"last": None},
        {"days": 3},
        {"at_least": 6},
        {"threshold": 1.2},
        {"action": "raise_review"},
        {"action": "remove_skill"},
    ],
)
def test_a_rule_that_is_not_whole_is_refused(school: School, wrong: dict[str, object]) -> None:
    answer = school.manager.post(path(school, "/quality-rules"), rule(school, **wrong))

    assert answer.status_code == 422
