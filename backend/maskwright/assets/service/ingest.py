"""From a file on the disk to an asset in the project."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from maskwright.accounts.domain import Permission
from maskwright.assets import queries
from maskwright.assets.domain import (
    PROCESS_JOB,
    PROCESS_QUEUE,
    AssetKeys,
    AssetState,
    UploadStatus,
)
from maskwright.assets.errors import AssetNotFound, ExternalIdTaken, FileRefused
from maskwright.assets.imaging.probe import Probe, probe_image
from maskwright.assets.metadata import NO_METADATA, AssetMetadata
from maskwright.assets.models import Asset
from maskwright.assets.names import FileName, file_name, printable
from maskwright.assets.receiving import ReceivedFile, incoming_folder, receive
from maskwright.assets.service.catalog import job_arguments
from maskwright.events.service import project_changed
from maskwright.kernel.errors import MaskwrightError
from maskwright.kernel.ids import new_id, new_id_beside
from maskwright.projects.service import require_active_project
from maskwright.settings import Settings
from maskwright.work import Work


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that may become an asset: its headers are good."""

    file: ReceivedFile
    probe: Probe
    name: FileName


@dataclass(frozen=True, slots=True)
class UploadOutcome:
    """What became of one file. Of `asset` and `error`, a rejected one has the error, an accepted
    one the asset, and a duplicate the asset that was there before."""

    name: str
    status: UploadStatus
    asset: Asset | None = None
    error: MaskwrightError | None = None

    @classmethod
    def refused(cls, raw_name: str, error: MaskwrightError) -> "UploadOutcome":
        """Without the error's traceback: its frames would keep what was read of the request in
        memory for as long as the outcome lives."""
        error.__cause__ = error.__context__ = None
        return cls(printable(raw_name), UploadStatus.REJECTED, error=error.with_traceback(None))


def ingest_file(
    work: Work,
    project_id: UUID,
    source: Path | IO[bytes],
    name: str,
    *,
    metadata: AssetMetadata = NO_METADATA,
) -> UploadOutcome:
    """Make an asset of one image: a file, or an open stream.

    The asset is written in the caller's transaction, and a worker makes its renditions once that
    is committed. A file that can't be used is an outcome, not an exception; that the actor may
    not import, or that there is no such project, is one.
    """
    settings = work.settings
    require_active_project(work, project_id, Permission.IMPORT_DATA)
    with incoming_folder(settings) as folder:
        try:
            received = _received(source, Path(folder) / "file", settings)
            candidate = inspect_file(received, file_name(name), settings)
        except FileRefused as error:
            return UploadOutcome.refused(name, error)
        return store_asset(work, project_id, candidate, metadata=metadata)


def inspect_file(file: ReceivedFile, name: FileName, settings: Settings) -> Candidate:
    """Look at a file before it touches database and store; raises FileRefused."""
    probe = probe_image(file.path, max_pixels=settings.limits.image_pixels)
    return Candidate(file, probe, name)


def store_asset(
    work: Work,
    project_id: UUID,
    candidate: Candidate,
    *,
    metadata: AssetMetadata = NO_METADATA,
    beside: UUID | None = None,
) -> UploadOutcome:
    """Write original and row, unless the project has the same bytes already.

    beside  an image whose id this one's is to look as old as

    Of two requests that bring the same bytes at once, the second waits for the first's commit and
    finds a duplicate: the unique index decides, whatever was looked up before.
    """
    project = require_active_project(work, project_id, Permission.IMPORT_DATA)
    name = candidate.name.path
    clash = _clash(work, project_id, candidate, metadata)
    if clash is not None:
        return clash
    asset_id = new_id() if beside is None else new_id_beside(beside)
    key = AssetKeys(project.id, asset_id).original
    blobs = work.resources.blobs
    blobs.put(key, candidate.file.path, content_type=candidate.probe.format.media_type)
    values = _row(work, project_id, asset_id, candidate, metadata) | {"original_key": key}
    asset = queries.insert_asset(work.session, values)
    if asset is None:
        blobs.delete([key])
        clash = _clash(work, project_id, candidate, metadata)
        if clash is None:
            raise AssetNotFound("The image was changed by somebody else meanwhile. Try again.")
        return clash
    work.enqueue(PROCESS_JOB, job_arguments(asset), queue=PROCESS_QUEUE)
    project_changed(work, project_id)
    return UploadOutcome(name, UploadStatus.ACCEPTED, asset)


def set_metadata(work: Work, asset_id: UUID, metadata: AssetMetadata) -> None:
    """Add what the upload said of a file after the file itself; raises ExternalIdTaken."""
    asset = queries.find_asset(work.session, work.actor.organization_id, asset_id)
    if asset is None:
        return
    if metadata.external_id is not None:
        if queries.external_id_is_taken(
            work.session, asset.project_id, metadata.external_id, except_asset=asset.id
        ):
            raise ExternalIdTaken(external_id=metadata.external_id)
        asset.external_id = metadata.external_id
    asset.details = {**asset.details, **metadata.details}


def _received(source: Path | IO[bytes], target: Path, settings: Settings) -> ReceivedFile:
    if not isinstance(source, Path):
        return receive(source, target, max_bytes=settings.limits.file_bytes)
    with source.open("rb") as file:
        return receive(file, target, max_bytes=settings.limits.file_bytes)


def _clash(
    work: Work, project_id: UUID, candidate: Candidate, metadata: AssetMetadata
) -> UploadOutcome | None:
    name = candidate.name.path
    same = queries.find_asset_by_content(work.session, project_id, candidate.file.sha256)
    if same is not None:
        return UploadOutcome(name, UploadStatus.DUPLICATE, same)
    external_id = metadata.external_id
    if external_id and queries.external_id_is_taken(work.session, project_id, external_id):
        return UploadOutcome.refused(name, ExternalIdTaken(external_id=external_id))
    return None


def _row(
    work: Work, project_id: UUID, asset_id: UUID, candidate: Candidate, metadata: AssetMetadata
) -> dict[str, Any]:
    folder = {"folder": candidate.name.folder} if candidate.name.folder else {}
    return {
        "id": asset_id,
        "organization_id": work.actor.organization_id,
        "project_id": project_id,
        "name": candidate.name.name,
        "external_id": metadata.external_id,
        "state": AssetState.PROCESSING,
        "sha256": candidate.file.sha256,
        "media_type": candidate.probe.format.media_type,
        "byte_size": candidate.file.size,
        "width": candidate.probe.width,
        "height": candidate.probe.height,
        "details": folder | metadata.details,
        "created_by": work.actor.user_id,
    }
