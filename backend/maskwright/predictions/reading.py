"""What one line says, checked against the project: its images, its classes, its rules."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from pydantic import ValidationError
from pydantic_core import from_json, to_json

from maskwright.annotations.checking import ObjectRow
from maskwright.annotations.masks import MaskRow, mask_row
from maskwright.masks.exclusive import Shaped, without_overlaps
from maskwright.ontologies.answers import check_answers
from maskwright.ontologies.domain import Node, OntologyClass, classes_by_id
from maskwright.predictions.domain import ModelName
from maskwright.predictions.errors import PredictionRefused
from maskwright.predictions.lines import MAX_LINE_BYTES, Line
from maskwright.predictions.queries import Place
from maskwright.predictions.schemas import (
    AssetRefIn,
    ModelRefIn,
    PredictedObjectIn,
    PredictionIn,
)
from maskwright.predictions.shapes import mask_of


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line that is what a line has to be."""

    number: int
    asset: AssetRefIn
    model: ModelName
    objects: Sequence[PredictedObjectIn]
    digest: bytes


def read_line(line: Line, model: ModelName | None) -> ReadLine:
    """Raises PredictionRefused.

    model  the request's, for lines that name none
    """
    if line.text is None:
        reason = f"The line is longer than {MAX_LINE_BYTES} bytes."
        raise PredictionRefused("too-long", reason)
    try:
        value = from_json(line.text)
    except ValueError as error:
        raise PredictionRefused("not-json", f"The line is no JSON: {error}") from error
    try:
        sent = PredictionIn.model_validate(value)
    except ValidationError as error:
        raise _malformed(error) from error
    own = model if sent.model is None else model_name(sent.model)
    if own is None:
        raise PredictionRefused("no-model", "Say which model this is from: `model`.")
    digest = hashlib.sha256(to_json(value.get("objects"))).digest()
    return ReadLine(line.number, sent.asset, own, sent.objects, digest)


def model_name(sent: str | ModelRefIn) -> ModelName:
    return ModelName(sent) if isinstance(sent, str) else ModelName(sent.name, sent.version)


def _malformed(error: ValidationError) -> PredictionRefused:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    message = f"{where}: {first['msg']}" if where else str(first["msg"])
    return PredictionRefused("malformed", message, field=where)


@dataclass
class Places:
    """The images that a batch names, by each of their names."""

    by_id: dict[UUID, Place] = field(default_factory=dict)
    by_external_id: dict[str, Place] = field(default_factory=dict)
    by_name: dict[str, list[Place]] = field(default_factory=dict)

    @classmethod
    def of(cls, found: Sequence[Place]) -> "Places":
        places = cls()
        for place in found:
            places.by_id[place.asset_id] = place
            if place.external_id is not None:
                places.by_external_id[place.external_id] = place
            places.by_name.setdefault(place.name, []).append(place)
        return places

    def find(self, asset: AssetRefIn) -> Place:
        """The image that can have predictions; raises PredictionRefused."""
        if asset.id is not None:
            found = self.by_id.get(asset.id)
        elif asset.external_id is not None:
            found = self.by_external_id.get(asset.external_id)
        else:
            named = self.by_name.get(asset.name or "", [])
            if len(named) > 1:
                raise PredictionRefused(
                    "ambiguous", "Several images have this name: use `id` or `external_id`."
                )
            found = named[0] if named else None
        if found is None:
            raise PredictionRefused("unknown-asset", "The project has no such image.")
        if found.task_id is None or found.height is None or found.width is None:
            raise PredictionRefused(
                "not-ready", "The image is still being processed, or failed: send this again later."
            )
        return found


class Classes:
    """The project's classes as a script may name them: by id, or by a name that is one class's."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._by_id: Mapping[UUID, OntologyClass] = classes_by_id(nodes)
        self._by_name: dict[str, list[OntologyClass]] = {}
        for class_ in self._by_id.values():
            self._by_name.setdefault(class_.name.casefold(), []).append(class_)

    def find(self, name: str, place: int) -> tuple[UUID, OntologyClass]:
        """Raises PredictionRefused."""
        try:
            id_ = UUID(name)
        except ValueError:
            named = self._by_name.get(name.casefold(), [])
            exact = [class_ for class_ in named if class_.name == name] or named
            if len(exact) > 1:
                raise PredictionRefused(
                    "ambiguous-class",
                    f"Object {place}: several classes are named “{name}”; use the id.",
                    object=place,
                ) from None
            found = exact[0] if exact else None
        else:
            found = self._by_id.get(id_)
        if found is None or found.id is None:
            raise PredictionRefused(
                "unknown-class",
                f"Object {place}: the ontology has no class “{name}”.",
                object=place,
            )
        return found.id, found


@dataclass(frozen=True, slots=True)
class CheckedPrediction:
    """Objects that one label can hold."""

    objects: Sequence[ObjectRow]
    masks: Sequence[MaskRow]
    confidence: float | None
    trimmed: int


def check_objects(
    objects: Sequence[PredictedObjectIn],
    classes: Classes,
    asset_id: UUID,
    size: tuple[int, int],
    model: ModelName,
    model_id: UUID,
    *,
    limit: int,
) -> CheckedPrediction:
    """Raises PredictionRefused, which names the object by its place."""
    if len(objects) > limit:
        raise PredictionRefused("too-many", f"A label has at most {limit} objects.", limit=limit)
    shaped: list[Shaped] = []
    class_ids: list[UUID] = []
    for place, sent in enumerate(objects):
        class_id, class_ = classes.find(sent.class_, place)
        layer = _layer_of(sent, class_, place)
        _check_answers(sent, class_, place)
        class_ids.append(class_id)
        shaped.append(Shaped(place, layer, sent.confidence, mask_of(sent, place, size)))
    kept, trimmed = without_overlaps(shaped)
    masks = {row.id: row for row in (mask_row(asset_id, each.mask) for each in kept)}
    rows = [
        ObjectRow(
            key=uuid5(model_id, f"{asset_id} {each.place}"),
            class_id=class_ids[each.place],
            layer=each.layer,
            order=each.place,
            mask_id=mask_row(asset_id, each.mask).id,
            attributes=to_json(objects[each.place].attributes).decode(),
            provenance=_provenance(model, each.confidence),
            relationships="[]",
        )
        for each in kept
    ]
    certain = [each.confidence for each in kept if each.confidence is not None]
    return CheckedPrediction(rows, tuple(masks.values()), min(certain, default=None), trimmed)


def _layer_of(sent: PredictedObjectIn, class_: OntologyClass, place: int) -> int:
    if sent.layer is None or sent.layer == class_.layer or class_.overlapping:
        return class_.layer if sent.layer is None else sent.layer
    raise PredictionRefused(
        "layer", f"Object {place}: “{class_.name}” lies on layer {class_.layer}.", object=place
    )


def _check_answers(sent: PredictedObjectIn, class_: OntologyClass, place: int) -> None:
    if not sent.attributes:
        return
    for problem in check_answers(class_.attributes, sent.attributes, complete=False):
        raise PredictionRefused(
            "attribute", f"Object {place}: {problem.attribute}: {problem.reason}", object=place
        )


def _provenance(model: ModelName, confidence: float | None) -> str:
    said = {"source": "prediction", "model": str(model)}
    return to_json(said if confidence is None else {**said, "confidence": confidence}).decode()
