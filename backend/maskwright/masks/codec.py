"""COCO run-length masks: reading them strictly, writing them canonically, keeping them small.

A mask crosses every boundary as `{"size": [height, width], "counts": "…"}`: runs of zeros and
ones in turn, zeros first, down the columns, each run a base-32 number with a sign and
continuation bit in one printable character (COCO maskApi, rleToString). docs/masks.md has the
grammar. An `Rle` is that string once it has been found valid; only `parse_wire` and `encode`
make one from what they do not trust.
"""

from __future__ import annotations

import hashlib
import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypedDict

import numpy as np
import numpy.typing as npt
import rlemasklib
from rlemasklib import RLEMask

from maskwright.masks.errors import InvalidMask, MaskFault, MaskShapeError

BoolMask = npt.NDArray[np.bool_]
"""A dense mask, (height, width), True where the object is."""

MAX_PIXELS = 2**29 - 1
"""No image has more. Below it every run, and every difference of two runs, fits in six
characters, which is what makes the checks of `_check_alphabet` sufficient."""

_ALPHABET = bytes(range(48, 112))
_CONTINUES = ord("P")  # characters from "P" on carry the continuation bit
_CONTINUATIONS = bytes(ord("P") if code >= ord("P") else ord("0") for code in range(256))
_OVERLONG = b"P" * 6

_SHORT = 2048
"""Counts of at most so many characters are not deflated."""
_MISSING = (b"\0", b"\1", b"\2", b"\3")
"""The first byte of counts in base64: how many characters the last group of four lacks."""
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_BASE64_FROM_COCO = bytes.maketrans(_ALPHABET, _BASE64)
_COCO_FROM_BASE64 = bytes.maketrans(_BASE64, _ALPHABET)


class WireMask(TypedDict):
    """The JSON form of a mask."""

    size: list[int]
    counts: str


class Box(NamedTuple):
    """The smallest rectangle around a mask, in pixels, as COCO has it."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rle:
    """A valid mask in canonical form: equal pixels have equal `counts`."""

    size: tuple[int, int]
    """(height, width)"""
    counts: bytes
    """COCO compressed counts, ASCII"""
    runs: RLEMask | None = field(default=None, compare=False, repr=False)
    """the same as the RLE library's object, where it was read already: a mask that is handed in is
    asked for its area, its box and its overlaps, too"""
    box: Box | None = field(default=None, compare=False, repr=False)
    """the smallest box around the mask, where it was found already"""

    @property
    def height(self) -> int:
        return self.size[0]

    @property
    def width(self) -> int:
        return self.size[1]

    def to_wire(self) -> WireMask:
        return {"size": [self.height, self.width], "counts": self.counts.decode("ascii")}


def parse_wire(wire: object, expected_size: tuple[int, int]) -> Rle:
    """Read a mask that came from outside, trusting nothing about it.

    wire           the decoded JSON value
    expected_size  (height, width) of the asset the mask is for
    Returns        the mask, re-encoded canonically where it was not
    Raises         InvalidMask, whose fault says which rule was broken

    Takes time and memory in proportion to the string, never to the size it claims.
    """
    size, counts = _check_structure(wire)
    if size != expected_size:
        raise InvalidMask(
            MaskFault.SIZE,
            f"The mask is {size[1]} pixels wide and {size[0]} high, "
            f"its image {expected_size[1]} wide and {expected_size[0]} high.",
        )
    return parse_counts(counts, size)


def parse_counts(counts: bytes, size: tuple[int, int]) -> Rle:
    """Check compressed counts against a size and bring them into canonical form."""
    height, width = size
    if height < 1 or width < 1 or height * width > MAX_PIXELS:
        raise InvalidMask(MaskFault.SIZE, f"No image is {width} pixels wide and {height} high.")
    _check_alphabet(counts)
    try:
        mask = RLEMask.from_dict({"size": size, "counts": counts})
    except ValueError:
        raise _explain_bad_runs(counts, height * width) from None
    return Rle(size, mask.to_dict()["counts"], mask, _box_of(mask))


def from_runs(runs: Sequence[object], size: tuple[int, int]) -> Rle:
    """COCO's uncompressed form: the lengths of runs, zeros first. Raises InvalidMask."""
    height, width = size
    if height < 1 or width < 1 or height * width > MAX_PIXELS:
        raise InvalidMask(MaskFault.SIZE, f"No image is {width} pixels wide and {height} high.")
    lengths = [run for run in runs if type(run) is int]
    if len(lengths) != len(runs):
        raise InvalidMask(MaskFault.STRUCTURE, "Run lengths are whole numbers.")
    if min(lengths, default=0) < 0:
        raise InvalidMask(MaskFault.NEGATIVE, f"A run of the mask has the length {min(lengths)}.")
    if sum(lengths) != height * width:
        raise InvalidMask(
            MaskFault.SUM,
            f"The runs of the mask cover {sum(lengths)} pixels, the image has {height * width}.",
        )
    return from_run_mask(RLEMask.from_counts(np.array(lengths, dtype=np.uint32), size, order="F"))


def encode(mask: BoolMask) -> Rle:
    """Run-length encode a mask, column-major and zeros first (COCO order).

    mask     bool array (height, width); not modified.
    Returns  Rle whose runs sum to height * width.
    Raises   MaskShapeError where mask is not 2-D, is empty or is beyond MAX_PIXELS.
    Source   COCO maskApi, rleEncode; see docs/masks.md.
    """
    if mask.ndim != 2 or not 0 < mask.size <= MAX_PIXELS:
        raise MaskShapeError(f"A mask is a non-empty 2-D array, not one of shape {mask.shape}.")
    encoded = rlemasklib.encode(mask)
    return Rle((mask.shape[0], mask.shape[1]), encoded["counts"])


def decode(rle: Rle) -> BoolMask:
    """The dense mask, bool (height, width), columns contiguous in memory."""
    dense: npt.NDArray[np.uint8] = rlemasklib.decode({"size": rle.size, "counts": rle.counts})
    return dense.view(np.bool_)


def area(rle: Rle) -> int:
    """How many pixels the mask covers."""
    return int(run_mask(rle).area())


def bbox(rle: Rle) -> Box:
    """The smallest box around the mask; all zeros for an empty one."""
    return rle.box if rle.box is not None else _box_of(run_mask(rle))


def _box_of(mask: RLEMask) -> Box:
    x, y, width, height = mask.bbox().tolist()
    return Box(int(x), int(y), int(width), int(height))


def digest(rle: Rle) -> bytes:
    """SHA-256 of the canonical counts: equal masks of one image have equal digests."""
    return hashlib.sha256(rle.counts).digest()


def pack(rle: Rle) -> bytes:
    """The counts as they are stored: see docs/masks.md.

    Six bits of every character carry meaning, and runs repeat. Long counts are deflated. Short
    ones only have their six bits packed, by base64: deflate would save a quarter more of them, but
    setting it up takes twenty times as long, and ten masks are packed for every submit.
    """
    counts = rle.counts
    if len(counts) > _SHORT:
        return zlib.compress(counts, level=6)
    missing = -len(counts) % 4
    return _MISSING[missing] + a2b_base64(counts.translate(_BASE64_FROM_COCO) + b"A" * missing)


def unpack(packed: bytes, size: tuple[int, int]) -> Rle:
    """The mask behind stored counts, which were checked before they were packed."""
    missing = packed[0]
    if missing >= len(_MISSING):  # how every zlib stream begins
        return Rle(size, zlib.decompress(packed))
    text = b2a_base64(packed[1:], newline=False)
    return Rle(size, text[: len(text) - missing].translate(_COCO_FROM_BASE64))


def run_mask(rle: Rle) -> RLEMask:
    """The mask as the RLE library's own object, for work on run lengths. Not to be changed."""
    if rle.runs is not None:
        return rle.runs
    return RLEMask.from_dict({"size": rle.size, "counts": rle.counts})


def from_run_mask(mask: RLEMask) -> Rle:
    """The value of a mask that the RLE library computed."""
    return _rle(mask)


def _rle(mask: RLEMask) -> Rle:
    written = mask.to_dict()
    height, width = written["size"]
    return Rle((height, width), written["counts"])


def _check_structure(wire: object) -> tuple[tuple[int, int], bytes]:
    if not isinstance(wire, dict):
        raise InvalidMask(MaskFault.STRUCTURE, "A mask is an object with `size` and `counts`.")
    size, counts = wire.get("size"), wire.get("counts")
    if not isinstance(size, list | tuple) or len(size) != 2:
        raise InvalidMask(MaskFault.STRUCTURE, "`size` is a list of height and width.")
    height, width = size
    if type(height) is not int or type(width) is not int or height < 1 or width < 1:
        raise InvalidMask(MaskFault.STRUCTURE, "`size` is a list of two positive integers.")
    if not isinstance(counts, str):
        raise InvalidMask(
            MaskFault.STRUCTURE, "`counts` is a string: COCO's compressed run lengths."
        )
    try:
        return (height, width), counts.encode("ascii")
    except UnicodeEncodeError:
        raise _alien_character(next(c for c in counts if not c.isascii())) from None


def _check_alphabet(counts: bytes) -> None:
    """Refuse what the RLE library reads without complaint.

    It ignores what follows a zero byte or an unfinished last number, and takes numbers modulo
    2³². With these three out of the way and at most MAX_PIXELS pixels, a negative run becomes
    one of over 2³¹ and fails its check of the sum, which is the only one it makes.
    """
    alien = counts.translate(None, _ALPHABET)
    if alien:
        raise _alien_character(chr(alien[0]))
    if not counts:
        raise InvalidMask(MaskFault.SUM, "`counts` is empty.")
    if counts[-1] >= _CONTINUES:
        raise InvalidMask(MaskFault.TRUNCATED, "`counts` ends inside a number.")
    # Translating and searching bytes is ten times as fast as a regular expression here.
    overlong = counts.translate(_CONTINUATIONS).find(_OVERLONG)
    if overlong >= 0:
        raise InvalidMask(
            MaskFault.OVERFLOW,
            f"The number at character {overlong} of `counts` is longer than any image needs.",
        )


def _alien_character(character: str) -> InvalidMask:
    return InvalidMask(
        MaskFault.ALPHABET, f"`counts` holds {character!r}, which is no part of COCO's alphabet."
    )


def _explain_bad_runs(counts: bytes, pixels: int) -> InvalidMask:
    runs = _runs(counts)
    negative = np.flatnonzero(runs < 0)
    if negative.size:
        first = int(negative[0])
        return InvalidMask(
            MaskFault.NEGATIVE, f"Run {first} of the mask has the length {int(runs[first])}."
        )
    return InvalidMask(
        MaskFault.SUM,
        f"The runs of the mask cover {int(runs.sum())} pixels, the image has {pixels}.",
    )


def _runs(counts: bytes) -> npt.NDArray[np.int64]:
    """The run lengths of a string that passed `_check_alphabet`, whatever they are."""
    digits = np.frombuffer(counts, np.uint8).astype(np.int64) - 48
    ends = np.flatnonzero(digits < 32)
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts + 1
    places = np.arange(digits.size) - np.repeat(starts, lengths)
    steps = np.add.reduceat((digits & 31) << (5 * places), starts)
    steps -= np.where(digits[ends] & 16, np.int64(1) << (5 * lengths), 0)
    # From the fourth on, a run is written as its difference to the last one of its colour.
    steps[1::2] = np.cumsum(steps[1::2])
    steps[2::2] = np.cumsum(steps[2::2])
    return steps
