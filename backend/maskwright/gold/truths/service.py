"""Managers bring ground truth from their disks: it is looked at first, and becomes golds when they
say so.

An image that nobody began needs no label any more: the truth is its label, and its task is done
without having been anybody's. Where somebody has or had it, his work goes its way, and the truth
is what it is measured by once it is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from uuid import UUID

from anyio import CapacityLimiter

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.annotations.domain import TruthPlace
from maskwright.annotations.service import keep_truth
from maskwright.assets import service as assets
from maskwright.assets.domain import UploadStatus
from maskwright.assets.errors import FileRefused
from maskwright.assets.service import Candidate, Form, FormFile
from maskwright.gold import queries as gold_queries
from maskwright.gold.truths import queries
from maskwright.gold.truths.domain import (
    PngMeaning,
    Truth,
    TruthProblem,
    TruthRefused,
    TruthStatus,
    stem_of,
)
from maskwright.gold.truths.matching import ClassNames, Places, Prepared, prepare
from maskwright.gold.truths.queries import Place
from maskwright.gold.truths.reading import Reading, read_truths
from maskwright.ontologies.service import ontology_of
from maskwright.projects.service import require_active_project
from maskwright.queue.flow import await_image, settle_untouched
from maskwright.queue.watching import watch_project
from maskwright.settings import Settings
from maskwright.work import Resources, Work

IMAGES_FIELD = "images"
_IMAGE_FOLDER = "images"


class TruthThreads:
    """Masks are read in a thread of their own: handlers keep theirs, and one manager's thousand
    masks cost one core at most."""

    def __init__(self, resources: Resources) -> None:
        self.limiter = CapacityLimiter(1)

    def close(self) -> None:
        """Threads end with their work."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody says of his files.

    only_check  tell what would become of them, and change nothing
    classes     name in the files → class; None leaves its objects out
    """

    only_check: bool
    is_mixed: bool = True
    classes: Mapping[str, UUID | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """What becomes of one image's truth, or of a file that says nothing."""

    source: str
    image: str
    status: TruthStatus
    asset_id: UUID | None = None
    objects: int = 0
    trimmed: int = 0
    problem: TruthProblem | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ClassFound:
    """A class as the files name it; `class_id` is None where it is left out, or not `is_known`."""

    name: str
    objects: int
    class_id: UUID | None
    is_known: bool


@dataclass(frozen=True, slots=True)
class Report:
    items: list[Item]
    classes: list[ClassFound]
    made: int = 0


def require_manager(work: Work, project_id: UUID) -> None:
    """Before a request's gigabytes are read."""
    require_active_project(work, project_id, Permission.MANAGE_PROJECTS)


@dataclass(frozen=True, slots=True)
class Files:
    """What the files of a form say.

    candidates  images that came with them, by their names without ending
    refused     files that say nothing
    """

    truths: list[Truth]
    candidates: dict[str, Candidate]
    refused: list[Item]


def read_form(form: Form, settings: Settings, meaning: PngMeaning) -> Files:
    """Read all of a form's files, with no database held meanwhile."""
    images = [each for each in form.files if _is_image(each)]
    masks = [each for each in form.files if not _is_image(each)]
    refused = [_refused(path, path, _not_understood(error)) for path, error in form.refused]
    candidates: dict[str, Candidate] = {}
    for image in images:
        try:
            candidate = assets.inspect_file(image.received, image.name, settings)
        except FileRefused as error:
            refused.append(_refused(image.name.path, image.name.name, _not_understood(error)))
        else:
            candidates.setdefault(stem_of(image.name.name), candidate)
    read = read_truths(masks, Reading(settings.limits.image_pixels, meaning))
    refused += [_refused(path, path, error) for path, error in read.refused]
    return Files(read.truths, candidates, refused)


def take_truths(work: Work, project_id: UUID, files: Files, wanted: Wanted) -> Report:
    """Say what becomes of each image's truth and, unless it is only to check, make golds of what
    is good: all of them or, where something unforeseen happens, none."""
    return _Taking(work, project_id, files, wanted).take()


class _Taking:
    """One form's way."""

    def __init__(self, work: Work, project_id: UUID, files: Files, wanted: Wanted) -> None:
        self.work = work
        self.wanted = wanted
        self.files = files
        self.project = require_active_project(work, project_id, Permission.MANAGE_PROJECTS)
        nodes = ontology_of(work.session, self.project).nodes
        self.classes = ClassNames(nodes, wanted.classes)
        self.classes.note(files.truths)
        self.items = list(files.refused)
        found = self._find_places()
        self.places = Places(found)
        self.by_content = {place.sha256: place for place in found}
        # A gold that came after the other images must not show it by its id.
        self.neighbours = cycle(
            queries.some_images(work.session, project_id, len(files.candidates)) or [None]
        )
        self.used_images: set[str] = set()
        self.seen: set[UUID | str] = set()
        self.made: list[UUID] = []

    def take(self) -> Report:
        for truth in self.files.truths:
            self.items.append(self._take(truth))
        for stem, candidate in self.files.candidates.items():
            if stem not in self.used_images:
                problem = TruthRefused(TruthProblem.NO_MASK, "No mask of this image came with it.")
                self.items.append(_refused(candidate.name.path, candidate.name.name, problem))
        if self.made:
            watch_project(self.work, self.project.id)
            details = {"assets": [str(asset_id) for asset_id in self.made], "from": "files"}
            record_audit(self.work, "gold.made", "project", self.project.id, details)
        return Report(self.items, self._found_classes(), len(self.made))

    def _take(self, truth: Truth) -> Item:
        try:
            place = self.places.find(truth.image)
            if place is None:
                return self._take_with_image(truth)
            return self._take_known(truth, place)
        except TruthRefused as error:
            return _refused(truth.source, str(truth.image), error)

    def _take_known(self, truth: Truth, place: Place) -> Item:
        """Of an image that the project has."""
        if place.is_gold:
            raise TruthRefused(TruthProblem.IS_GOLD, "This image is a gold already.")
        if place.task_id is None or place.height is None or place.width is None:
            message = "The image is still being processed, or failed. Try again later."
            raise TruthRefused(TruthProblem.NOT_READY, message)
        prepared = self._prepared(truth, place.asset_id, (place.height, place.width))
        self._once(place.asset_id)
        settled = settle_untouched(
            self.work, self.project.id, place.asset_id, only_check=self.wanted.only_check
        )
        if not self.wanted.only_check:
            self._write(prepared, place.asset_id, place.task_id, is_label=settled.is_untouched)
        is_ready = settled.is_untouched or settled.is_done
        status = TruthStatus.READY if is_ready else TruthStatus.LATER
        return _item(truth, place.name, status, place.asset_id, prepared)

    def _take_with_image(self, truth: Truth) -> Item:
        """Of an image that comes with the form, or of none."""
        candidates = self.files.candidates
        stem = next((s for s in map(stem_of, truth.image.names) if s in candidates), None)
        if stem is None:
            message = "The project has no such image, and none came with the upload."
            raise TruthRefused(TruthProblem.UNKNOWN_IMAGE, message)
        self.used_images.add(stem)
        candidate = candidates[stem]
        known = self.by_content.get(candidate.file.sha256)
        if known is not None:
            return self._take_known(truth, known)
        size = (candidate.probe.height, candidate.probe.width)
        prepared = self._prepared(truth, self.project.id, size)  # before the image is taken in
        self._once(stem)
        if self.wanted.only_check:
            return _item(truth, candidate.name.name, TruthStatus.NEW, None, prepared)
        stored = assets.store_asset(
            self.work, self.project.id, candidate, beside=next(self.neighbours)
        )
        if stored.asset is None or stored.status is not UploadStatus.ACCEPTED:
            message = "The same image was uploaded by somebody else meanwhile. Try again."
            raise TruthRefused(TruthProblem.NOT_READY, message)
        prepared = self._prepared(truth, stored.asset.id, size)
        task_id = await_image(self.work, stored.asset.id, self.project.id)
        self._write(prepared, stored.asset.id, task_id, is_label=True)
        return _item(truth, candidate.name.name, TruthStatus.NEW, stored.asset.id, prepared)

    def _write(self, prepared: Prepared, asset_id: UUID, task_id: UUID, *, is_label: bool) -> None:
        place = TruthPlace(
            self.project.organization_id,
            self.project.id,
            task_id,
            asset_id,
            self.project.ontology_version or 0,
        )
        version_id = keep_truth(
            self.work, place, prepared.objects, prepared.masks, is_label=is_label
        )
        gold_id = gold_queries.insert_gold(
            self.work.session,
            self.project.id,
            asset_id=asset_id,
            version_id=version_id,
            is_mixed=self.wanted.is_mixed,
            person_id=self.work.actor.person_id,
        )
        if gold_id is None:
            raise LookupError("An image became gold by another request at the same time.")
        self.made.append(asset_id)

    def _prepared(self, truth: Truth, asset_id: UUID, size: tuple[int, int]) -> Prepared:
        limit = self.work.settings.limits.objects_per_label
        return prepare(truth, asset_id, size, self.classes, limit=limit)

    def _once(self, key: UUID | str) -> None:
        if key in self.seen:
            raise TruthRefused(TruthProblem.TWICE, "There is another mask of this image here.")
        self.seen.add(key)

    def _find_places(self) -> list[Place]:
        """Also those whose very bytes came again under another name."""
        named = [truth.image for truth in self.files.truths]
        return queries.find_places(
            self.work.session,
            self.project.id,
            ids=[each.asset_id for each in named if each.asset_id],
            external_ids=[each.external_id for each in named if each.external_id],
            stems=sorted({stem_of(name) for each in named for name in each.names}),
            sha256s=[each.file.sha256 for each in self.files.candidates.values()],
        )

    def _found_classes(self) -> list[ClassFound]:
        return [
            ClassFound(name, count, self.classes.of(name), self.classes.is_known(name))
            for name, count in sorted(self.classes.objects.items())
        ]


def _is_image(file: FormFile) -> bool:
    return file.field == IMAGES_FIELD or Path(file.name.folder).name == _IMAGE_FOLDER


def _item(
    truth: Truth, image: str, status: TruthStatus, asset_id: UUID | None, prepared: Prepared
) -> Item:
    return Item(
        truth.source,
        image,
        status,
        asset_id,
        objects=len(prepared.objects),
        trimmed=prepared.trimmed,
    )


def _refused(source: str, image: str, error: TruthRefused) -> Item:
    return Item(source, image, TruthStatus.REFUSED, problem=error.problem, detail=str(error))


def _not_understood(error: FileRefused) -> TruthRefused:
    return TruthRefused(TruthProblem.NOT_UNDERSTOOD, str(error))
