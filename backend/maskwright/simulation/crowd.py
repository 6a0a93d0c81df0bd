"""The people and the images of a simulation, and what no hand-out can beat. No I/O."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who works on what.

    speeds         each person's, in units of work a second
    sizes          each image's, in units of work; their mean is one
    fetch_seconds  each image's way to the screen
    """

    speeds: tuple[float, ...]
    sizes: tuple[float, ...]
    fetch_seconds: tuple[float, ...]

    @classmethod
    def of(
        cls, *, people: int, images: int, spread: float, mean_seconds: float, seed: int
    ) -> "Crowd":
        """Speeds are spread evenly on a logarithmic scale, the fastest `spread` times the slowest;
        an image takes `mean_seconds` for somebody in the middle. Sizes and fetch times vary."""
        chance = random.Random(seed)  # noqa: S311 - the same crowd again, not a secret
        middle = 1 / mean_seconds
        steps = [index / max(people - 1, 1) - 0.5 for index in range(people)]
        speeds = [middle * math.exp(step * math.log(spread)) for step in steps]
        sizes = [chance.lognormvariate(0, 0.5) for _ in range(images)]
        mean = sum(sizes) / images
        fetches = [min(chance.lognormvariate(-0.2, 0.5), 10.0) for _ in range(images)]
        return cls(tuple(speeds), tuple(size / mean for size in sizes), tuple(fetches))

    @property
    def fluid_bound_seconds(self) -> float:
        """All the work by all the people, as if it could be poured: nothing is done sooner."""
        return sum(self.sizes) / sum(self.speeds)

    def seconds(self, person: int, image: int) -> float:
        return self.sizes[image] / self.speeds[person]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the work.

    finished_at  when each person handed in his last image, in seconds
    images       how many each handed in
    gaps         the waits between two images of one person, in seconds
    """

    name: str
    finished_at: tuple[float, ...]
    images: tuple[int, ...]
    gaps: tuple[float, ...] = ()

    @property
    def makespan_seconds(self) -> float:
        return max(self.finished_at)

    @property
    def gap_p95_seconds(self) -> float:
        if not self.gaps:
            return 0.0
        return sorted(self.gaps)[min(len(self.gaps) - 1, int(0.95 * len(self.gaps)))]

    @property
    def idle_share(self) -> float:
        """The part of all people's time, until the last is done, in which they had nothing."""
        whole = self.makespan_seconds * len(self.finished_at)
        return sum(self.makespan_seconds - end for end in self.finished_at) / whole


def equal_shares(crowd: Crowd) -> Outcome:
    """Everybody gets as many images as everybody else, in advance."""
    people = len(crowd.speeds)
    dealt: list[list[int]] = [list(range(p, len(crowd.sizes), people)) for p in range(people)]
    return _dealt("Equal shares", crowd, dealt)


def longest_first(crowd: Crowd) -> Outcome:
    """Dealt in advance too, but by somebody who knows every speed and size: the longest images
    first, each to who will be done with it soonest."""
    ends = [0.0] * len(crowd.speeds)
    dealt: list[list[int]] = [[] for _ in crowd.speeds]
    for image in sorted(range(len(crowd.sizes)), key=lambda it: -crowd.sizes[it]):
        done = [end + crowd.seconds(person, image) for person, end in enumerate(ends)]
        soonest = min(range(len(done)), key=done.__getitem__)
        ends[soonest] = done[soonest]
        dealt[soonest].append(image)
    return _dealt("Longest first, all known", crowd, dealt)


def _dealt(name: str, crowd: Crowd, dealt: Sequence[Sequence[int]]) -> Outcome:
    ends = [sum(crowd.seconds(p, image) for image in images) for p, images in enumerate(dealt)]
    return Outcome(name, tuple(ends), tuple(len(images) for images in dealt))
