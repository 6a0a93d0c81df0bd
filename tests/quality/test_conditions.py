"""When the condition of a rule is met, by the numbers alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from maskwright.quality.domain import Condition, Metric, Observation

_ANN = UUID(int=1)
_MORNING = datetime(2026, 1, 5, 8, tzinfo=UTC)


def hourly(*values: float) -> list[Observation]:
    return [
        Observation(_ANN, _MORNING + timedelta(hours=n), value) for n, value in enumerate(values)
    ]


def low_gold(**more: int | None) -> Condition:
    return Condition(Metric.GOLD_IOU, 0.7, **{"last": 3, "days": None, "at_least": 2, **more})


def test_the_newest_observations_decide() -> None:
    assert low_gold().met_by(hourly(0.1, 0.9, 0.9, 0.8)) is None
    seen = low_gold().met_by(hourly(0.9, 0.6, 0.6, 0.6))
    assert seen is not None
    assert (seen.observations, seen.first_at) == (3, _MORNING + timedelta(hours=1))
    assert abs(seen.value - 0.6) < 1e-9


def test_too_few_observations_say_nothing() -> None:
    assert low_gold().met_by(hourly(0.1)) is None
    assert low_gold().met_by(hourly(0.1, 0.1)) is not None


def test_what_is_exactly_at_the_threshold_does_not_meet_it() -> None:
    assert low_gold().met_by(hourly(0.7, 0.7)) is None


def test_days_are_counted_from_the_newest_observation() -> None:
    condition = Condition(Metric.REJECTION_RATE, 0.5, last=None, days=1, at_least=2)
    old = [Observation(_ANN, _MORNING - timedelta(days=3), 0.0)] * 5
    seen = condition.met_by([*old, *hourly(1, 1, 0)])
    assert seen is not None
    assert seen.observations == 3


def test_a_single_break_does_not_hide_that_somebody_is_too_quick() -> None:
    condition = Condition(Metric.TASK_SECONDS, 10, last=5, days=None, at_least=5)
    seen = condition.met_by(hourly(3, 4, 3, 900, 4))
    assert seen is not None
    assert seen.value == 4


def test_what_met_a_condition_does_not_meet_it_again() -> None:
    met = low_gold().times_met(hourly(0.1, 0.1, 0.1, 0.1, 0.9), _MORNING)
    assert [(seen.first_at.hour, seen.last_at.hour) for seen in met] == [(8, 9), (10, 11)]


_VALUES = st.lists(st.floats(0, 1), max_size=40)


@given(_VALUES, st.integers(1, 6), st.integers(1, 6), st.booleans())
def test_no_observation_is_counted_twice(
    values: Sequence[float], size: int, at_least: int, by_days: bool
) -> None:
    condition = Condition(
        Metric.GOLD_IOU, 0.5, None if by_days else size, size if by_days else None, at_least
    )
    met = condition.times_met(hourly(*values), _MORNING)
    assert sum(seen.observations for seen in met) <= len(values)
    assert all(one.last_at < other.first_at for one, other in pairwise(met))
    assert all(seen.value < 0.5 and seen.observations >= at_least for seen in met)
