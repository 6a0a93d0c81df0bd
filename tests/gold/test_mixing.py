"""Golds come into people's work: how many, to whom, and whose they never are."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from maskwright.gold.domain import Mixing
from tests.gold.school import EXPECTED, School
from tests.queue.desk import an_object, box_mask


@given(
    first=st.integers(0, 20),
    percent=st.floats(0.5, 50),
    seed=st.text(max_size=8),
    turns=st.integers(0, 600),
)
def test_the_share_of_golds_is_what_was_asked_for(
    first: int, percent: float, seed: str, turns: int
) -> None:
    mixing = Mixing(first, percent)
    golds = 0
    for turn in range(turns):
        golds += mixing.wants_gold(turn, golds, seed)

    later = max(0, turns - first)
    wanted = min(first, turns) + later * percent / 100
    assert abs(golds - wanted) <= 1


@given(percent=st.floats(0, 100), seed=st.text(max_size=8), first=st.integers(0, 9))
def test_what_is_due_never_falls_and_never_jumps(percent: float, seed: str, first: int) -> None:
    due = [Mixing(first, percent).due(turns, seed) for turns in range(200)]

    assert all(0 <= after - before <= 2 for before, after in pairwise(due))
    assert all(golds <= turns for turns, golds in enumerate(due))


def test_two_people_do_not_get_golds_at_the_same_turns() -> None:
    def places(seed: str) -> list[int]:
        golds, found = 0, []
        for turn in range(200):
            if Mixing(0, 10).wants_gold(turn, golds, seed):
                golds += 1
                found.append(turn)
        return found

    assert places("ann") != places("bob")


def test_missed_golds_are_not_made_up_for_in_a_row() -> None:
    mixing = Mixing(0, 10)

    wanted = [mixing.wants_gold(turn, 0, "ann") for turn in range(100, 200)]

    assert 8 <= sum(wanted) <= 12


def test_the_first_tasks_of_each_person_are_golds(school: School) -> None:
    golds = school.add_golds(2)
    school.set_golds(first_tasks=2)
    school.desk.add_images(4)

    had = [school.hand_in(school.ann, EXPECTED) for _ in range(4)]

    assert [school.is_gold(each) for each in had] == [True, True, False, False]
    assert {each["asset"]["id"] for each in had[:2]} == set(golds)


def test_golds_are_no_images_of_the_queue_in_the_dashboards(school: School) -> None:
    school.add_golds(2)
    school.set_golds(first_tasks=1)
    school.desk.add_images(2)
    assert school.is_gold(school.hand_in(school.ann, EXPECTED))
    assert not school.is_gold(school.hand_in(school.ann, EXPECTED))

    path = f"/projects/{school.desk.project_id}/insights/depth"
    table = school.manager.get(path).json()

    keys = [column["key"] for column in table["columns"]]
    last = dict(zip(keys, table["rows"][-1], strict=True))
    assert (last["waiting"], last["handed_in"]) == (1, 3)


def test_nobody_gets_a_gold_of_his_own_label(school: School) -> None:
    school.add_golds(2)
    school.set_golds(first_tasks=2)
    school.desk.add_images(2)

    assert not school.is_gold(school.hand_in(school.teacher, EXPECTED))


def test_a_gold_comes_once_to_each_person(school: School) -> None:
    school.add_golds(1)
    school.set_golds(first_tasks=5)
    school.desk.add_images(3)

    assert [school.is_gold(school.hand_in(school.ann, EXPECTED)) for _ in range(3)] == [
        True,
        False,
        False,
    ]
    assert school.is_gold(school.hand_in(school.newcomer(), EXPECTED))


def test_a_gold_comes_again_only_where_the_project_wants_it(school: School) -> None:
    school.add_golds(1)
    school.set_golds(first_tasks=5, may_repeat=True)
    school.desk.add_images(3)

    assert all(school.is_gold(school.hand_in(school.ann, EXPECTED)) for _ in range(2))


def test_golds_end_with_the_work(school: School) -> None:
    school.add_golds(3)
    school.set_golds(first_tasks=3)

    assert school.ann.ask().status_code == 204


def test_a_skipped_gold_is_nobodys(school: School) -> None:
    school.add_golds(1)
    school.set_golds(first_tasks=1)
    school.desk.add_images(1)
    claimed = school.ann.claim()
    assert school.is_gold(claimed)

    assert school.ann.on(claimed, "skip", reason="blurred").status_code == 204

    assert school.desk.state_of(claimed["task"]["id"]) == "withdrawn"
    assert not school.is_gold(school.ann.claim())


def test_a_released_gold_comes_back_to_its_person_alone(school: School) -> None:
    school.add_golds(1)
    school.set_golds(first_tasks=1)
    school.desk.add_images(2)
    claimed = school.ann.claim()
    school.ann.on(claimed, "release")

    assert school.newcomer().claim()["task"]["id"] != claimed["task"]["id"]
    assert school.ann.claim()["task"]["id"] == claimed["task"]["id"]


def test_two_windows_of_one_person_get_one_gold(school: School) -> None:
    school.add_golds(3)
    school.set_golds(first_tasks=1)
    school.desk.add_images(3)

    held = [school.ann.claim(), school.ann.claim(prefetch=True)]

    assert [school.is_gold(each) for each in held] == [True, False]


def test_a_gold_changes_neither_the_images_label_nor_the_counts(school: School) -> None:
    [asset] = school.add_golds(1)
    school.set_golds(first_tasks=1)
    school.desk.add_images(1)
    project = f"/projects/{school.desk.project_id}"
    labels_before = school.manager.get(f"/assets/{asset}/labels").json()
    counts_before = school.manager.get(project).json()["counts"]

    claimed = school.ann.claim()
    counts_meanwhile = school.manager.get(project).json()["counts"]
    school.ann.submit(claimed, [an_object(school.desk.classes["car"], box_mask(0, 0))])

    assert claimed["asset"]["id"] == asset
    assert counts_meanwhile == counts_before
    assert school.manager.get(project).json()["counts"] == counts_before
    assert school.manager.get(f"/assets/{asset}/labels").json() == labels_before
    [(current,)] = school.desk.sql(
        "SELECT count(*) FROM label WHERE asset_id = %s AND current_version_id IS NOT NULL", asset
    )
    assert current == 1


def test_images_that_cannot_be_golds_are_told_one_by_one(school: School) -> None:
    [gold] = school.add_golds(1)
    school.desk.add_images(1)
    nobodys = "0192f0c0-0000-7000-8000-000000000000"
    fresh = str(school.desk.assets[-1])

    answer = school.manager.post(
        f"/projects/{school.desk.project_id}/golds", {"asset_ids": [gold, fresh, nobodys]}
    )

    refused = {each["asset_id"]: each["reason"] for each in answer.json()["refused"]}
    assert answer.json()["made"] == 0
    assert refused == {gold: "is-gold", fresh: "no-label", nobodys: "no-image"}


def test_a_project_without_golds_is_not_asked_about_them(school: School) -> None:
    school.desk.add_images(1)

    school.hand_in(school.ann, EXPECTED)

    [(turns,)] = school.desk.sql("SELECT count(*) FROM gold_turn")
    assert turns == 0
