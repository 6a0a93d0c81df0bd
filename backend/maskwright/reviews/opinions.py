"""One label out of several people's: objects matched, voted on, and agreement measured. No I/O.

Imports scipy through `masks.consensus`: for workers only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any
from uuid import UUID

import numpy as np

from maskwright.masks import agreement, algebra, codec
from maskwright.masks.agreement import within
from maskwright.masks.codec import Rle
from maskwright.masks.consensus import Consensus, majority, staple
from maskwright.reviews.answers import Given, Questions, Tie, agree_on
from maskwright.reviews.differences import Drawn
from maskwright.reviews.domain import Method
from maskwright.reviews.matching import join_region

NO_QUESTIONS = Questions()
_LEAST_IOU = 0.3
#: Of one image; who always agrees completely would outweigh everybody.
_LEAST_DISTANCE = 0.01
_ITEMS_TAKEN_AS_USUAL = 4


@dataclass(frozen=True, slots=True)
class Opinion:
    """One person's label of an image, or his answer about a part of it.

    reliability   how far he is to be relied on; 1 is the usual
    region        what he was asked about; None: the whole image. He has no vote outside of it
    surroundings  what he was shown around the region, by key; see `matching.join_region`
    answers       about the image, of who was asked about the whole of it
    """

    person_id: UUID
    objects: Sequence[Drawn]
    reliability: float = 1.0
    region: Rle | None = None
    surroundings: Mapping[UUID, Rle] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AgreedObject:
    """An object of the consensus. `key` is that of the person's whose object is most like it."""

    key: UUID
    class_id: UUID
    layer: int
    mask: Rle
    attributes: dict[str, Any]
    support: float
    """share of the people who drew it"""
    ties: tuple[Tie, ...] = ()
    """questions about it whose answer no majority decided"""


@dataclass(frozen=True, slots=True)
class Agreed:
    """The consensus of one image, and how much of it there was.

    disputed_share  of all pixels that anybody marked, those about which less than `certainty` is
                    known; dynamic overlap asks on while it is large
    agreement       mean IoU of pairs over all things, those that only one of them drew counting 0
    kappa           mean over the things, inside the box around each
    pair_iou        the same as `agreement` for each pair of people
    own_iou         of each person with the consensus
    classes         the same as `agreement` and `kappa`, for the things of each class
    answers         about the image
    ties            questions about the image whose answer no majority decided

    Whoever was asked about a region is compared inside of it, by the things that have something
    there.
    """

    objects: tuple[AgreedObject, ...]
    disputed: Rle
    disputed_share: float
    tied_px: int
    agreement: float
    kappa: float
    pair_iou: dict[tuple[UUID, UUID], float]
    own_iou: dict[UUID, float]
    classes: dict[UUID, "ClassAgreement"]
    answers: dict[str, Any] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """How far people agreed on the things of one class.

    things  so many different ones were drawn by anybody
    """

    things: int
    iou: float
    kappa: float


@dataclass(frozen=True, slots=True)
class _Thing:
    """What several people drew of one thing: a mask for each, empty where he did not."""

    class_id: UUID
    drawn: Sequence[Drawn | None]
    masks: Sequence[Rle]
    regions: agreement.Regions
    consensus: Consensus

    @property
    def whole_drawers(self) -> list[Drawn]:
        """What those drew of it who were asked about the whole image."""
        pairs = zip(self.drawn, self.regions, strict=True)
        return [each for each, region in pairs if each is not None and region is None]

    @property
    def drawers(self) -> list[Drawn]:
        return [each for each in self.drawn if each is not None]

    def lies_in(self, region: Rle | None) -> bool:
        """Whether anybody marked something of it there."""
        return region is None or any(codec.area(within(mask, region)) for mask in self.masks)


def agree(
    opinions: Sequence[Opinion],
    *,
    countable: frozenset[UUID],
    size: tuple[int, int],
    method: Method,
    certainty: float,
    questions: Questions = NO_QUESTIONS,
) -> Agreed:
    """Make one label of several people's.

    countable  the classes whose objects are instances; of the others all regions are one
    size       (height, width) of the image
    questions  those about objects and image to which answers are kept

    A pixel belongs to an object where more than half of the people (weighted, or as EM has it)
    say so; half is not enough, and is told as tied. In one layer nobody marks a pixel twice, so
    that no two objects win the same one by majority; what EM gives to two stays with the one that
    more people drew. An answer about a region changes nothing outside of it.
    """
    nothing = codec.encode(np.zeros(size, dtype=bool))
    things = [
        thing
        for class_id in sorted({drawn.class_id for o in opinions for drawn in o.objects})
        for thing in _things_of_class(
            opinions, class_id, nothing, method, is_countable=class_id in countable
        )
    ]
    # By those who saw the whole image: an answer about a region decides nothing elsewhere.
    things.sort(key=lambda thing: -len(thing.whole_drawers))
    objects = _objects_of(things, nothing, questions)
    disputed = algebra.union(
        [nothing, *(thing.consensus.disputed(certainty=certainty) for thing in things)]
    )
    marked = algebra.union([nothing, *(mask for thing in things for mask in thing.masks)])
    marked_px = codec.area(marked)
    people = [opinion.person_id for opinion in opinions]
    regions = [opinion.region for opinion in opinions]
    measured = [_measured(thing) for thing in things]
    own_iou = _own_iou(people, regions, things)
    answers, ties = agree_on(
        questions.of_image,
        [Given(o.answers, own_iou[o.person_id]) for o in opinions if o.region is None],
    )
    return Agreed(
        objects=objects,
        disputed=disputed,
        disputed_share=codec.area(disputed) / marked_px if marked_px else 0.0,
        tied_px=sum(thing.consensus.tied_pixels for thing in things),
        agreement=_mean(iou for _, iou, _ in measured),
        kappa=_mean(kappa for _, _, kappa in measured),
        pair_iou=_pair_iou(people, regions, things),
        own_iou=own_iou,
        classes=_by_class(measured),
        answers=answers,
        ties=ties,
    )


def _measured(thing: _Thing) -> tuple[UUID, float, float]:
    """(class, IoU, kappa)"""
    iou = agreement.mean_pairwise_iou(thing.masks, thing.regions)
    return thing.class_id, iou, agreement.kappa_in_union_box(thing.masks, thing.regions)


def _own_iou(
    people: Sequence[UUID], regions: agreement.Regions, things: Sequence[_Thing]
) -> dict[UUID, float]:
    """Of each person with the consensus, where he was asked."""
    return {
        person: _mean(
            algebra.iou(thing.masks[place], within(thing.consensus.mask, region))
            for thing in things
            if thing.lies_in(region)
        )
        for place, (person, region) in enumerate(zip(people, regions, strict=True))
    }


def _pair_iou(
    people: Sequence[UUID], regions: agreement.Regions, things: Sequence[_Thing]
) -> dict[tuple[UUID, UUID], float]:
    return {
        (people[a], people[b]): _mean(
            _ious_of_pair(things, a, b, agreement.common_region(regions[a], regions[b]))
        )
        for a, b in combinations(range(len(people)), 2)
    }


def _ious_of_pair(things: Sequence[_Thing], a: int, b: int, region: Rle | None) -> Iterator[float]:
    """Of each thing that one of the two drew where both were asked."""
    for thing in things:
        if not thing.drawn[a] and not thing.drawn[b]:
            continue
        one, other = within(thing.masks[a], region), within(thing.masks[b], region)
        if region is None or codec.area(one) or codec.area(other):
            yield algebra.iou(one, other)


def _by_class(measured: Sequence[tuple[UUID, float, float]]) -> dict[UUID, ClassAgreement]:
    """From (class, IoU, kappa) of each thing."""
    things: dict[UUID, list[tuple[float, float]]] = {}
    for class_id, iou, kappa in measured:
        things.setdefault(class_id, []).append((iou, kappa))
    return {
        class_id: ClassAgreement(
            len(found), _mean(iou for iou, _ in found), _mean(kappa for _, kappa in found)
        )
        for class_id, found in things.items()
    }


def reliabilities_of(known: Sequence[tuple[int, float]]) -> list[float]:
    """How far each of several people is to be relied on, from what they did so far; 1 is the usual.

    known   of each the images that he and others labelled, and the sum over them of 1 - IoU with
            the consensus

    As in RASA (see masks.consensus.rasa), whose weight is the inverse of somebody's distance over
    all that he did. Where its interval leaves who did little no weight at all, he is taken to be
    as near as these people usually are until he did some: whoever is new is one of all, one lucky
    image makes nobody an expert, and one bad day nobody useless.
    """
    items = sum(count for count, _ in known)
    usual = max(sum(distance for _, distance in known) / items, _LEAST_DISTANCE) if items else 1.0
    return [
        usual
        * (_ITEMS_TAKEN_AS_USUAL + count)
        / (_ITEMS_TAKEN_AS_USUAL * usual + max(distance, _LEAST_DISTANCE * count))
        for count, distance in known
    ]


def _things_of_class(
    opinions: Sequence[Opinion],
    class_id: UUID,
    nothing: Rle,
    method: Method,
    *,
    is_countable: bool,
) -> list[_Thing]:
    own = [[drawn for drawn in o.objects if drawn.class_id == class_id] for o in opinions]
    inside = [
        [within(drawn.mask, opinion.region) for drawn in each]
        for each, opinion in zip(own, opinions, strict=True)
    ]
    if not is_countable:
        masks = [algebra.union([nothing, *each]) for each in inside]
        firsts = [each[0] if each else None for each in own]
        return [_thing(class_id, firsts, masks, opinions, method)]
    things = []
    for row in _matched(opinions, own, inside):
        drawn = [None if index is None else own[person][index] for person, index in enumerate(row)]
        masks = [
            nothing if index is None else inside[person][index] for person, index in enumerate(row)
        ]
        things.append(_thing(class_id, drawn, masks, opinions, method))
    return things


def _matched(
    opinions: Sequence[Opinion], own: Sequence[Sequence[Drawn]], masks: Sequence[Sequence[Rle]]
) -> list[list[int | None]]:
    """As `agreement.match_objects`: those first who were asked about the whole image, so that what
    somebody said about a region leaves alone which objects of the others are the same."""
    asked_whole = [opinion.region is None for opinion in opinions]
    matched = agreement.match_objects(
        [each if is_whole else [] for each, is_whole in zip(masks, asked_whole, strict=True)],
        least_iou=_LEAST_IOU,
    )
    for person, opinion in enumerate(opinions):
        if opinion.region is not None:
            join_region(
                matched,
                masks,
                person=person,
                keys=[drawn.key for drawn in own[person]],
                region=opinion.region,
                surroundings=opinion.surroundings,
                least_iou=_LEAST_IOU,
            )
    return matched


def _thing(
    class_id: UUID,
    drawn: Sequence[Drawn | None],
    masks: Sequence[Rle],
    opinions: Sequence[Opinion],
    method: Method,
) -> _Thing:
    regions = [opinion.region for opinion in opinions]
    if method is Method.STAPLE:
        return _Thing(class_id, drawn, masks, regions, staple(masks, regions).consensus)
    weights = None
    if method is Method.RELIABILITY:
        weights = [opinion.reliability for opinion in opinions]
    return _Thing(class_id, drawn, masks, regions, majority(masks, weights, regions))


def _objects_of(
    things: Sequence[_Thing], nothing: Rle, questions: Questions
) -> tuple[AgreedObject, ...]:
    taken: dict[int, Rle] = {}
    objects = []
    for thing in things:
        # What an object is called and what was answered about it, the whole of it decides.
        drawn = thing.whole_drawers or thing.drawers
        layer = drawn[0].layer
        mask = algebra.difference(thing.consensus.mask, taken.get(layer, nothing))
        if codec.area(mask) == 0:
            continue
        taken[layer] = algebra.union([taken.get(layer, nothing), mask])
        nearness = [float(algebra.iou(each.mask, mask)) for each in drawn]
        nearest = drawn[nearness.index(max(nearness))]
        answers, ties = agree_on(
            questions.of_class.get(nearest.class_id, ()),
            [Given(each.attributes, near) for each, near in zip(drawn, nearness, strict=True)],
        )
        objects.append(
            AgreedObject(
                key=nearest.key,
                class_id=nearest.class_id,
                layer=layer,
                mask=mask,
                attributes=answers,
                support=len(thing.drawers) / sum(map(thing.lies_in, thing.regions)),
                ties=ties,
            )
        )
    return tuple(objects)


def _mean(values: Iterable[float]) -> float:
    """1 of nothing: who drew nothing alike agree."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0
