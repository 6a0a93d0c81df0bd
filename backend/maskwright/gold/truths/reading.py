"""From files in a folder to what they say of images: what is in a file tells its form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic_core import from_json

from maskwright.assets.errors import FileRefused
from maskwright.assets.service import FormFile, Values, read_map
from maskwright.gold.truths import coco
from maskwright.gold.truths.domain import (
    PngMeaning,
    Truth,
    TruthProblem,
    TruthRefused,
    bare_name,
)
from maskwright.gold.truths.lines import truths_of_lines
from maskwright.gold.truths.maps import Lists, truth_of_map

#: A list is read whole, and takes ten times its size in memory.
MAX_LIST_BYTES = 128 * 1024**2

_LINES = (".ndjson", ".jsonl")
_MAPS = (".png", ".tif", ".tiff", ".bmp")
_PASSED_OVER = frozenset({"manifest.json", "readme.md", "readme.txt"})


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read what no list explains."""

    max_pixels: int
    meaning: PngMeaning = PngMeaning.CLASSES


@dataclass
class Read:
    """What the files say, and those that say nothing."""

    truths: list[Truth] = field(default_factory=list)
    refused: list[tuple[str, TruthRefused]] = field(default_factory=list)


def read_truths(files: Sequence[FormFile], how: Reading) -> Read:
    """All that these files say."""
    reader = _Reader(how, {bare_name(each.name.name): each for each in files})
    for each in files:
        suffix = _suffix(each.name.name)
        if each.name.name.casefold() in _PASSED_OVER or suffix in _MAPS:
            continue
        if suffix == ".json":
            reader.trying(each, partial(reader.read_document, each))
        elif suffix in _LINES:
            reader.trying(each, partial(reader.take_lines, each))
        else:
            reader.refuse(each.name.path, "This is no mask, and no list of masks that is known.")
    for path, document in reader.documents:
        reader.take_document(path, document)
    for each in files:
        if _suffix(each.name.name) in _MAPS and each.name.name not in reader.used_maps:
            reader.trying(each, partial(reader.take_map, each))
    return reader.read


class _Reader:
    def __init__(self, how: Reading, by_name: dict[str, FormFile]) -> None:
        self.how = how
        self.by_name = by_name
        self.lists = Lists()
        self.documents: list[tuple[str, Any]] = []
        self.used_maps: set[str] = set()
        self.read = Read()

    def trying(self, file: FormFile, take: Callable[[], None]) -> None:
        """One file that can't be read does not stop the others."""
        try:
            take()
        except TruthRefused as error:
            self.read.refused.append((file.name.path, error))
        except FileRefused as error:
            self.refuse(file.name.path, str(error))

    def refuse(self, path: str, message: str) -> None:
        self.read.refused.append((path, TruthRefused(TruthProblem.NOT_UNDERSTOOD, message)))

    def read_document(self, file: FormFile) -> None:
        self.documents.append((file.name.path, _json(file)))

    def take_document(self, path: str, document: Any) -> None:
        try:
            if coco.is_coco(document):
                self.read.truths += self._of_coco(path, document)
            elif not self.lists.take(document):
                self.refuse(path, "This JSON is neither COCO nor a list of classes or masks.")
        except TruthRefused as error:
            self.read.refused.append((path, error))

    def _of_coco(self, path: str, document: Any) -> list[Truth]:
        if not coco.is_panoptic(document):
            return coco.truths_of_instances(path, document)
        return coco.truths_of_panoptic(path, document, self._panoptic_map)

    def _panoptic_map(self, name: str) -> Values | None:
        file = self.by_name.get(name)
        if file is None:
            return None
        self.used_maps.add(name)
        try:
            return read_map(file.received.path, max_pixels=self.how.max_pixels, is_panoptic=True)
        except FileRefused as error:
            raise TruthRefused(TruthProblem.BAD_MASK, f"{name}: {error}") from error

    def take_lines(self, file: FormFile) -> None:
        _check_size(file)
        with file.received.path.open("rb") as lines:
            self._join(truths_of_lines(file.name.path, lines))

    def _join(self, found: list[Truth]) -> None:
        """Of an export's two files of lines, one lists images and the other their objects."""
        known = {each.image.asset_id: each for each in self.read.truths if each.image.asset_id}
        for truth in found:
            named = truth.image.asset_id
            other = None if named is None else known.get(named)
            if other is None:
                self.read.truths.append(truth)
            elif not other.objects:
                other.objects, other.problem = truth.objects, other.problem or truth.problem
                other.size = other.size or truth.size
            elif not truth.objects:
                other.size = other.size or truth.size
            else:
                self.read.truths.append(truth)

    def take_map(self, file: FormFile) -> None:
        values = read_map(file.received.path, max_pixels=self.how.max_pixels)
        self.read.truths.append(truth_of_map(file.name.path, values, self.lists, self.how.meaning))


def _json(file: FormFile) -> Any:
    _check_size(file)
    try:
        return from_json(file.received.path.read_bytes())
    except ValueError as error:
        raise TruthRefused(TruthProblem.NOT_UNDERSTOOD, f"This is no JSON: {error}") from error


def _check_size(file: FormFile) -> None:
    if file.received.size > MAX_LIST_BYTES:
        message = f"A list has at most {MAX_LIST_BYTES // 1024**2} MB. Split it."
        raise TruthRefused(TruthProblem.NOT_UNDERSTOOD, message)


def _suffix(name: str) -> str:
    dot = name.rfind(".")
    return name[dot:].casefold() if dot > 0 else ""
