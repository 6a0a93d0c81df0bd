"""What can be wrong with labels and their objects.

MaskwrightError
├── NotFound      LabelVersionNotFound
└── InvalidInput  MaskInvalid, MaskMissing, ObjectsOverlap, ClassUnknown, AttributeInvalid,
                  LayerMismatch, RelationshipInvalid, CoverageIncomplete, OutsideRegion,
                  ObjectKeyRepeated, TooManyObjects

A label that is handed in is looked at as a whole: AttributeInvalid, LayerMismatch,
RelationshipInvalid and CoverageIncomplete come with `findings`, all that is to be mended.
"""

from maskwright.kernel.errors import InvalidInput, NotFound


class LabelVersionNotFound(NotFound):
    message = "There is no such version of a label, or you have no access to it."


class MaskInvalid(InvalidInput):
    """`object_key` names the object, `reason` the rule that was broken (docs/masks.md)."""

    message = "The mask of an object can't be read."


class MaskMissing(InvalidInput):
    """`object_key` names the object."""

    message = "An object came without a mask, and the draft has none under its key."


class ObjectsOverlap(InvalidInput):
    """`pairs` is a list of [key, key, pixels], the largest overlap first; `layer` is theirs."""

    message = "Objects of one layer overlap. Every pixel belongs to at most one of them."


class ClassUnknown(InvalidInput):
    """`object_key` and `class_id` name which."""

    message = "An object has a class that the project's ontology does not have."


class AttributeInvalid(InvalidInput):
    """`object_key`, `attribute` and `reason` say what is wrong; no key: about the image itself."""

    message = "An answer does not fit the ontology."


class LayerMismatch(InvalidInput):
    """`object_key` names the object, `layer` is its own, `class_layer` that of its class."""

    message = "An object lies on another layer than its class."


class RelationshipInvalid(InvalidInput):
    """`object_key` names the object it starts from, `to` the other one; `reason` says why."""

    message = "A relationship between objects does not fit the ontology."


class CoverageIncomplete(InvalidInput):
    """`unlabelled_px` is how much is missing, `places` where: each with its area and box."""

    message = "This project wants every pixel labelled, and some are not."


class OutsideRegion(InvalidInput):
    """`objects` names those that differ from what was shown there: each with its key, and how many
    pixels (0: its class or layer is another one). `object_key` is that of the first."""

    message = (
        "You were asked about a part of the image, and something outside of it was changed. Take "
        "those changes back; what lies inside is kept."
    )


class ObjectKeyRepeated(InvalidInput):
    """`object_key` names it."""

    message = "Two objects came with the same key."


class TooManyObjects(InvalidInput):
    """`limit` is how many a label may have."""

    message = "This is more objects than a label may have."
