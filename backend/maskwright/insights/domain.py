"""Tables that a dashboard plots and a spreadsheet takes, and the forecast behind one. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np

Value = str | int | float | None


class Report(StrEnum):
    THROUGHPUT = "throughput"
    DEPTH = "depth"
    FORECAST = "forecast"
    DURATIONS = "durations"
    PEOPLE = "people"
    CLASSES = "classes"
    SKIPS = "skips"
    AGREEMENT = "agreement"
    CLASS_AGREEMENT = "class-agreement"
    CONSENSUS = "consensus"
    VERDICTS = "verdicts"


class Bucket(StrEnum):
    MINUTE = "minute"
    TEN_MINUTES = "ten-minutes"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"

    @property
    def length(self) -> timedelta:
        return {
            Bucket.MINUTE: timedelta(minutes=1),
            Bucket.TEN_MINUTES: timedelta(minutes=10),
            Bucket.HOUR: timedelta(hours=1),
            Bucket.DAY: timedelta(days=1),
            Bucket.WEEK: timedelta(weeks=1),
        }[self]


@dataclass(frozen=True, slots=True)
class Column:
    """`unit` is what its numbers count: `images`, `s`, `%`, or empty for words and times."""

    key: str
    label: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows hold the values of the columns in their order."""

    columns: tuple[Column, ...]
    rows: list[tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the last image will be handed in, by how sure one can be of it."""

    share: float
    """of all simulated futures, this many are done by then"""
    at: datetime


FORECAST_SHARES = (0.1, 0.5, 0.9)
_FUTURES = 2000
_MAX_BUCKETS = 20_000


def forecast(
    remaining: int, done_per_bucket: Sequence[int], bucket: Bucket, now: datetime
) -> list[Forecast]:
    """Let futures happen that are made of the past, and see when each is done.

    remaining        images that are not handed in yet
    done_per_bucket  how many were in each past bucket, with the empty ones
    Returns          one entry per share of FORECAST_SHARES; none where nothing was done yet

    Every future draws past buckets at random (with replacement) until the work is done, so that
    nights, weekends and bad days come as often as they did: the spread is that of the past, and
    is wide where the past is short. The draw is seeded: the same past has the same forecast.
    """
    past = np.asarray(done_per_bucket, dtype=np.int64)
    if remaining <= 0:
        return [Forecast(share, now) for share in FORECAST_SHARES]
    if past.size == 0 or past.sum() == 0:
        return []
    needed = int(min(np.ceil(4 * remaining / past.mean()) + 20, _MAX_BUCKETS))
    drawn = np.random.default_rng(0).choice(past, size=(min(_FUTURES, 4_000_000 // needed), needed))
    finished = np.cumsum(drawn, axis=1) >= remaining
    # A future that is not done within four times the mean is counted as done at its end.
    buckets = np.where(finished.any(axis=1), finished.argmax(axis=1) + 1, needed)
    return [
        Forecast(share, now + bucket.length * float(np.quantile(buckets, share)))
        for share in FORECAST_SHARES
    ]
