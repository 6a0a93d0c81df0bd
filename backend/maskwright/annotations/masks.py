"""Masks between the wire and the table."""

import hashlib
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
    sha256 = digest(mask)
    return MaskRow(mask_id(asset_id, sha256), sha256, pack(mask), area(mask), bbox(mask))


def mask_id(asset_id: UUID, sha256: bytes) -> UUID:
    """The id of the mask with this digest: the same asset and pixels give the same id.

    So the database need not be asked which masks it has: they are inserted, and those that are
    there already fall away. The first six bytes are those of the asset's UUIDv7, which keeps an
    asset's masks together in the index; the rest is a digest of asset and mask, marked as version
    8. The asset has to be in it: those six bytes are a time, and many are made in a millisecond.
    """
    together = hashlib.sha256(asset_id.bytes + sha256).digest()
    raw = bytearray(asset_id.bytes[:6] + together[:10])
    raw[6] = (raw[6] & 0x0F) | 0x80
    raw[8] = (raw[8] & 0x3F) | 0x80
    return UUID(bytes=bytes(raw))
