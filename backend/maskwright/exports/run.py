"""Making an export: reading page by page, writing file by file, in bounded memory.

A run may be repeated at any point: it starts from nothing, and only what it stores at the end is
seen. Two runs of one export cannot both finish: each write names the fence that it began with.
"""

import errno
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version as version_of_package
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from maskwright.accounts.domain import Actor, Permission, Role
from maskwright.exports import queries
from maskwright.exports.catalogue import Catalogue, read_catalogue
from maskwright.exports.domain import (
    ExportContext,
    ExportedAsset,
    ExportedImage,
    ExportedObject,
    ExportFilter,
    ExportState,
)
from maskwright.exports.errors import ExportStopped
from maskwright.exports.images import fetch_image
from maskwright.exports.models import Export
from maskwright.exports.pacing import Pace
from maskwright.exports.service import LOST_AFTER
from maskwright.exports.writers.archive import Archive
from maskwright.exports.writers.names import FileNames
from maskwright.exports.writers.registry import WRITERS
from maskwright.kernel.clock import utc_now
from maskwright.kernel.errors import MaskwrightError
from maskwright.masks import codec
from maskwright.masks.codec import Box
from maskwright.notifications.domain import NotificationKind
from maskwright.notifications.service import notify
from maskwright.projects.service import require_project
from maskwright.work import Resources, Work

log = structlog.get_logger(__name__)

ASSETS_PER_PAGE = 100
OBJECTS_PER_READ = 2_000
"""So many masks are in memory at once, or those of one image where it has more."""
PROGRESS_SECONDS = 0.5
HEARTBEAT_SECONDS = 10.0


@dataclass
class _Progress:
    assets: int = 0
    objects: int = 0


def run_export(resources: Resources, export_id: UUID) -> ExportState | None:
    """Make an export that waits, or that another worker left behind.

    Returns  the state it is in then: RUNNING where another worker is at it, None where it is gone
    Raises   what made it fail, after noting it with the export; OperationalError where the
             database is away, which leaves the export to be run again
    """
    with resources.database.open_session() as session, session.begin():
        export = queries.begin_run(session, export_id, lost_after=LOST_AFTER)
        if export is None:
            return queries.state_of(session, export_id)
    run = _Run(resources, export)
    try:
        run.make()
    except ExportStopped:
        log.info("export_stopped", export_id=str(export_id))
    except OperationalError:
        raise
    except Exception as error:
        if run.write(state=ExportState.FAILED, problem=_problem(error), finished_at=utc_now()):
            run.tell(NotificationKind.EXPORT_FAILED)
        raise
    with resources.database.open_session() as session:
        return queries.state_of(session, export_id)


class _Run:
    """One attempt at one export."""

    def __init__(self, resources: Resources, export: Export) -> None:
        if export.started_at is None:
            raise RuntimeError("A run begins with `begin_run`, which sets its fence.")
        self._resources = resources
        self._export = export
        self._fence: datetime = export.started_at
        self._filter = ExportFilter.model_validate(export.filter)
        self._progress = _Progress()
        self._reported_at = 0.0

    def write(self, **values: Any) -> bool:
        """Note something with the export; False where it is no longer this run's."""
        with self._resources.database.open_session() as session, session.begin():
            return queries.update_run(session, self._export.id, self._fence, **values)

    def tell(self, kind: NotificationKind) -> None:
        """Tell who asked for the export what became of it."""
        export = self._export
        with self._work() as work:
            notify(
                work,
                export.created_by,
                kind,
                project_id=export.project_id,
                object_id=export.id,
                text=export.format.value,
            )

    def make(self) -> None:
        with self._scratch_folder() as scratch, self._heartbeat():
            file = scratch / "export.zip"
            context, catalogue = self._begin()
            self._write_archive(file, scratch, context, catalogue)
            self._store(file)

    def _begin(self) -> tuple[ExportContext, Catalogue]:
        with self._work() as work:
            project = require_project(work, self._export.project_id, Permission.EXPORT)
            catalogue = read_catalogue(work, project.id)
            total = queries.count_exportable_assets(
                work.session,
                project.id,
                kinds=self._filter.version_kinds,
                model_id=self._filter.model,
                include_unlabelled=self._filter.include_unlabelled,
            )
        if not self.write(assets_total=total):
            raise ExportStopped
        context = ExportContext(
            export_id=self._export.id,
            project_id=project.id,
            project_name=project.name,
            format=self._export.format,
            ontology_version=project.ontology_version or 0,
            categories=tuple(catalogue.categories.values()),
            include_images=self._export.include_images,
            filter=self._filter,
            generator=f"maskwright {version_of_package('maskwright')}",
            created_at=utc_now(),
        )
        return context, catalogue

    def _write_archive(
        self, file: Path, scratch: Path, context: ExportContext, catalogue: Catalogue
    ) -> None:
        archive = Archive(file, scratch, context.created_at)
        try:
            writer = WRITERS[context.format](archive, context)
            names = FileNames()
            for asset, objects in self._labelled_assets(catalogue):
                image = self._add_image(archive, asset, names, scratch, catalogue)
                writer.add(image, objects)
                self._report(objects)
            writer.finish()
            archive.close(_manifest(context, self._progress))
        except BaseException:
            archive.abandon()
            raise

    def _labelled_assets(
        self, catalogue: Catalogue
    ) -> Iterator[tuple[ExportedAsset, list[ExportedObject]]]:
        class_ids = catalogue.exported_class_ids(self._filter)
        pace = Pace(self._committed)
        for assets in self._batches():
            time.sleep(pace.rest_seconds())
            versions = [asset.version.id for asset in assets if asset.version]
            with self._resources.database.open_session() as session:
                rows = queries.objects_of_versions(session, versions, class_ids)
            rows_of_version: dict[UUID, list[dict[str, Any]]] = {}
            for row in rows:
                rows_of_version.setdefault(row["version_id"], []).append(row)
            for asset in assets:
                found = rows_of_version.pop(asset.version.id, []) if asset.version else []
                yield asset, [_object(row, asset, catalogue) for row in found]

    def _committed(self) -> int:
        with self._resources.database.open_session() as session:
            return queries.count_committed(session)

    def _batches(self) -> Iterator[list[ExportedAsset]]:
        """All assets in the order of their ids, so many at once as have few enough objects."""
        after: UUID | None = None
        while True:
            with self._resources.database.open_session() as session:
                page = queries.page_of_exportable_assets(
                    session,
                    self._export.project_id,
                    kinds=self._filter.version_kinds,
                    model_id=self._filter.model,
                    include_unlabelled=self._filter.include_unlabelled,
                    after=after,
                    limit=ASSETS_PER_PAGE,
                )
            yield from _split(page)
            if len(page) < ASSETS_PER_PAGE:
                return
            after = page[-1].id

    def _add_image(
        self,
        archive: Archive,
        asset: ExportedAsset,
        names: FileNames,
        scratch: Path,
        catalogue: Catalogue,
    ) -> ExportedImage:
        number = self._progress.assets + 1
        version = asset.version
        answers = catalogue.attributes.readable(version.image_attributes) if version else {}
        if not self._export.include_images:
            file_name = names.assign(asset.id, asset.name, asset.media_type)
            return ExportedImage(number, asset, file_name, answers)
        blobs = self._resources.blobs
        path, media_type = fetch_image(blobs, asset.original_key, asset.media_type, scratch)
        file_name = names.assign(asset.id, asset.name, media_type)
        image = ExportedImage(number, asset, file_name, answers)
        archive.add_file(f"images/{image.file_name}", path)
        return image

    def _report(self, objects: Sequence[ExportedObject]) -> None:
        """Count an image, and now and then tell how far the run has come."""
        self._progress.assets += 1
        self._progress.objects += len(objects)
        now = time.monotonic()
        if now - self._reported_at < PROGRESS_SECONDS:
            return
        self._reported_at = now
        if not self.write(assets_done=self._progress.assets, objects=self._progress.objects):
            raise ExportStopped

    def _store(self, file: Path) -> None:
        export = self._export
        blob_key = f"projects/{export.project_id}/exports/{export.id}.zip"
        blobs = self._resources.blobs
        byte_size = blobs.put(blob_key, file, content_type="application/zip")
        is_ours = self.write(
            state=ExportState.DONE,
            assets_done=self._progress.assets,
            assets_total=self._progress.assets,
            objects=self._progress.objects,
            blob_key=blob_key,
            byte_size=byte_size,
            finished_at=utc_now(),
        )
        if not is_ours:
            self._remove_unless_anothers(blob_key)
            raise ExportStopped
        self.tell(NotificationKind.EXPORT_READY)

    def _remove_unless_anothers(self, blob_key: str) -> None:
        """Whoever took the export over stores his file under the same key."""
        with self._resources.database.open_session() as session:
            state = queries.state_of(session, self._export.id)
        if state in (None, ExportState.CANCELLED):
            self._resources.blobs.delete([blob_key])

    def _work(self) -> Work:
        actor = Actor(organization_id=self._export.organization_id, role=Role.OWNER)
        return Work(self._resources, authenticate=lambda session: actor)

    @contextmanager
    def _scratch_folder(self) -> Iterator[Path]:
        """A folder for this run alone; what a killed one of this export left goes with it."""
        root = self._resources.settings.home / "scratch"
        root.mkdir(parents=True, exist_ok=True)
        prefix = f"export-{self._export.id}-"
        for leftover in root.glob(f"{prefix}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=prefix, dir=root) as folder:
            yield Path(folder)

    @contextmanager
    def _heartbeat(self) -> Iterator[None]:
        """Says that this run is alive, even while one large file is copied."""
        over = threading.Event()

        def beat() -> None:
            while not over.wait(HEARTBEAT_SECONDS):
                try:
                    self.write()
                except OperationalError as error:
                    log.warning("export_heartbeat_missed", error=str(error))

        thread = threading.Thread(target=beat, name="export-heartbeat", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _split(page: Sequence[ExportedAsset]) -> Iterator[list[ExportedAsset]]:
    batch: list[ExportedAsset] = []
    objects = 0
    for asset in page:
        count = asset.version.object_count if asset.version else 0
        if batch and objects + count > OBJECTS_PER_READ:
            yield batch
            batch, objects = [], 0
        batch.append(asset)
        objects += count
    if batch:
        yield batch


def _object(row: dict[str, Any], asset: ExportedAsset, catalogue: Catalogue) -> ExportedObject:
    return ExportedObject(
        key=row["key"],
        category=catalogue.categories[row["class_id"]],
        layer=row["layer"],
        attributes=catalogue.attributes.readable(row["attributes"]),
        provenance=row["provenance"],
        relationships=[catalogue.relationship(one) for one in row["relationships"]],
        mask=codec.unpack(row["counts"], asset.size),
        area=row["area"],
        bbox=Box(*row["bbox"]),
    )


def _manifest(context: ExportContext, progress: _Progress) -> dict[str, object]:
    return {
        "format": context.format.value,
        "generator": context.generator,
        "export": str(context.export_id),
        "created_at": context.created_at.isoformat(),
        "project": {"id": str(context.project_id), "name": context.project_name},
        "ontology_version": context.ontology_version,
        "filter": context.filter.model_dump(mode="json"),
        "include_images": context.include_images,
        "counts": {
            "images": progress.assets,
            "objects": progress.objects,
            "classes": sum(not category.retired for category in context.categories),
        },
    }


def _problem(error: Exception) -> dict[str, object]:
    """What is told of a failure: what people can act on, never our insides."""
    if isinstance(error, MaskwrightError):
        return {"code": "export-failed", "title": f"The export stopped: {error}"}
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        title = "The server's disk is full. Free some space on it, then export again."
        return {"code": "export-disk-full", "title": title}
    title = (
        "The export failed on our side. Nothing was changed; try again, and tell your "
        "administrator the export's id if it stays."
    )
    return {"code": "export-failed", "title": title}
