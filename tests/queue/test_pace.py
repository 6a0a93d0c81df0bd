"""How many leases somebody holds, by how fast he and the others are."""

import time
from math import isclose
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from maskwright.queue.keeper import QueueKeeper
from maskwright.queue.pace import MOST_LEASES, USUAL_LEASES, Others, Pace, share_of
from maskwright.queue.rates import Crowd, Rates
from tests.queue.desk import Caller, Desk

MANY = 1_000_000
seconds = st.floats(0.05, 10_000)
paces = st.builds(Pace, seconds, st.floats(0, 600), st.integers(0, 10), st.just(1000.0))


def known(task_seconds: float, fetch_seconds: float = 0.5) -> Pace:
    return Pace(task_seconds, fetch_seconds, samples=10, at=1000.0)


def others(*task_seconds: float) -> Others | None:
    return Others.of([known(each) for each in task_seconds], now=1000.0)


def test_before_anything_was_measured_one_image_is_fetched_ahead() -> None:
    assert share_of(None, others(5), MANY).leases == USUAL_LEASES


def test_so_many_images_are_fetched_ahead_as_are_finished_while_one_is_fetched() -> None:
    assert share_of(known(20, 1.5), None, MANY).leases == 2
    assert share_of(known(1, 2.5), None, MANY).leases == 4
    assert share_of(known(0.1, 10), None, MANY).leases == MOST_LEASES


def test_near_the_end_nobody_holds_what_another_would_begin_sooner() -> None:
    assert share_of(known(100), others(100, 100), open_tasks=2).leases == 1


def test_the_last_images_are_left_to_who_is_done_with_them_sooner() -> None:
    assert not share_of(known(200), others(10, 10), open_tasks=4).from_pool
    assert share_of(known(10), others(200, 200), open_tasks=4).from_pool


def test_the_slower_somebody_is_the_sooner_he_begins_nothing_more() -> None:
    """A long task of his is many of the others': he leaves earlier, counted in his own tasks."""
    fast = [10] * 20
    slow = (20, 80, 320)
    stopping = [
        max(n for n in range(3000) if not share_of(known(one), others(*fast), n).from_pool)
        for one in slow
    ]
    in_own_tasks = [n * 10 / 20 / one for n, one in zip(stopping, slow, strict=True)]

    assert [round(each, 1) for each in in_own_tasks] == [0.9, 2.6, 3.5]


def test_before_he_stops_somebody_slow_holds_no_second_image() -> None:
    """What he holds ready he begins only after a task: it is prefetched by those who begin it."""
    fast = [10] * 20
    left = [share_of(known(200), others(*fast), n) for n in range(2000)]
    first_from_pool = next(n for n, share in enumerate(left) if share.from_pool)
    first_prefetch = next(n for n, share in enumerate(left) if share.leases > 1)

    assert first_prefetch - first_from_pool >= 1.5 * 200 / (10 / 20)


def test_one_odd_task_hardly_changes_a_pace() -> None:
    assert known(100).after_task(500, at=1001.0).task_seconds == 140


@given(st.lists(paces, min_size=1, max_size=8))
def test_the_others_are_the_same_seen_from_the_whole_crowd(people: list[Pace]) -> None:
    crowd = Crowd.of({UUID(int=at): pace for at, pace in enumerate(people)}, now=1000.0)
    for index in range(len(people)):
        found = crowd.without(UUID(int=index))
        expected = Others.of([it for at, it in enumerate(people) if at != index], now=1000.0)
        assert (found is None) == (expected is None)
        if found is not None and expected is not None:
            assert found.people == expected.people
            assert found.fastest_task_seconds == expected.fastest_task_seconds
            assert isclose(found.tasks_per_second, expected.tasks_per_second, abs_tol=1e-9)


def test_who_left_is_not_counted_on() -> None:
    assert Others.of([known(10)], now=1000.0 + 3600) is None


@given(st.lists(paces, min_size=1, max_size=8), st.integers(0, 1000))
def test_somebody_may_always_take_what_is_open(people: list[Pace], open_tasks: int) -> None:
    """Or the last images would stay for ever."""
    shares = [
        share_of(
            pace,
            Others.of([other for at, other in enumerate(people) if at != index], now=1000.0),
            open_tasks,
        )
        for index, pace in enumerate(people)
    ]
    assert any(share.from_pool for share in shares)


@given(paces, st.lists(paces, max_size=8), st.integers(0, 1000))
def test_nobody_holds_fewer_than_one_or_more_than_five(
    pace: Pace, people: list[Pace], open_tasks: int
) -> None:
    share = share_of(pace, Others.of(people, now=1000.0), open_tasks)
    assert 1 <= share.leases <= MOST_LEASES


def test_a_fast_person_whose_images_come_slowly_is_given_more_ahead(
    ann: Caller, desk: Desk
) -> None:
    desk.add_images(8)
    resources = ann.client.app.state.resources  # type: ignore[attr-defined]
    for _ in range(3):
        resources.part(Rates).note_task(desk.project_id, ann.person.id, 1.0)

    assert ann.claim(fetch_ms=3000)["leases_at_once"] == 4

    assert [ann.ask(prefetch=True).status_code for _ in range(4)] == [200, 200, 200, 204]


def test_paces_survive_a_redis_that_lost_them(ann: Caller, desk: Desk) -> None:
    desk.add_images(3)
    for _ in range(3):
        ann.submit(ann.claim(), [])
    resources = desk.world.resources
    resources.redis.flushall()
    rates = resources.part(Rates)
    nothing = rates.share_of(
        desk.project_id, ann.person.id, open_tasks=lambda: 1, open_tasks_now=lambda: 1
    )
    assert nothing.leases == USUAL_LEASES

    resources.part(QueueKeeper)._exchange_rates()

    pace = rates.pace_of(desk.project_id, ann.person.id)
    assert pace is not None
    assert (pace.task_seconds, pace.samples) == (1.2, 3)
    assert abs(pace.at - time.time()) < 60
