"""Masks between the wire and the table."""

from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from maskwright.annotations.errors import MaskInvalid
from maskwright.masks.codec import Box, Rle, area, bbox, digest, pack, parse_wire
from maskwright.masks.errors import InvalidMask


class MaskRow(NamedTuple):
    """A mask ready to be stored. A tuple, which is made five times as fast as a frozen object: a
    label has many."""

    id: UUID
    sha256: bytes
    counts: bytes
    area: int
    bbox: Box


def read_mask(object_key: UUID, wire: object, size: tuple[int, int]) -> Rle:
    """A mask from outside; raises MaskInvalid, which names the object."""
    try:
        return parse_wire(wire, size)
    except InvalidMask as error:
        raise MaskInvalid(
            f"{MaskInvalid.message} {error.detail}",
            object_key=object_key,
            reason=error.fault.value,
        ) from error


def mask_row(asset_id: UUID, mask: Rle) -> MaskRow:
    digested = digest(mask)
    return MaskRow(mask_id(asset_id, digested), digested, pack(mask), area(mask), bbox(mask))


_ID_BITS = ~(0xF << 76 | 0b11 << 62)
_VERSION_8 = 0x8 << 76 | 0b10 << 62


def mask_id(asset_id: UUID, digested: bytes) -> UUID:
    """The id of the mask with this digest: the same asset and pixels give the same id.

    So the database need not be asked which masks it has: they are inserted, and those that are
    there already fall away. The first six bytes are those of the asset's UUIDv7, which keeps an
    asset's masks together in the index; the rest is a digest of asset and mask, marked as version
    8. The asset has to be in it: those six bytes are a time, and many are made in a millisecond.
    """
    together = sha256(asset_id.bytes + digested).digest()
    raw = asset_id.int >> 80 << 80 | int.from_bytes(together[:10])
    return UUID(int=raw & _ID_BITS | _VERSION_8)
