"""Masks of one layer without overlaps: each pixel belongs to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from maskwright.masks import algebra
from maskwright.masks.codec import Rle, area


@dataclass(frozen=True, slots=True)
class Shaped:
    """An object with its pixels, and where it lies."""

    place: int
    layer: int
    confidence: float | None
    mask: Rle


def without_overlaps(objects: Sequence[Shaped]) -> tuple[list[Shaped], int]:
    """The same with every pixel of a layer left to its most certain object, as a label has it, and
    how many objects lost pixels. What nothing is left of goes, and what had no pixels."""
    kept: dict[int, Shaped] = {}
    trimmed = 0
    for layer in sorted({each.layer for each in objects}):
        on_layer = [each for each in objects if each.layer == layer and area(each.mask)]
        if not algebra.overlaps([each.mask for each in on_layer], limit=1):
            kept.update((each.place, each) for each in on_layer)
            continue
        taken: Rle | None = None
        for each in sorted(on_layer, key=_most_certain_first):
            rest = each.mask if taken is None else algebra.difference(each.mask, taken)
            taken = each.mask if taken is None else algebra.union([taken, each.mask])
            trimmed += area(rest) != area(each.mask)
            if area(rest):
                kept[each.place] = Shaped(each.place, each.layer, each.confidence, rest)
    return [kept[place] for place in sorted(kept)], trimmed


def _most_certain_first(each: Shaped) -> tuple[float, int]:
    return -(1.0 if each.confidence is None else each.confidence), each.place
