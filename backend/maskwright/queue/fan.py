"""When so much work will be done, and how sure that is: futures made of the past. No I/O."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_FUTURES = 200
#: Futures are followed so far; from there on each goes on at its own mean pace.
_FOLLOWED_HOURS = 24 * 365
_HOURS_OF_DAY = 24
#: From so many days on, futures are made of whole days.
_DAYS_FOR_DAYS = 3
_SHARES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Spread:
    """In hours from now: a tenth of all futures is done by `early`, half by `even`, nine tenths by
    `late`."""

    early: float
    even: float
    late: float


def spreads(ahead: Sequence[int], per_hour: Sequence[int]) -> list[Spread | None]:
    """For each amount of labels when that many will be made; None without a pace, or nothing to do.

    per_hour  how many were made in each of the last hours, the empty ones too, the newest last

    Every future draws past days (each of 24 hours that begin at this time of day) with replacement,
    so that nights, weekends and bad days come as often as they did; a past of less than three days
    is drawn hour by hour. One draw serves all amounts, and is seeded: the same past has the same
    forecast, and more work is never done sooner.
    """
    past = np.asarray(per_hour, dtype=np.int64)
    wanted = [amount for amount in ahead if amount > 0]
    if not wanted or past.sum() == 0:
        return [None] * len(ahead)
    days = past.size // _HOURS_OF_DAY
    length = _HOURS_OF_DAY if days >= _DAYS_FOR_DAYS else 1
    blocks = past[past.size - past.size // length * length :].reshape(-1, length)
    if blocks.sum() == 0:
        return [None] * len(ahead)
    hours = int(min(4 * max(wanted) / blocks.mean() + 20 * length, _FOLLOWED_HOURS))
    chosen = np.random.default_rng(0).integers(len(blocks), size=(_FUTURES, -(-hours // length)))
    made = np.cumsum(blocks[chosen].reshape(_FUTURES, -1), axis=1)
    return [None if amount <= 0 else _spread(amount, made) for amount in ahead]


def _spread(amount: int, made: "np.ndarray[tuple[int, int], np.dtype[np.int64]]") -> Spread:
    whole = np.count_nonzero(made < amount, axis=1)
    followed = made.shape[1]
    at_own_pace = followed * amount / np.maximum(made[:, -1], 1)
    hours = np.where(whole < followed, whole + 1.0, at_own_pace)
    return Spread(*(float(np.quantile(hours, share)) for share in _SHARES))
