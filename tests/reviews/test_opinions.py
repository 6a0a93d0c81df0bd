"""One label out of several people's, on images small enough to be counted by hand."""

from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskwright.masks import codec
from maskwright.ontologies.domain import Attribute, AttributeKind
from maskwright.reviews.answers import Questions
from maskwright.reviews.differences import Drawn
from maskwright.reviews.domain import Method
from maskwright.reviews.opinions import NO_QUESTIONS, Agreed, Opinion, agree, reliabilities_of

CAR, SKY = UUID(int=1), UUID(int=2)
SIZE = (20, 30)


def box(top: int, left: int, side: int, class_id: UUID = CAR, **answers: str) -> Drawn:
    mask = np.zeros(SIZE, dtype=bool)
    mask[top : top + side, left : left + side] = True
    return Drawn(uuid4(), class_id, 0, answers, codec.encode(mask))


def of(
    *labels: list[Drawn],
    method: Method = Method.MAJORITY,
    weights: str = "",
    questions: Questions = NO_QUESTIONS,
) -> Agreed:
    people = [
        Opinion(UUID(int=100 + place), objects, float(weights[place]) if weights else 1.0)
        for place, objects in enumerate(labels)
    ]
    return agree(
        people,
        countable=frozenset({CAR}),
        size=SIZE,
        method=method,
        certainty=0.9,
        questions=questions,
    )


def test_people_who_drew_the_same_agree() -> None:
    car = box(2, 2, 6)

    agreed = of([car], [car], [car])

    assert [each.mask for each in agreed.objects] == [car.mask]
    assert (agreed.agreement, agreed.kappa, agreed.disputed_share) == (1, 1, 0)
    assert set(agreed.own_iou.values()) == set(agreed.pair_iou.values()) == {1.0}


def test_a_thing_that_only_one_of_three_saw_is_left_out() -> None:
    both, alone = box(0, 0, 6), box(10, 20, 5)

    agreed = of([both], [both, alone], [both])

    assert [each.mask for each in agreed.objects] == [both.mask]
    assert agreed.objects[0].support == 1
    assert codec.area(agreed.disputed) == 25
    # The car counts 1 for each pair; the other 0 for two of the three pairs, and 1 for that of
    # those who both left it alone.
    assert agreed.agreement == pytest.approx((1 + 1 / 3) / 2)


def test_the_middle_of_three_wins() -> None:
    agreed = of([box(0, 0, 6)], [box(0, 1, 6)], [box(0, 2, 6)])

    assert agreed.objects[0].mask == box(0, 1, 6).mask
    assert 0.9 < agreed.own_iou[UUID(int=101)] <= 1


def test_regions_of_a_class_that_is_not_counted_are_one() -> None:
    left, right = box(0, 0, 5, SKY), box(0, 10, 5, SKY)

    agreed = of([left, right], [left, right], [left])

    assert len(agreed.objects) == 1
    assert codec.area(agreed.objects[0].mask) == 50


def test_a_tie_is_left_out_and_told() -> None:
    agreed = of([box(0, 0, 6)], [box(0, 3, 6)])

    assert codec.area(agreed.objects[0].mask) == 18
    assert agreed.tied_px == 36


def test_who_is_relied_on_more_decides() -> None:
    agreed = of(
        [box(0, 0, 6)], [box(0, 2, 6)], [box(0, 2, 6)],
        method=Method.RELIABILITY, weights="911",
    )  # fmt: skip

    assert agreed.objects[0].mask == box(0, 0, 6).mask


def test_the_answer_that_most_gave_is_kept() -> None:
    color = Attribute(name="Colour", kind=AttributeKind.TEXT)
    lamp = Attribute(name="Lamp", kind=AttributeKind.TEXT)
    said = [{color.id: "red", lamp.id: "off"}, {color.id: "blue"}, {color.id: "blue"}]
    labels = [[box(0, 0, 6, **{str(key): answer for key, answer in each.items()})] for each in said]

    [only] = of(*labels, questions=Questions(of_class={CAR: (color, lamp)})).objects

    assert only.attributes == {str(color.id): "blue", str(lamp.id): "off"}
    assert only.ties == ()


_LABEL = st.lists(
    st.builds(
        box, st.integers(0, 12), st.integers(0, 20), st.integers(1, 9), st.sampled_from([CAR, SKY])
    ),
    max_size=3,
)


def apart(objects: list[Drawn]) -> list[Drawn]:
    """As a label has them: no pixel twice."""
    taken = np.zeros(SIZE, dtype=bool)
    kept = []
    for each in objects:
        mask = codec.decode(each.mask) & ~taken
        taken |= mask
        if mask.any():
            kept.append(Drawn(each.key, each.class_id, 0, {}, codec.encode(mask)))
    return kept


@given(st.lists(_LABEL, min_size=2, max_size=4), st.sampled_from(list(Method)))
def test_no_pixel_of_a_consensus_belongs_to_two_objects(
    labels: list[list[Drawn]], method: Method
) -> None:
    agreed = of(*(apart(label) for label in labels), method=method)

    together = sum((codec.decode(each.mask).astype(int) for each in agreed.objects), np.zeros(SIZE))
    assert np.max(together) <= 1


def test_reliability_grows_with_nearness_and_with_experience() -> None:
    near, usual, far = reliabilities_of([(20, 2), (20, 6), (20, 10)])
    assert near > usual > far
    experienced, lucky, usual = reliabilities_of([(30, 1.5), (1, 0.05), (30, 9)])
    assert experienced > lucky > 1 > usual


def test_who_is_new_is_relied_on_as_usual() -> None:
    """Two who are new are not outvoted by one who is as good as anybody."""
    assert reliabilities_of([(0, 0), (0, 0)]) == [1, 1]
    assert reliabilities_of([(0, 0), (40, 8)]) == pytest.approx([1, 1])
    new, perfect = reliabilities_of([(0, 0), (40, 0)])
    assert new == pytest.approx(1)
    assert 0.5 < perfect < 2, "There is nobody whom he is nearer than."
