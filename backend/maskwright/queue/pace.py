"""How fast people work, and what follows from it for the hand-out. No I/O.

Tasks are never dealt out in advance: whoever is done gets the next one. Two things are left to
decide. How many leases somebody holds at once: so many that the next image is there when he is
done, and no more, for what he holds nobody else can do. And, when little is left, who gets it: a
task that a slow person begins last is what everybody waits for in the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil

MOST_LEASES = 5
USUAL_LEASES = 2
"""The open task and a prefetched one: where nothing was measured yet."""

SAMPLES_TO_TRUST = 3
_LONG_TASK = 1.5
"""A task that lasts longer than usual: so many times as long."""
_NEWEST_COUNTS = 0.3
_FORGOTTEN_AFTER_SECONDS = 120.0
_FORGOTTEN_AFTER_TASKS = 5.0


@dataclass(frozen=True, slots=True)
class Pace:
    """One person's, in one project: moving averages.

    task_seconds   from one finished task to the next, in active time
    fetch_seconds  from asking for an image to having it ready to draw on
    samples        tasks that were measured
    at             when the last one was, in seconds of the host's clock
    """

    task_seconds: float
    fetch_seconds: float = 0.0
    samples: int = 0
    at: float = 0.0

    def after_task(self, seconds: float, at: float) -> "Pace":
        samples = self.samples + 1
        weight = max(_NEWEST_COUNTS, 1 / samples)
        mean = self.task_seconds + weight * (seconds - self.task_seconds)
        return replace(self, task_seconds=mean, samples=samples, at=at)

    def after_fetch(self, seconds: float) -> "Pace":
        if self.fetch_seconds == 0:
            return replace(self, fetch_seconds=seconds)
        mean = self.fetch_seconds + _NEWEST_COUNTS * (seconds - self.fetch_seconds)
        return replace(self, fetch_seconds=mean)

    @property
    def is_known(self) -> bool:
        return self.samples >= SAMPLES_TO_TRUST

    def is_present(self, now: float) -> bool:
        """Whether this person still seems to be at work."""
        silent = now - self.at
        return silent < max(_FORGOTTEN_AFTER_SECONDS, _FORGOTTEN_AFTER_TASKS * self.task_seconds)


@dataclass(frozen=True, slots=True)
class Others:
    """The other people at work on the same tasks."""

    people: int
    tasks_per_second: float
    fastest_task_seconds: float

    @classmethod
    def of(cls, paces: Iterable[Pace], now: float) -> "Others | None":
        """None where nobody's pace is known."""
        seconds = [
            max(pace.task_seconds, 0.001)
            for pace in paces
            if pace.is_known and pace.is_present(now)
        ]
        if not seconds:
            return None
        return cls(len(seconds), sum(1 / each for each in seconds), min(seconds))

    def seconds_for(self, tasks: int) -> float:
        """How long they have to do with so many, and the halves of what they have in hand."""
        return (tasks + self.people / 2) / self.tasks_per_second


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody may have now.

    leases     so many at once, the open one included
    from_pool  of what others could do as well; his own work he may go on with in any case
    """

    leases: int = USUAL_LEASES
    from_pool: bool = True


def share_of(pace: Pace | None, others: Others | None, open_tasks: int) -> Share:
    """What a person of this pace may hold while so many tasks are open."""
    if pace is None or not pace.is_known:
        return Share()
    ahead = ceil(pace.fetch_seconds / max(pace.task_seconds, 0.001))
    leases = 1 + min(max(ahead, 1), MOST_LEASES - 1)
    if others is None:
        return Share(leases)
    left_seconds = others.seconds_for(open_tasks)
    is_fastest = pace.task_seconds <= others.fastest_task_seconds
    if (
        not is_fastest
        and _LONG_TASK * pace.task_seconds > left_seconds + others.fastest_task_seconds
    ):
        return Share(1, from_pool=False)  # the others are done with all of it sooner
    if 2 * _LONG_TASK * pace.task_seconds > left_seconds:
        return Share(1)  # the others come to the task after this one sooner than he does
    return Share(leases)
