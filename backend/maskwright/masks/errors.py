"""What can be wrong with a mask.

MaskError
├── InvalidMask        a mask from outside that breaks a rule of the wire format; carries a fault
└── MaskShapeError     our own code mixed up shapes: not 2-D, or masks of different sizes
"""

from __future__ import annotations

from enum import StrEnum


class MaskError(Exception):
    """Anything that is wrong with a mask."""


class MaskFault(StrEnum):
    """Why a mask from outside was refused. The values are stable: clients may switch on them."""

    STRUCTURE = "structure"
    """Not an object with `size` (two positive integers) and `counts` (a string)."""
    SIZE = "size"
    """The size is not the image's, or beyond what any image may have."""
    ALPHABET = "alphabet"
    """`counts` holds a character outside of the 64 that COCO uses (`0` to `o`)."""
    TRUNCATED = "truncated"
    """`counts` ends inside a number."""
    OVERFLOW = "overflow"
    """A number is longer than any image needs."""
    NEGATIVE = "negative"
    """A run has a negative length."""
    SUM = "sum"
    """The runs do not cover the image exactly."""


class InvalidMask(MaskError):
    """A mask from outside breaks a rule of the wire format (docs/masks.md)."""

    def __init__(self, fault: MaskFault, detail: str) -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail


class MaskShapeError(MaskError):
    """Arrays or masks whose shapes do not fit together."""
