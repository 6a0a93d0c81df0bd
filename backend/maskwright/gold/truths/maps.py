"""Maps of classes and of objects, and the lists that say what their numbers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from maskwright.assets.service import Values
from maskwright.gold.truths.coco import image_named, size_of
from maskwright.gold.truths.domain import (
    Named,
    PngMeaning,
    Truth,
    TruthObject,
    TruthProblem,
    TruthRefused,
    bare_name,
)
from maskwright.masks.codec import Rle
from maskwright.masks.raster import masks_from_label_map

#: What names of value 0 mean that it is no class.
_NOTHING = frozenset({"background", "unlabelled", "unlabeled", "void", "ignore", "none", ""})
_MOST_VALUES = 20_000
#: The class of objects of which no list says more, until somebody chooses one.
OBJECTS = "objects"


@dataclass
class Lists:
    """What lists say of maps.

    class_names  value → name; None where no list came
    entries      name of a map → its image's entry
    """

    class_names: dict[int, str] | None = None
    entries: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def take(self, document: object) -> bool:
        """Whether it is such a list."""
        if isinstance(document, dict):
            return self._take_classes(document)
        if isinstance(document, list) and document and all(isinstance(e, dict) for e in document):
            return self._take_entries(document)
        if isinstance(document, list) and document and all(isinstance(e, str) for e in document):
            self.class_names = dict(enumerate(document))
            return True
        return False

    def _take_classes(self, document: Mapping[str, Any]) -> bool:
        listed = document.get("classes")
        if isinstance(listed, list) and all(isinstance(each, dict) for each in listed):
            # Of instance maps the classes' own numbers mean nothing: `instances.json` names them.
            named = {
                each["value"]: str(each["name"])
                for each in listed
                if isinstance(each.get("value"), int) and "name" in each
            }
            if named or not listed:
                self.class_names = {0: "unlabelled"} | named
            return True
        if document and all(_is_number(key) for key in document):
            self.class_names = {int(key): str(name) for key, name in document.items()}
            return True
        return False

    def _take_entries(self, document: list[Mapping[str, Any]]) -> bool:
        with_maps = [each for each in document if isinstance(each.get("mask"), str)]
        self.entries |= {bare_name(each["mask"]): each for each in with_maps}
        return len(with_maps) == len(document)


def _is_number(key: str) -> bool:
    return key.isdecimal() and len(key) < 10


def truth_of_map(source: str, values: Values, lists: Lists, meaning: PngMeaning) -> Truth:
    """What one map says of its image; `meaning` holds where no list says more."""
    name = bare_name(source)
    entry = lists.entries.get(name)
    named = Named(names=(name,)) if entry is None else image_named(entry, name)
    truth = Truth(source, named, size=(values.shape[0], values.shape[1]))
    try:
        if entry is not None and isinstance(entry.get("instances"), list):
            truth.objects = _listed_objects(values, entry["instances"])
        elif meaning is PngMeaning.OBJECTS:
            truth.objects = [
                TruthObject(OBJECTS, mask=mask) for mask in _masks_of(values, lists=None).values()
            ]
        else:
            truth.objects = [
                TruthObject((lists.class_names or {}).get(value, f"value {value}"), mask=mask)
                for value, mask in _masks_of(values, lists).items()
            ]
    except TruthRefused as error:
        truth.problem = error
    if entry is not None and size_of(entry) not in (None, truth.size):
        truth.problem = TruthRefused(
            TruthProblem.SIZE_DIFFERS, "The map's size is not the one that its list says."
        )
    return truth


def _masks_of(values: Values, lists: Lists | None) -> dict[int, Rle]:
    """The mask of each value; 0 is nothing, unless a list names it as a class."""
    names = None if lists is None else lists.class_names
    if np.unique(values).size > _MOST_VALUES:
        raise TruthRefused(
            TruthProblem.BAD_MASK, "This is a picture, no map: it has thousands of values."
        )
    if names is None or names.get(0, "").split(" ")[0].casefold() in _NOTHING:
        return masks_from_label_map(values)
    return {value - 1: mask for value, mask in masks_from_label_map(values + np.uint32(1)).items()}


def _listed_objects(values: Values, instances: list[Mapping[str, Any]]) -> list[TruthObject]:
    explained = {each.get("id"): each for each in instances}
    objects = []
    for number, mask in masks_from_label_map(values).items():
        entry = explained.get(number)
        if entry is None:
            message = f"The map has an object {number} that its list does not explain."
            raise TruthRefused(TruthProblem.NOT_UNDERSTOOD, message)
        attributes = entry.get("attributes")
        kept = attributes if isinstance(attributes, dict) else {}
        objects.append(TruthObject(str(entry.get("class_name", "")), mask=mask, attributes=kept))
    return objects
