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


def test_of_an_exam_that_is_over_each_image_stands_among_ones_results(school: School) -> None:
    """Also where the project tells nothing of everyday golds."""
    course(school, "exam")
    path = f"/projects/{school.desk.project_id}/gold/mine"

    work(school, school.ann, EXPECTED)
    assert school.ann.get(path).json()["recent"] == []
    work(school, school.ann, HALF)

    found = school.ann.get(path).json()
    assert [one["has_passed"] for one in found["recent"]] == [False, True]
    assert found["scores"] is None
    shown = school.ann.get(f"/gold-attempts/{found['recent'][0]['id']}")
    assert shown.status_code == 200, shown.text


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


# Courses for a skill


@pytest.fixture
def x_ray(school: School) -> School:
    """Two of the golds are for the exam of a skill, and one of the open images needs it."""
    for gold in school.golds()[:2]:
        answer = school.ann.client.patch(
            f"/api/v1/golds/{gold['id']}",
            json={"is_mixed": False, "for_skill": "x-ray"},
            headers=school.manager.person.headers,
        )
        assert answer.status_code == 204, answer.text
    school.desk.sql(
        "UPDATE task SET skill = 'x-ray' WHERE id = (SELECT id FROM task WHERE project_id = %s "
        "AND state = 'open' AND stage = 'label' ORDER BY rank LIMIT 1)",
        school.desk.project_id,
    )
    assert course(school, "exam?for_skill=x-ray", tries=1).status_code == 200
    return school


def begin(school: School, person: Caller, skill: str = "x-ray") -> Any:
    return person.post(f"/projects/{school.desk.project_id}/courses/begin", {"skill": skill})


def needs_skill(school: School, claimed: dict[str, Any]) -> bool:
    [(skill,)] = school.desk.sql("SELECT skill FROM task WHERE id = %s", claimed["task"]["id"])
    return skill is not None


def test_a_course_for_a_skill_stands_before_its_tasks_only(x_ray: School) -> None:
    had = [x_ray.hand_in(x_ray.ann, EXPECTED) for _ in range(2)]
    own = standing(x_ray, x_ray.ann)[0]

    assert [(each["course"], needs_skill(x_ray, each)) for each in had] == [(None, False)] * 2
    assert x_ray.ann.ask().status_code == 204
    assert (own["course"]["for_skill"], own["standing"], own["waiting"]) == ("x-ray", "may_try", 1)


def test_passing_it_gives_the_skill_and_with_it_the_tasks(x_ray: School) -> None:
    assert begin(x_ray, x_ray.ann).status_code == 204
    assert begin(x_ray, x_ray.ann).status_code == 204, "twice does no harm"

    had = [work(x_ray, x_ray.ann, EXPECTED) for _ in range(2)]
    after = [x_ray.hand_in(x_ray.ann, EXPECTED) for _ in range(3)]

    assert [each["course"] for each in had] == ["exam", "exam"]
    assert [needs_skill(x_ray, each) for each in after].count(True) == 1
    assert standing(x_ray, x_ray.ann)[0]["standing"] == "passed"
    assert begin(x_ray, x_ray.ann).json()["code"] == "course-not-needed"


def test_who_fails_it_goes_on_with_the_other_tasks(x_ray: School) -> None:
    begin(x_ray, x_ray.ann)
    for _ in range(2):
        work(x_ray, x_ray.ann, HALF)

    assert begin(x_ray, x_ray.ann).json()["code"] == "course-over"
    after = [x_ray.hand_in(x_ray.ann, EXPECTED) for _ in range(2)]
    assert [(each["course"], needs_skill(x_ray, each)) for each in after] == [(None, False)] * 2
    assert x_ray.ann.ask().status_code == 204

    person = f"courses/exam/people/{x_ray.ann.person.id}/pass?for_skill=x-ray"
    assert x_ray.manager.post(f"/projects/{x_ray.desk.project_id}/{person}").status_code == 204
    assert needs_skill(x_ray, x_ray.ann.claim())


def test_while_it_is_scored_other_tasks_are_handed_out(x_ray: School) -> None:
    begin(x_ray, x_ray.ann)
    for _ in range(2):
        x_ray.hand_in(x_ray.ann, EXPECTED)

    assert x_ray.ann.claim()["course"] is None


def test_managers_see_what_a_course_for_a_skill_is_for(x_ray: School) -> None:
    found = x_ray.manager.get(f"/projects/{x_ray.desk.project_id}/courses").json()

    [only] = found["for_skills"]
    assert (only["for_skill"], only["kind"], only["skill"]) == ("x-ray", "exam", "x-ray")
    assert (only["golds"], only["waiting"], only["holders"]) == (2, 1, 0)
    assert (found["golds"], [each["is_on"] for each in found["items"]]) == (2, [False, False])


def test_a_skill_has_one_course_of_either_kind(x_ray: School) -> None:
    begin(x_ray, x_ray.ann)

    assert course(x_ray, "training?for_skill=x-ray").status_code == 200

    found = x_ray.manager.get(f"/projects/{x_ray.desk.project_id}/courses").json()
    assert [each["kind"] for each in found["for_skills"]] == ["training"]
    assert x_ray.ann.claim()["course"] is None, "the exam that he was at is no more"


def test_a_course_for_a_skill_is_taken_away_again(x_ray: School) -> None:
    begin(x_ray, x_ray.ann)
    path = f"/api/v1/projects/{x_ray.desk.project_id}/courses/exam?for_skill=x-ray"

    gone = x_ray.ann.client.delete(path, headers=x_ray.manager.person.headers)

    assert gone.status_code == 204
    assert x_ray.ann.claim()["course"] is None
    assert standing(x_ray, x_ray.ann) == []
    again = x_ray.ann.client.delete(path, headers=x_ray.manager.person.headers)
    assert again.status_code == 404


def test_a_course_that_nobody_made_cannot_be_begun(x_ray: School) -> None:
    assert begin(x_ray, x_ray.ann, "drone").status_code == 404
    assert begin(x_ray, x_ray.teacher).json()["code"] == "course-not-needed"
