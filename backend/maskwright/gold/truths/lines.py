"""NDJSON: our own export's objects and images, or one image's objects a line as predictions are
sent."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from pydantic_core import from_json

from maskwright.gold.truths.coco import image_named, mask_of, size_of
from maskwright.gold.truths.domain import Named, Truth, TruthObject, TruthProblem, TruthRefused

Entry = Mapping[str, Any]


def truths_of_lines(source: str, lines: Iterable[bytes]) -> list[Truth]:
    """One for each image that the lines speak of. Raises TruthRefused for a line that is none of
    the three."""
    truths: dict[Named | UUID, Truth] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        _take(truths, source, _parsed(line, number), number)
    return list(truths.values())


def _take(truths: dict[Named | UUID, Truth], source: str, entry: Entry, number: int) -> None:
    where = f"Line {number}"
    if isinstance(entry.get("asset"), dict):
        truth = _truth_of(truths, source, _reference(entry["asset"]))
        listed = entry.get("objects")
        for each in listed if isinstance(listed, list) else [entry]:
            _add(truth, each, where)
    elif isinstance(entry.get("file_name"), str):
        # An image of our export: where no object follows, there is nothing on it.
        named = image_named(entry)
        truth = _truth_of(truths, source, named)
        truth.size = size_of(entry)
    else:
        message = f"{where} names no image: say it in `asset`."
        raise TruthRefused(TruthProblem.NOT_UNDERSTOOD, message)


def _truth_of(truths: dict[Named | UUID, Truth], source: str, named: Named) -> Truth:
    """That of the image: an export's two files name it alike but for the file's name."""
    return truths.setdefault(named.asset_id or named, Truth(source, named))


def _reference(asset: Entry) -> Named:
    """`{id | external_id | name}`, and the file name of our export."""
    return image_named({**asset, "asset_id": asset.get("id"), "original_name": asset.get("name")})


def _add(truth: Truth, entry: object, where: str) -> None:
    if truth.problem is not None:
        return
    try:
        truth.objects.append(_object(entry, where))
    except TruthRefused as error:
        truth.problem = error


def _object(entry: object, where: str) -> TruthObject:
    if not isinstance(entry, dict):
        raise TruthRefused(TruthProblem.NOT_UNDERSTOOD, f"{where}: an object is a JSON object.")
    named = entry.get("class")
    name = str(named.get("name", "")) if isinstance(named, dict) else str(named or "")
    attributes = entry.get("attributes")
    kept = attributes if isinstance(attributes, dict) else {}
    if isinstance(entry.get("mask"), dict):
        return TruthObject(name, mask=mask_of(entry["mask"], where), attributes=kept)
    polygon = entry.get("polygon")
    if isinstance(polygon, list) and polygon:
        return TruthObject(name, rings=tuple(_ring(each, where) for each in polygon))
    raise TruthRefused(TruthProblem.BAD_MASK, f"{where}: an object has a `mask` or a `polygon`.")


def _ring(ring: object, where: str) -> tuple[float, ...]:
    if isinstance(ring, list) and len(ring) >= 6 and len(ring) % 2 == 0:
        numbers = [float(side) for side in ring if isinstance(side, int | float)]
        if len(numbers) == len(ring):
            return tuple(numbers)
    message = f"{where}: a polygon is [x1, y1, x2, y2, …] with three corners or more."
    raise TruthRefused(TruthProblem.BAD_MASK, message)


def _parsed(line: bytes, number: int) -> Entry:
    try:
        value = from_json(line)
    except ValueError as error:
        message = f"Line {number} is no JSON: {error}"
        raise TruthRefused(TruthProblem.NOT_UNDERSTOOD, message) from error
    if not isinstance(value, dict):
        raise TruthRefused(TruthProblem.NOT_UNDERSTOOD, f"Line {number} is no JSON object.")
    return value
