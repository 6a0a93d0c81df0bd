"""Training and exams: who gets which tasks, what he is told, and when the project opens to him."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Actor, Role
from maskwright.courses.service.finishing import finish_try_of
from maskwright.work import Work
from tests.gold.school import EXPECTED, School
from tests.queue.desk import Caller, box_mask
from tests.support.world import World

HALF = box_mask(10, 10, 20, 10)


@pytest.fixture
def school(client: TestClient, world: World) -> School:
    """Four golds for courses, and three images that wait for labels."""
    school = School.make(client, world)
    school.add_golds(4, is_mixed=False)
    school.desk.add_images(3)
    return school


def course(school: School, kind: str, **more: object) -> Any:
    return school.put(f"/courses/{kind}", {"is_on": True, "tasks": 2, "needed": 2, **more})


def work(school: School, person: Caller, mask: dict[str, Any]) -> dict[str, Any]:
    """Hand one task in so, and let a worker look at it."""
    claimed = school.hand_in(person, mask)
    school.look(claimed)
    actor = Actor(organization_id=school.desk.manager.organization_id, role=Role.OWNER)
    with Work(school.desk.world.resources, authenticate=lambda session: actor) as done:
        finish_try_of(done, UUID(claimed["task"]["id"]))
    return claimed


def standing(school: School, person: Caller) -> list[dict[str, Any]]:
    path = f"/projects/{school.desk.project_id}/course-standing"
    items: list[dict[str, Any]] = person.get(path).json()["items"]
    return items


def feedback(person: Caller, claimed: dict[str, Any]) -> str:
    return str(person.get(f"/leases/{claimed['lease']['id']}/feedback").json()["state"])


def test_until_it_is_passed_only_golds_are_handed_out(school: School) -> None:
    assert course(school, "training").status_code == 200

    had = [work(school, school.ann, EXPECTED) for _ in range(2)]

    assert [each["course"] for each in had] == ["training", "training"]
    assert [(each["task"]["position"], each["task"]["total"]) for each in had] == [(1, 2), (2, 2)]
    after = school.ann.claim()
    assert (after["course"], school.is_gold(after)) == (None, False)
    assert standing(school, school.ann)[0]["standing"] == "passed"


def test_the_exam_follows_the_training_with_other_golds(school: School) -> None:
    course(school, "training")
    course(school, "exam")

    had = [work(school, school.ann, EXPECTED) for _ in range(4)]

    assert [each["course"] for each in had] == ["training", "training", "exam", "exam"]
    assert len({each["asset"]["id"] for each in had}) == 4
    assert school.ann.claim()["course"] is None


def test_a_training_tells_at_once_and_an_exam_at_its_end(school: School) -> None:
    course(school, "training", tasks=1, needed=1)
    course(school, "exam")

    trained = work(school, school.ann, EXPECTED)
    first = work(school, school.ann, EXPECTED)
    running = standing(school, school.ann)[1]["tries"][0]
    assert (feedback(school.ann, trained), feedback(school.ann, first)) == ("scored", "none")
    assert (running["done"], running["passed"]) == (1, None)

    work(school, school.ann, HALF)

    assert feedback(school.ann, first) == "scored"
    assert standing(school, school.ann)[1]["tries"][0]["passed"] == 1


def test_who_fails_waits_and_has_so_many_tries(school: School) -> None:
    course(school, "exam", tries=2, wait_hours=24)
    for _ in range(2):
        work(school, school.ann, HALF)

    waiting = school.ann.ask()
    assert (waiting.status_code, waiting.json()["code"]) == (409, "course-waiting")
    assert waiting.json()["retry_at"] is not None
    school.desk.sql("UPDATE course_try SET finished_at = finished_at - interval '1 day'")
    for _ in range(2):
        work(school, school.ann, HALF)

    over = school.ann.ask()
    own = standing(school, school.ann)[0]
    assert (over.status_code, over.json()["code"]) == (409, "course-over")
    assert (own["standing"], own["tries_left"], len(own["tries"])) == ("no_tries", 0, 2)


def test_a_manager_gives_another_try_or_lets_pass(school: School) -> None:
    course(school, "exam", tasks=1, needed=1, tries=1)
    work(school, school.ann, HALF)
    people = f"/projects/{school.desk.project_id}/courses/exam/people/{school.ann.person.id}"
    assert school.ann.ask().status_code == 409

    assert school.manager.post(f"{people}/another-try").status_code == 204
    assert school.ann.claim()["course"] == "exam"
    assert school.manager.post(f"{people}/pass").status_code == 204
    tries = school.manager.get(f"/projects/{school.desk.project_id}/course-tries").json()["items"]

    assert standing(school, school.ann)[0]["standing"] == "passed"
    assert [each["state"] for each in tries] == ["passed", "cancelled", "failed"]
    assert tries[0]["let_pass_by"] is not None


def test_passing_gives_the_skill_and_losing_it_asks_again(school: School) -> None:
    course(school, "exam", skill="x-ray")
    for _ in range(2):
        work(school, school.ann, EXPECTED)

    assert school.ann.claim()["course"] is None
    assert school.manager.get("/skills").json()["items"][0]["skills"] == ["x-ray"]

    school.desk.sql("DELETE FROM member_skill")
    school.desk.sql("UPDATE lease SET ended_at = now(), outcome = 'released'")
    assert school.ann.claim()["course"] == "exam"


def test_a_task_in_hand_is_the_same_again(school: School) -> None:
    course(school, "exam")
    claimed = school.ann.claim()

    again = school.ann.claim()
    ahead = school.ann.claim(prefetch=True, exclude=[claimed["task"]["id"]])

    assert again["lease"]["id"] == claimed["lease"]["id"]
    assert ahead["task"]["id"] != claimed["task"]["id"]
    assert ahead["course"] == "exam"


def test_what_is_handed_in_is_scored_before_it_goes_on(school: School) -> None:
    course(school, "exam", tasks=1, needed=1)
    school.hand_in(school.ann, EXPECTED)

    assert school.ann.ask().json()["code"] == "course-scoring"


def test_who_reviews_is_not_examined(school: School) -> None:
    course(school, "exam")

    assert school.teacher.claim()["course"] is None


def test_a_course_that_is_off_stands_in_nobodys_way(school: School) -> None:
    course(school, "exam")
    claimed = school.ann.claim()
    school.ann.on(claimed, "release")

    assert course(school, "exam", is_on=False).status_code == 200
    assert school.ann.claim()["course"] is None


def test_courses_count_neither_as_everyday_golds_nor_as_progress(school: School) -> None:
    counts = f"/projects/{school.desk.project_id}"
    course(school, "training")
    before = school.ann.get(counts).json()["counts"]
    work(school, school.ann, HALF)

    people = school.manager.get(f"{counts}/gold/people").json()["items"]
    assert people == []
    assert school.ann.get(counts).json()["counts"] == before


def test_more_golds_are_needed_than_there_are(school: School) -> None:
    answer = course(school, "exam", tasks=5, needed=5)

    assert (answer.status_code, answer.json()["code"]) == (422, "too-few-golds")
    assert (answer.json()["golds"], answer.json()["wanted"]) == (4, 5)
