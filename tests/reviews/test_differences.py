"""What one version changed in another, against dense arrays."""

from uuid import UUID, uuid4

import numpy as np
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from maskwright.masks import codec
from maskwright.reviews.differences import Change, Drawn, difference
from tests.masks.strategies import BoolMask, dense_masks
from tests.queue.desk import Caller, Desk, an_object, box_mask
from tests.support.world import World

CAR, ROAD = UUID(int=1), UUID(int=2)
SIZE = (12, 14)


def drawn(mask: BoolMask, class_id: UUID = CAR, key: UUID | None = None) -> Drawn:
    return Drawn(key or uuid4(), class_id, 0, {}, codec.encode(mask))


@given(
    st.lists(st.tuples(dense_masks(SIZE), st.sampled_from([CAR, ROAD])), max_size=3),
    st.lists(st.tuples(dense_masks(SIZE), st.sampled_from([CAR, ROAD])), max_size=3),
)
def test_pixels_are_sorted_by_what_became_of_them(
    before: list[tuple[BoolMask, UUID]], after: list[tuple[BoolMask, UUID]]
) -> None:
    found = difference([drawn(*each) for each in before], [drawn(*each) for each in after], SIZE)

    def of_class(version: list[tuple[BoolMask, UUID]], class_id: UUID) -> BoolMask:
        masks = [mask for mask, its in version if its == class_id]
        return np.any(masks, axis=0) if masks else np.zeros(SIZE, dtype=bool)

    old = {each: of_class(before, each) for each in (CAR, ROAD)}
    new = {each: of_class(after, each) for each in (CAR, ROAD)}
    was, is_ = old[CAR] | old[ROAD], new[CAR] | new[ROAD]
    same = (old[CAR] & new[CAR]) | (old[ROAD] & new[ROAD])
    assert np.array_equal(codec.decode(found.added), is_ & ~was)
    assert np.array_equal(codec.decode(found.removed), was & ~is_)
    assert np.array_equal(codec.decode(found.relabelled), was & is_ & ~same)


def test_objects_are_compared_by_their_key() -> None:
    full, half = np.ones(SIZE, dtype=bool), np.zeros(SIZE, dtype=bool)
    half[:6] = True
    kept, grown, moved, gone, new = (uuid4() for _ in range(5))
    before = [drawn(half, key=key) for key in (kept, grown, moved)] + [drawn(full, key=gone)]
    after = [drawn(half, key=kept), drawn(full, key=grown)]
    after += [drawn(half, ROAD, moved), drawn(half, key=new)]

    by_key = {each.key: each for each in difference(before, after, SIZE).objects}

    assert {key: by_key[key].change for key in by_key} == {
        kept: Change.SAME,
        grown: Change.CHANGED,
        moved: Change.CHANGED,
        gone: Change.REMOVED,
        new: Change.ADDED,
    }
    assert (by_key[grown].iou, by_key[grown].added_px) == (0.5, 84)
    assert (by_key[moved].class_before, by_key[moved].class_after) == (CAR, ROAD)
    assert (by_key[gone].removed_px, by_key[new].added_px) == (168, 84)


def test_versions_of_one_image_are_compared_over_http(client: TestClient, world: World) -> None:
    desk = Desk.make(world)
    desk.add_images(2)
    ann = Caller(client, desk.labeler(), desk)
    versions = []
    for width in (10, 20):
        claimed = ann.claim()
        car = an_object(desk.classes["car"], box_mask(0, 0, 10, width))
        versions.append(ann.submit(claimed, [car]).json()["label_version"]["id"])

    same = ann.get(f"/label-versions/{versions[0]}/difference-from/{versions[0]}")
    mixed = ann.get(f"/label-versions/{versions[1]}/difference-from/{versions[0]}")
    unknown = ann.get(f"/label-versions/{versions[1]}/difference-from/{uuid4()}")

    assert same.json()["added"]["pixels"] == same.json()["removed"]["pixels"] == 0
    assert [each["change"] for each in same.json()["objects"]] == ["same"]
    assert (mixed.status_code, mixed.json()["code"]) == (422, "versions-of-two-images")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "label-version-not-found")
