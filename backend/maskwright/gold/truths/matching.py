"""Which image and which classes a truth means, and its masks as one label of them can hold."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import numpy as np
from pydantic_core import to_json

from maskwright.annotations.checking import ObjectRow
from maskwright.annotations.masks import MaskRow, mask_row
from maskwright.gold.truths.domain import (
    Named,
    Truth,
    TruthObject,
    TruthProblem,
    TruthRefused,
    stem_of,
)
from maskwright.gold.truths.queries import Place
from maskwright.kernel.ids import new_id
from maskwright.masks import algebra
from maskwright.masks.codec import Rle
from maskwright.masks.exclusive import Shaped, without_overlaps
from maskwright.masks.polygons import filled
from maskwright.ontologies.answers import check_answers
from maskwright.ontologies.domain import Node, OntologyClass, classes_by_id

_SLACK_PX = 1.0
"""Tools round: so far outside of the image a corner is taken as one on its edge."""


class Places:
    """The images that are named, by each of their names."""

    def __init__(self, found: Sequence[Place]) -> None:
        self._by_id = {place.asset_id: place for place in found}
        self._by_external_id = {place.external_id: place for place in found if place.external_id}
        self._by_name: dict[str, list[Place]] = {}
        self._by_stem: dict[str, list[Place]] = {}
        for place in found:
            self._by_name.setdefault(place.name, []).append(place)
            self._by_stem.setdefault(stem_of(place.name), []).append(place)

    def find(self, image: Named) -> Place | None:
        """The image; None where the project has none of these names. Raises TruthRefused where
        several have it."""
        if image.asset_id in self._by_id:
            return self._by_id[image.asset_id]
        if image.external_id in self._by_external_id:
            return self._by_external_id[image.external_id]
        for name in image.names:
            found = self._by_name.get(name) or self._by_stem.get(stem_of(name), [])
            if len(found) > 1:
                raise TruthRefused(
                    TruthProblem.AMBIGUOUS_IMAGE,
                    "Several images have this name. Name it by its external id, in a list.",
                )
            if found:
                return found[0]
        return None


@dataclass
class ClassNames:
    """The files' names of classes, and which class of the ontology each is.

    chosen  name → class, or None to leave its objects out: what somebody said; names that he did
            not speak of are matched by name, in any case, or by the number that exports write
    """

    nodes: Sequence[Node]
    chosen: Mapping[str, UUID | None]
    objects: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._classes = classes_by_id(self.nodes)
        by_name: dict[str, list[UUID]] = {}
        for class_id, class_ in self._classes.items():
            by_name.setdefault(class_.name.casefold(), []).append(class_id)
            by_name.setdefault(f"value {class_.index}", []).append(class_id)
        self._by_name = {name: ids[0] for name, ids in by_name.items() if len(ids) == 1}

    def note(self, truths: Sequence[Truth]) -> None:
        for truth in truths:
            self.objects.update(each.class_name for each in truth.objects)

    def is_known(self, name: str) -> bool:
        """Also where its objects are left out."""
        return self.chosen.get(name, self.of(name)) is not None or name in self.chosen

    def of(self, name: str) -> UUID | None:
        if name in self.chosen:
            found = self.chosen[name]
            return found if found in self._classes else None
        return self._by_name.get(name.strip().casefold())

    def class_of(self, name: str) -> tuple[UUID, OntologyClass] | None:
        """None: leave it out."""
        class_id = self.of(name)
        return None if class_id is None else (class_id, self._classes[class_id])


@dataclass(frozen=True, slots=True)
class Prepared:
    """A truth as a label can hold it. `trimmed` objects lost pixels to others of their layer."""

    objects: tuple[ObjectRow, ...]
    masks: tuple[MaskRow, ...]
    trimmed: int


def prepare(
    truth: Truth, asset_id: UUID, size: tuple[int, int], classes: ClassNames, *, limit: int
) -> Prepared:
    """Raises TruthRefused."""
    if truth.problem is not None:
        raise truth.problem
    _check_size(truth.size, size)
    unknown = sorted({o.class_name for o in truth.objects if not classes.is_known(o.class_name)})
    if unknown:
        names = ", ".join(f"“{name}”" for name in unknown[:5])
        raise TruthRefused(TruthProblem.UNKNOWN_CLASS, f"Not in the ontology: {names}.")
    if len(truth.objects) > limit:
        raise TruthRefused(TruthProblem.TOO_MANY, f"A label has at most {limit} objects.")
    shaped: list[Shaped] = []
    wanted: list[tuple[UUID, OntologyClass, TruthObject]] = []
    for each in truth.objects:
        found = classes.class_of(each.class_name)
        if found is not None:
            shaped.append(Shaped(len(wanted), found[1].layer, None, _mask(each, size)))
            wanted.append((*found, each))
    kept, trimmed = without_overlaps(shaped)
    masks = [mask_row(asset_id, each.mask) for each in kept]
    rows = [_row(each, mask, *wanted[each.place]) for each, mask in zip(kept, masks, strict=True)]
    return Prepared(tuple(rows), tuple({mask.id: mask for mask in masks}.values()), trimmed)


def _row(
    each: Shaped, mask: MaskRow, class_id: UUID, class_: OntologyClass, said: TruthObject
) -> ObjectRow:
    return ObjectRow(
        key=new_id(),
        class_id=class_id,
        layer=each.layer,
        order=each.place,
        mask_id=mask.id,
        attributes=_answers(class_, said),
        provenance='{"source": "import"}',
        relationships="[]",
    )


def _answers(class_: OntologyClass, said: TruthObject) -> str:
    """Those that the class asks for; another program's attributes mean nothing here."""
    if not said.attributes or any(
        check_answers(class_.attributes, said.attributes, complete=False)
    ):
        return "{}"
    text = to_json(dict(said.attributes)).decode()
    return "{}" if "\\u0000" in text else text


def _mask(each: TruthObject, size: tuple[int, int]) -> Rle:
    if each.mask is not None:
        _check_size(each.mask.size, size)
        return each.mask
    return algebra.union([_filled(ring, size) for ring in each.rings])


def _filled(ring: tuple[float, ...], size: tuple[int, int]) -> Rle:
    height, width = size
    corners = np.array(ring, dtype=np.float64).reshape(-1, 2)
    bound = np.array([width, height], dtype=np.float64)
    if not np.isfinite(corners).all() or (
        (corners < -_SLACK_PX).any() or (corners > bound + _SLACK_PX).any()
    ):
        message = f"A polygon reaches out of the image, which is {width} by {height} px."
        raise TruthRefused(TruthProblem.BAD_MASK, message)
    return filled(np.clip(corners, 0, bound), size)


def _check_size(said: tuple[int, int] | None, size: tuple[int, int]) -> None:
    if said is not None and said != size:
        raise TruthRefused(
            TruthProblem.SIZE_DIFFERS,
            f"The mask is {said[1]} by {said[0]} px, the image {size[1]} by {size[0]} px.",
        )
