"""Several people's labels and answers about regions made one, against dense arrays."""

from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskwright.masks import codec
from maskwright.masks.codec import Box, Rle
from maskwright.masks.regions import mask_of_boxes
from maskwright.ontologies.domain import Attribute, AttributeKind
from maskwright.reviews.answers import Questions
from maskwright.reviews.differences import Drawn
from maskwright.reviews.domain import Method
from maskwright.reviews.opinions import Agreed, Opinion, agree
from tests.masks.strategies import BoolMask
from tests.reviews.test_opinions import CAR, SIZE, SKY, apart, box

COLOR = Attribute(name="Colour", kind=AttributeKind.TEXT)
MIDDLE = mask_of_boxes([Box(10, 4, 12, 10)], SIZE)
_LABEL = st.lists(
    st.builds(
        box, st.integers(0, 12), st.integers(0, 20), st.integers(1, 9), st.sampled_from([CAR, SKY])
    ),
    max_size=3,
)


def of(
    whole: list[list[Drawn]],
    *answers: tuple[Rle, list[Drawn]],
    method: Method = Method.MAJORITY,
    surroundings: dict[UUID, Rle] | None = None,
) -> Agreed:
    people = [Opinion(UUID(int=100 + place), objects) for place, objects in enumerate(whole)]
    for place, (region, objects) in enumerate(answers):
        person = UUID(int=200 + place)
        people.append(Opinion(person, objects, 1.0, region, surroundings or {}))
    return agree(
        people,
        countable=frozenset({CAR}),
        size=SIZE,
        method=method,
        certainty=0.9,
        questions=Questions(of_class={CAR: (COLOR,)}),
    )


def inside(region: Rle, objects: list[Drawn]) -> list[Drawn]:
    """As an answer about a region has them."""
    cut = []
    for each in apart(objects):
        mask = codec.decode(each.mask) & codec.decode(region)
        if mask.any():
            cut.append(Drawn(each.key, each.class_id, 0, {}, codec.encode(mask)))
    return cut


def painted(agreed: Agreed) -> BoolMask:
    """(classes, height, width): which class has a pixel in the consensus."""
    found = np.zeros((2, *SIZE), dtype=bool)
    for each in agreed.objects:
        found[[CAR, SKY].index(each.class_id)] |= codec.decode(each.mask)
    return found


@settings(max_examples=40)
@given(st.lists(_LABEL, min_size=2, max_size=3), _LABEL, st.sampled_from(list(Method)))
def test_an_answer_about_a_region_changes_nothing_outside_of_it(
    labels: list[list[Drawn]], answer: list[Drawn], method: Method
) -> None:
    whole = [apart(label) for label in labels]
    outside = ~codec.decode(MIDDLE)

    before = of(whole, method=method)
    after = of(whole, (MIDDLE, inside(MIDDLE, answer)), method=method)

    assert np.array_equal(painted(before)[:, outside], painted(after)[:, outside])
    assert not (codec.decode(before.disputed) ^ codec.decode(after.disputed))[outside].any()


@settings(max_examples=40)
@given(st.lists(_LABEL, min_size=2, max_size=3), _LABEL)
def test_inside_it_counts_as_one_voice_among_all(
    labels: list[list[Drawn]], answer: list[Drawn]
) -> None:
    """Of a class that is not counted all that matters is who marked a pixel."""

    def as_sky(objects: list[Drawn]) -> list[Drawn]:
        return [Drawn(each.key, SKY, 0, {}, each.mask) for each in objects]

    whole = [as_sky(apart(label)) for label in labels]
    given_answer = as_sky(inside(MIDDLE, answer))

    agreed = of(whole, (MIDDLE, given_answer))

    region = codec.decode(MIDDLE)
    ins = sum(
        (codec.decode(each.mask).astype(int) for label in [*whole, given_answer] for each in label),
        np.zeros(SIZE, dtype=int),
    )
    heads = len(whole) + region
    assert np.array_equal(painted(agreed)[1], ins * 2 > heads)


def test_an_object_of_the_same_key_goes_on_with_the_one_around() -> None:
    """Inside it looks like nobody's, and still it is a voice for the car that goes on outside."""
    car = box(4, 0, 10)
    wide = Drawn(uuid4(), CAR, 0, {}, mask_of_boxes([Box(0, 4, 14, 10)], SIZE))
    shown = uuid4()
    around = mask_of_boxes([Box(0, 4, 10, 10)], SIZE)
    sliver = Drawn(shown, CAR, 0, {}, mask_of_boxes([Box(10, 4, 12, 1)], SIZE))

    agreed = of([[car], [wide]], (MIDDLE, [sliver]), surroundings={shown: around})

    assert [each.key for each in agreed.objects] == [car.key]
    mask = codec.decode(agreed.objects[0].mask)
    assert mask[4, :14].all()
    assert not mask[5, 10:].any()
    assert agreed.objects[0].support == 1


def test_an_object_of_another_key_joins_what_it_looks_like_inside() -> None:
    car = Drawn(uuid4(), CAR, 0, {}, mask_of_boxes([Box(0, 4, 18, 10)], SIZE))
    short = Drawn(uuid4(), CAR, 0, {}, mask_of_boxes([Box(0, 4, 14, 10)], SIZE))
    own = Drawn(uuid4(), CAR, 0, {}, mask_of_boxes([Box(10, 4, 8, 10)], SIZE))

    agreed = of([[car], [short]], (MIDDLE, [own]))

    [found] = agreed.objects
    assert found.mask == car.mask


def test_two_people_who_saw_the_same_new_thing_in_a_region_win_over_none() -> None:
    there = Drawn(uuid4(), CAR, 0, {}, mask_of_boxes([Box(12, 6, 5, 5)], SIZE))

    def again() -> Drawn:
        return Drawn(uuid4(), CAR, 0, {}, there.mask)

    answers = [(MIDDLE, [again()]) for _ in range(3)]
    agreed = of([[], []], *answers)

    assert [each.mask for each in agreed.objects] == [there.mask]
    assert agreed.objects[0].support == pytest.approx(3 / 5)


def test_who_was_asked_about_a_region_is_measured_inside_of_it() -> None:
    """His car reaches 4 columns into the region, the consensus' one 8."""
    car = Drawn(uuid4(), CAR, 0, {}, mask_of_boxes([Box(0, 4, 18, 10)], SIZE))
    far = box(15, 0, 3)
    half = Drawn(uuid4(), CAR, 0, {}, mask_of_boxes([Box(10, 4, 4, 10)], SIZE))

    agreed = of([[car, far], [car, far]], (MIDDLE, [half]))

    person = UUID(int=200)
    assert agreed.own_iou[person] == pytest.approx(0.5)
    assert agreed.pair_iou[(UUID(int=100), person)] == pytest.approx(0.5)
    assert agreed.pair_iou[(UUID(int=100), UUID(int=101))] == 1
    # Of 180 marked pixels of the car 80 lie in the region: so much do the two pairs weigh there.
    share = 80 / 180
    of_car = (1 + 2 * share * 0.5) / (1 + 2 * share)
    assert agreed.agreement == pytest.approx((of_car + 1) / 2)


def test_what_the_whole_image_was_asked_about_says_what_an_object_is() -> None:
    color = str(COLOR.id)
    blue = box(4, 8, 8, **{color: "blue"})
    red = Drawn(uuid4(), CAR, 0, {color: "red"}, mask_of_boxes([Box(10, 4, 6, 8)], SIZE))

    agreed = of([[blue], [blue]], (MIDDLE, [red]), (MIDDLE, [red]))

    assert [(each.key, each.attributes) for each in agreed.objects] == [(blue.key, {color: "blue"})]
