"""How fast people work, and what follows from it for the hand-out. No I/O.

Tasks are never dealt out in advance: whoever is done gets the next one. Two things are left to
decide. How many leases somebody holds at once: so many that the next image is there when he is
done, and no more, for what he holds nobody else can do. And, when little is left, who gets it: a
task that a slow person begins last is what everybody waits for in the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import ceil, log

MOST_LEASES = 5
USUAL_LEASES = 2
"""The open task and a prefetched one: where nothing was measured yet."""

SAMPLES_TO_TRUST = 3
_UNSEEN_LATENESS = 2.0
"""Nobody minds an end that is so many of the fastest's tasks later."""
_IN_HAND = 1.5
"""The open task and its spread: when a second one would be begun, in tasks."""
_NEWEST_TASK_COUNTS = 0.1
_NEWEST_FETCH_COUNTS = 0.3
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
        weight = max(_NEWEST_TASK_COUNTS, 1 / samples)
        mean = self.task_seconds + weight * (seconds - self.task_seconds)
        return replace(self, task_seconds=mean, samples=samples, at=at)

    def after_fetch(self, seconds: float) -> "Pace":
        if self.fetch_seconds == 0:
            return replace(self, fetch_seconds=seconds)
        mean = self.fetch_seconds + _NEWEST_FETCH_COUNTS * (seconds - self.fetch_seconds)
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
    long_seconds = pace.task_seconds * long_task(pace.task_seconds * others.tasks_per_second)
    is_fastest = pace.task_seconds <= others.fastest_task_seconds
    unseen_seconds = _UNSEEN_LATENESS * others.fastest_task_seconds
    if not is_fastest and long_seconds > left_seconds + unseen_seconds:
        return Share(1, from_pool=False)  # the others are done with all of it sooner
    if long_seconds + _IN_HAND * pace.task_seconds > left_seconds:
        return Share(1)  # the others come to the task after this one sooner than he does
    return Share(leases)


def long_task(done_meanwhile: float) -> float:
    """How long the longest task may last that somebody should begin near the end, in his usual
    ones, where the others do so many while he does one.

    A task that he leaves to them costs everybody the time of one of theirs; one that he is late
    with costs his. So the chance of being late that is worth taking falls as 1 / done_meanwhile;
    and as long tasks are rarer exponentially, their length rises as its logarithm. The figures are
    those of tasks whose lengths spread by half (docs/decisions/0014).
    """
    return max(1.0, 0.5 * log(max(2 * done_meanwhile, 1)))
