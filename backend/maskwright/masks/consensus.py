"""One mask out of several people's: by majority, by EM (STAPLE), by pooled reliability (RASA).

All of it works on `votes.Votes`: a step of an iteration costs as many operations as there are
distinct patterns of votes, which is a handful, and not as there are pixels.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from maskwright.masks import algebra
from maskwright.masks.codec import Rle
from maskwright.masks.votes import FloatArray, Votes, count_votes

Worker = TypeVar("Worker", bound=Hashable)
Item = TypeVar("Item", bound=Hashable)

_PARAMETER_FLOOR = 1e-6
"""Nobody is taken to be certain: a probability of 0 or 1 can never be unlearnt by EM."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """What several masks say together."""

    mask: Rle
    posterior: FloatArray
    """(patterns,) probability that pixels with that pattern belong to the thing"""
    votes: Votes

    @property
    def tied_pixels(self) -> int:
        """Pixels at exactly one half, which no vote decides."""
        return int(self.votes.pixels[np.isclose(self.posterior, 0.5)].sum())

    def disputed(self, *, certainty: float = 0.9) -> Rle:
        """The pixels about which less than `certainty` is known, one way or the other."""
        return self.votes.mask_of(self._is_disputed(certainty))

    def disputed_share(self, *, certainty: float = 0.9) -> float:
        """Disputed pixels as a share of those that anybody marked; 0 where nobody did."""
        marked = self.votes.is_marked
        total = int(self.votes.pixels[marked].sum())
        disputed = int(self.votes.pixels[self._is_disputed(certainty) & marked].sum())
        return disputed / total if total else 0.0

    def _is_disputed(self, certainty: float) -> npt.NDArray[np.bool_]:
        return np.asarray(np.maximum(self.posterior, 1 - self.posterior) < certainty)


def majority(
    masks: Sequence[Rle],
    weights: Sequence[float] | None = None,
    regions: Sequence[Rle | None] | None = None,
) -> Consensus:
    """What more than half of the (weighted) voters marked, of those who were asked about a pixel. A
    tie is left out, and can be read from `tied_pixels`: marking what only half of the people saw
    would invent area. `regions` as in `count_votes`."""
    votes = count_votes(masks, regions)
    share = np.ones(votes.voters) if weights is None else np.asarray(weights, dtype=np.float64)
    total = votes.asked @ share
    # Where all who were asked weigh nothing, each of them weighs the same.
    weightless = total <= 0
    heads = np.maximum(votes.asked.sum(axis=1), 1)
    posterior = np.where(
        weightless, votes.support, votes.patterns @ share / np.where(weightless, heads, total)
    )
    return Consensus(votes.mask_of(posterior > 0.5 + 1e-9), posterior, votes)


@dataclass(frozen=True, slots=True)
class Staple:
    """A consensus with what EM found out about its voters."""

    consensus: Consensus
    sensitivity: FloatArray
    """(voters,) share of the true pixels that each marked"""
    specificity: FloatArray
    """(voters,) share of the other pixels in the union box that each left alone"""
    iterations: int


def staple(
    masks: Sequence[Rle],
    regions: Sequence[Rle | None] | None = None,
    *,
    max_iterations: int = 100,
    tolerance: float = 1e-7,
) -> Staple:
    """Estimate truth and voters' performance together, by expectation and maximisation.

    regions  as in `count_votes`. Pixels that the same voters were asked about are estimated by what
             these voters did, so that an answer about a region changes nothing outside of it

    Background is counted inside the box around all marks only: over a whole image everybody's
    specificity is near 1 and a single mark outvotes all who left the pixel alone. The prior is
    the mean share that the voters marked of that box.
    Source  Warfield, Zou and Wells, Simultaneous truth and performance level estimation,
            IEEE TMI 2004
    """
    votes = count_votes(masks, regions)
    everybody = _maximise(votes, max_iterations, tolerance)
    posterior = everybody.posterior
    for asked in np.unique(votes.asked, axis=0):
        if asked.all() or not asked.any():
            continue
        chosen = np.flatnonzero(asked).tolist()
        some = count_votes(
            [masks[voter] for voter in chosen],
            None if regions is None else [regions[voter] for voter in chosen],
        )
        found = _maximise(some, max_iterations, tolerance).posterior
        of_pattern = {
            marks.tobytes(): value
            for marks, whole, value in zip(some.patterns, some.asked, found, strict=True)
            if whole.all()
        }
        for row in np.flatnonzero((votes.asked == asked).all(axis=1)):
            posterior[row] = of_pattern[votes.patterns[row, chosen].tobytes()]
    consensus = Consensus(votes.mask_of(posterior > 0.5), posterior, votes)
    return Staple(consensus, everybody.sensitivity, everybody.specificity, everybody.iterations)


@dataclass(frozen=True, slots=True)
class _Estimate:
    """Where EM ended; `posterior` is by pattern."""

    posterior: FloatArray
    sensitivity: FloatArray
    specificity: FloatArray
    iterations: int


def _maximise(votes: Votes, max_iterations: int, tolerance: float) -> _Estimate:
    pixels = votes.pixels_in_union_box().astype(np.float64)
    asked = votes.asked.astype(np.float64)
    marks = votes.patterns.astype(np.float64)
    seen = pixels @ asked
    shares = (pixels @ marks)[seen > 0] / seen[seen > 0]
    prior = float(np.clip(shares.mean() if shares.size else 0.0, 1e-6, 1 - 1e-6))
    sensitivity = np.full(votes.voters, 0.99)
    specificity = np.full(votes.voters, 0.99)
    posterior = _expectation(marks, asked, sensitivity, specificity, prior)
    iterations = 0
    while iterations < max_iterations:
        iterations += 1
        sensitivity = _rate(pixels * posterior, marks, asked)
        specificity = _rate(pixels * (1 - posterior), asked - marks, asked)
        updated = _expectation(marks, asked, sensitivity, specificity, prior)
        change = float(np.abs(updated - posterior).max())
        posterior = updated
        if change < tolerance:
            break
    # What nobody marked is in nobody's mask, however low EM thinks of the voters.
    posterior = np.where(votes.is_marked, posterior, 0.0)
    return _Estimate(posterior, sensitivity, specificity, iterations)


def _expectation(
    marks: FloatArray,
    asked: FloatArray,
    sensitivity: FloatArray,
    specificity: FloatArray,
    prior: float,
) -> FloatArray:
    """(patterns,) probability that a pixel with that pattern is true."""
    left_alone = asked - marks
    log_true = marks @ np.log(sensitivity) + left_alone @ np.log(1 - sensitivity)
    log_false = marks @ np.log(1 - specificity) + left_alone @ np.log(specificity)
    odds = log_false + np.log(1 - prior) - log_true - np.log(prior)
    return np.asarray(1 / (1 + np.exp(np.clip(odds, -700, 700))))


def _rate(weights: FloatArray, hits: FloatArray, asked: FloatArray) -> FloatArray:
    """(voters,) hits as a share of what each was asked; one half where that is nothing."""
    total = weights @ asked
    rate = np.where(total > 0, (weights @ hits) / np.where(total > 0, total, 1.0), 0.5)
    return np.asarray(np.clip(rate, _PARAMETER_FLOOR, 1 - _PARAMETER_FLOOR))


@dataclass(frozen=True, slots=True)
class Rasa(Generic[Worker, Item]):
    """Consensus of many items, and how far each worker is to be relied on over all of them."""

    consensus: Mapping[Item, Consensus]
    reliability: Mapping[Worker, float]
    """sums to the number of workers: 1 is the average one"""
    iterations: int


def rasa(
    masks: Mapping[Item, Mapping[Worker, Rle]],
    *,
    max_iterations: int = 20,
    tolerance: float = 1e-5,
) -> Rasa[Worker, Item]:
    """Weigh each worker by how near he is to the consensus of everything that he worked on.

    The weight is what he is worth at the upper bound of a 95 % confidence interval of his
    distance: the lower chi-squared quantile of his number of items over the sum of his distances
    (1 - IoU), so that one lucky item makes nobody an expert.
    Source  Li and Fukumoto, Collections and answer aggregation of word sequences, 2019 (RASA),
            with IoU as the distance between masks
    """
    workers = sorted({worker for voters in masks.values() for worker in voters}, key=repr)
    reliability = dict.fromkeys(workers, 1.0)
    consensus = _weighted(masks, reliability)
    iterations = 0
    while iterations < max_iterations:
        iterations += 1
        updated = _reliability(masks, consensus, workers)
        change = max((abs(updated[w] - reliability[w]) for w in workers), default=0.0)
        reliability = updated
        consensus = _weighted(masks, reliability)
        if change < tolerance:
            break
    return Rasa(consensus, reliability, iterations)


def _weighted(
    masks: Mapping[Item, Mapping[Worker, Rle]], reliability: Mapping[Worker, float]
) -> dict[Item, Consensus]:
    return {
        item: majority(list(voters.values()), [reliability[worker] for worker in voters])
        for item, voters in masks.items()
    }


def _reliability(
    masks: Mapping[Item, Mapping[Worker, Rle]],
    consensus: Mapping[Item, Consensus],
    workers: Sequence[Worker],
) -> dict[Worker, float]:
    distance = dict.fromkeys(workers, 0.0)
    items = dict.fromkeys(workers, 0)
    for item, voters in masks.items():
        agreed = consensus[item].mask
        for worker, mask in voters.items():
            distance[worker] += 1 - algebra.iou(mask, agreed)
            items[worker] += 1
    # A floor of one percent per item keeps a perfect worker's weight finite.
    raw = {
        worker: float(chi2.ppf(0.025, items[worker])) / max(distance[worker], 0.01 * items[worker])
        for worker in workers
    }
    mean = sum(raw.values()) / len(raw) if raw else 1.0
    return {worker: weight / mean for worker, weight in raw.items()}
