"""How far a label is from what a model predicted."""

from collections.abc import Iterable
from uuid import UUID

from maskwright.annotations import service as annotations
from maskwright.annotations.domain import StoredObject
from maskwright.masks import algebra
from maskwright.masks.codec import Rle
from maskwright.reviews import queries
from maskwright.work import Work


def ious_with_model(work: Work, asset_id: UUID, version_id: UUID) -> dict[UUID, float]:
    """The IoU of each class that either has; empty where no model spoke of the image.

    Compared are the pixels of a class as a whole: it is asked whether somebody should look, and
    not whether instances were told apart. The model is the one that labelers begin with, else the
    one that spoke last.
    """
    predicted_id = queries.prediction_to_compare(work.session, asset_id)
    if predicted_id is None:
        return {}
    labelled = _pixels_of_classes(annotations.objects_of_version(work.session, version_id))
    predicted = _pixels_of_classes(annotations.objects_of_version(work.session, predicted_id))
    return {
        class_id: algebra.iou(labelled[class_id], predicted[class_id])
        if class_id in labelled and class_id in predicted
        else 0.0
        for class_id in labelled.keys() | predicted.keys()
    }


def _pixels_of_classes(objects: Iterable[StoredObject]) -> dict[UUID, Rle]:
    masks: dict[UUID, list[Rle]] = {}
    for each in objects:
        masks.setdefault(each.class_id, []).append(Rle(each.size, each.counts.encode("ascii")))
    return {class_id: algebra.union(parts) for class_id, parts in masks.items()}
