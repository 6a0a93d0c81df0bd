"""What is stored of a mask."""

from uuid import UUID

from maskwright.annotations.masks import mask_id

_SHA256 = bytes(range(32))


def test_the_same_image_and_pixels_give_the_same_id() -> None:
    asset = UUID("0192d6f0-1234-7000-8000-000000000001")
    assert mask_id(asset, _SHA256) == mask_id(asset, _SHA256)
    assert mask_id(asset, _SHA256) != mask_id(asset, _SHA256[::-1])


def test_images_made_in_the_same_millisecond_share_no_masks() -> None:
    one = UUID("0192d6f0-1234-7000-8000-000000000001")
    other = UUID("0192d6f0-1234-7000-8000-000000000002")
    assert mask_id(one, _SHA256) != mask_id(other, _SHA256)
    assert mask_id(one, _SHA256).bytes[:6] == one.bytes[:6]
