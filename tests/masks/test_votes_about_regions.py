"""Votes of people of whom some were asked about a part of the image only, against dense arrays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskwright.masks import agreement, codec, consensus
from maskwright.masks.codec import Box, Rle
from maskwright.masks.regions import boxes_around, mask_of_boxes
from maskwright.masks.votes import count_votes
from tests.masks.strategies import BoolMask, dense_masks, sizes


class Asked:
    """Masks of some people, and where each was asked; dense and as run lengths."""

    def __init__(self, masks: list[BoolMask], asked: list[BoolMask | None]) -> None:
        self.size = masks[0].shape
        self.asked = [np.ones(self.size, dtype=bool) if each is None else each for each in asked]
        self.masks = [mask & there for mask, there in zip(masks, self.asked, strict=True)]
        self.drawn = [codec.encode(mask) for mask in masks]
        self.regions = [None if each is None else codec.encode(each) for each in asked]
        self.heads = np.sum(self.asked, axis=0)
        self.ins = np.sum(self.masks, axis=0)


@st.composite
def asked_people(draw: st.DrawFn, most: int = 4) -> Asked:
    size = draw(sizes(16))
    whole = draw(st.integers(1, 2))
    people = whole + draw(st.integers(1, most - whole))
    masks = [draw(dense_masks(size)) for _ in range(people)]
    regions: list[BoolMask | None] = [None] * whole
    return Asked(masks, regions + [draw(dense_masks(size)) for _ in range(people - whole)])


@settings(max_examples=40)
@given(asked_people())
def test_what_nobody_asked_for_is_no_vote(people: Asked) -> None:
    votes = count_votes(people.drawn, people.regions)

    stacked = np.concatenate([np.stack(people.masks, -1), np.stack(people.asked, -1)], axis=-1)
    distinct, pixels = np.unique(stacked.reshape(-1, stacked.shape[-1]), axis=0, return_counts=True)
    rows = np.hstack([votes.patterns, votes.asked]).tolist()
    counted = {tuple(row): int(n) for row, n in zip(rows, votes.pixels, strict=True)}
    assert counted == {tuple(r): int(n) for r, n in zip(distinct.tolist(), pixels, strict=True)}


@settings(max_examples=40)
@given(asked_people())
def test_the_union_box_counts_what_is_inside_it_whoever_was_asked(people: Asked) -> None:
    votes = count_votes(people.drawn, people.regions)

    rows, columns = np.nonzero(people.ins)
    box = np.zeros(people.size, dtype=bool)
    if rows.size:
        box[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = True
    assert votes.pixels_in_union_box().sum() == box.sum()


@settings(max_examples=40)
@given(asked_people())
def test_the_majority_is_of_those_who_were_asked(people: Asked) -> None:
    found = consensus.majority(people.drawn, None, people.regions)

    assert np.array_equal(codec.decode(found.mask), people.ins * 2 > people.heads)
    assert found.tied_pixels == np.count_nonzero(people.ins * 2 == people.heads)


@settings(max_examples=40)
@given(asked_people(), st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_weights_are_those_of_who_was_asked(people: Asked, weights: list[int]) -> None:
    weights = weights[: len(people.masks)]

    found = consensus.majority(people.drawn, weights, people.regions)

    weighted = sum(weight * mask for weight, mask in zip(weights, people.masks, strict=True))
    total = sum(weight * there for weight, there in zip(weights, people.asked, strict=True))
    assert np.array_equal(codec.decode(found.mask), weighted * 2 > total)


@settings(max_examples=40)
@given(asked_people())
def test_staple_changes_nothing_where_a_region_was_not_asked_about(people: Asked) -> None:
    whole = [place for place, region in enumerate(people.regions) if region is None]
    before = codec.decode(consensus.staple([people.drawn[place] for place in whole]).consensus.mask)

    after = codec.decode(consensus.staple(people.drawn, people.regions).consensus.mask)

    outside = people.heads == len(whole)
    assert np.array_equal(before[outside], after[outside])


def test_staple_in_a_region_is_staple_of_all_who_were_asked_there() -> None:
    """Where everybody is asked about the same box, it is as if there were nothing else."""
    rng = np.random.default_rng(3)
    rows, columns = np.mgrid[:30, :40]
    truth = (rows - 15) ** 2 + (columns - 20) ** 2 < 90
    masks = [truth ^ (rng.random(truth.shape) < 0.1) for _ in range(4)]
    everywhere = codec.encode(np.ones(truth.shape, dtype=bool))

    plain = consensus.staple([codec.encode(mask) for mask in masks])
    asked = consensus.staple([codec.encode(mask) for mask in masks], [None, None, None, everywhere])

    assert asked.consensus.mask == plain.consensus.mask
    assert np.allclose(asked.sensitivity, plain.sensitivity)


@settings(max_examples=40)
@given(asked_people())
def test_agreement_is_measured_where_both_were_asked(people: Asked) -> None:
    found = agreement.mean_pairwise_iou(people.drawn, people.regions)

    marked = people.ins > 0
    ious, weights = [], []
    for a in range(len(people.masks)):
        for b in range(a + 1, len(people.masks)):
            both = people.asked[a] & people.asked[b]
            one, other = people.masks[a] & both, people.masks[b] & both
            union = np.count_nonzero(one | other)
            ious.append(np.count_nonzero(one & other) / union if union else 1.0)
            weights.append(np.count_nonzero(marked & both) if marked.any() else 1)
    expected = np.average(ious, weights=weights) if sum(weights) else 1.0
    assert found == pytest.approx(expected)


@settings(max_examples=40)
@given(asked_people())
def test_kappa_counts_pixels_that_two_were_asked_about(people: Asked) -> None:
    found = agreement.kappa_in_union_box(people.drawn, people.regions)

    rows, columns = np.nonzero(people.ins)
    box = np.zeros(people.size, dtype=bool)
    if rows.size:
        box[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1] = True
    seen = box & (people.heads >= 2)
    ins, heads = people.ins[seen], people.heads[seen]
    if not seen.any():
        assert found == 1
        return
    outs = heads - ins
    observed = ((ins * (ins - 1) + outs * (outs - 1)) / (heads * (heads - 1))).mean()
    share = ins.sum() / heads.sum()
    expected = share**2 + (1 - share) ** 2
    assert found == pytest.approx(1 if expected == 1 else (observed - expected) / (1 - expected))


def drawn(*boxes: Box, size: tuple[int, int] = (200, 300)) -> Rle:
    return mask_of_boxes(boxes, size)


def test_a_box_stands_around_each_part_with_room() -> None:
    disputed = drawn(Box(50, 40, 10, 20), Box(200, 150, 5, 5))

    assert boxes_around(disputed, most_of_image=0.5) == (
        Box(42, 32, 26, 36), Box(192, 142, 21, 21)
    )  # fmt: skip


def test_boxes_that_touch_become_one_and_none_leaves_the_image() -> None:
    disputed = drawn(Box(0, 0, 10, 10), Box(20, 0, 10, 10), Box(290, 190, 10, 10))

    assert boxes_around(disputed, most_of_image=0.5) == (Box(0, 0, 38, 18), Box(282, 182, 18, 18))


def test_specks_get_no_box() -> None:
    disputed = drawn(Box(50, 40, 40, 40), Box(200, 150, 2, 2), Box(250, 20, 1, 3))

    assert boxes_around(disputed, most_of_image=0.5) == (Box(42, 32, 56, 56),)


def test_what_is_disputed_all_over_has_no_boxes() -> None:
    large = drawn(Box(10, 10, 250, 150))
    many = drawn(*(Box(25 * x, 30 * y, 3, 3) for x in range(12) for y in range(6)))

    assert boxes_around(large, most_of_image=0.5) == ()
    assert boxes_around(many, most_of_image=1) == ()
    assert boxes_around(drawn(), most_of_image=1) == ()


@settings(max_examples=40)
@given(dense_masks())
def test_boxes_hold_most_of_what_they_are_for_and_share_no_pixel(mask: BoolMask) -> None:
    boxes = boxes_around(codec.encode(mask), most_of_image=1)

    size = mask.shape
    inside = codec.decode(mask_of_boxes(boxes, size))
    assert inside.sum() == sum(box.width * box.height for box in boxes)
    if boxes:
        assert np.count_nonzero(mask & inside) >= 0.95 * np.count_nonzero(mask)
