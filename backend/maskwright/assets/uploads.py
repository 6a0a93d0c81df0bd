"""One upload request: a stream of files, each an asset (or a refusal) before the next is read.

Nothing of a request is whole in memory, and at most one of its files on the disk. Each file is
committed by itself: where the connection drops, what arrived stays, and sending the same files
again tells which they were. All file handling happens in threads of its own, a few at a time, so
that uploads neither hold up the event loop nor take the handlers' threads.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from anyio import CapacityLimiter, to_thread

from maskwright.accounts.audit import record_audit
from maskwright.accounts.domain import Permission
from maskwright.assets import service
from maskwright.assets.archives import Member, opened_archive
from maskwright.assets.domain import UploadStatus
from maskwright.assets.errors import (
    ArchiveEmpty,
    ArchiveMemberRefused,
    ExternalIdTaken,
    FileRefused,
    UploadMalformed,
    UploadTooLarge,
)
from maskwright.assets.imaging.formats import is_zip
from maskwright.assets.metadata import NO_METADATA, AssetMetadata, parse_upload_metadata
from maskwright.assets.multipart import Event, MultipartReader, PartBegan, PartContinued
from maskwright.assets.names import FileName, file_name
from maskwright.assets.receiving import FileSink, ReceivedFile, incoming_folder, receive
from maskwright.assets.service import UploadOutcome
from maskwright.projects.service import require_active_project
from maskwright.settings import Settings
from maskwright.work import Resources, Work

#: Uploads at work at once in one process; others wait without holding anything.
UPLOAD_THREADS = 4
#: What arrives is gathered up to this before a thread is asked to write it.
_GATHERED_BYTES = 1024**2
_MAX_FIELD_BYTES = 8 * 1024**2
_METADATA_FIELD = "metadata"

OpenWork = Callable[[], Work]


class UploadThreads:
    """One per process, kept with its resources."""

    def __init__(self, resources: Resources) -> None:
        self.limiter = CapacityLimiter(UPLOAD_THREADS)

    def close(self) -> None:
        """Threads end with their work."""


async def receive_upload(
    chunks: AsyncIterator[bytes],
    content_type: str,
    project_id: UUID,
    resources: Resources,
    open_work: OpenWork,
) -> list[UploadOutcome]:
    """Take in a whole request.

    open_work   makes a new unit of work for the actor; one is committed per file
    Raises      whatever says that the actor may not upload here, before anything is read;
                UploadMalformed, UploadTooLarge or MetadataInvalid for the request as a whole
    """
    limiter = resources.part(UploadThreads).limiter
    intake = UploadIntake(project_id, resources.settings, open_work)
    await to_thread.run_sync(intake.begin, limiter=limiter)
    try:
        reader = MultipartReader(content_type)
        async for gathered in _gather(chunks, resources.settings.limits.upload_bytes):
            events = reader.feed(gathered)
            await to_thread.run_sync(intake.take, events, limiter=limiter)
        reader.finish()
        await to_thread.run_sync(intake.finish, limiter=limiter)
    finally:
        intake.close()
    return intake.outcomes


async def _gather(chunks: AsyncIterator[bytes], max_bytes: int) -> AsyncIterator[bytes]:
    """The same bytes in larger pieces; raises UploadTooLarge behind those within the bound."""
    gathered, total = bytearray(), 0
    async for chunk in chunks:
        gathered += chunk[: max_bytes - total]
        total += len(chunk)
        if total > max_bytes or len(gathered) >= _GATHERED_BYTES:
            yield bytes(gathered)
            gathered.clear()
        if total > max_bytes:
            raise UploadTooLarge(max_bytes=max_bytes)
    if gathered:
        yield bytes(gathered)


@dataclass
class _FilePart:
    raw_name: str
    sink: FileSink


@dataclass
class UploadIntake:
    """The files of one request, one after the other. Blocking; used by one thread at a time."""

    project_id: UUID
    settings: Settings
    open_work: OpenWork
    outcomes: list[UploadOutcome] = field(default_factory=list)
    _metadata: dict[str, AssetMetadata] = field(default_factory=dict)
    _late: bool = False
    _file: _FilePart | None = None
    _field: str | None = None
    _field_content: bytearray = field(default_factory=bytearray)
    _cleanup: ExitStack = field(default_factory=ExitStack)
    _folder: Path = Path()

    def begin(self) -> None:
        """See that the actor may upload, before his gigabytes are read."""
        with self.open_work() as work:
            require_active_project(work, self.project_id, Permission.IMPORT_DATA)
        self._folder = Path(self._cleanup.enter_context(incoming_folder(self.settings)))

    def take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, PartBegan):
                self._begin_part(event)
            elif isinstance(event, PartContinued):
                self._continue_part(event.content)
            else:
                self._end_part()

    def finish(self) -> None:
        """Raises UploadMalformed where there was no file at all."""
        if not self.outcomes:
            raise UploadMalformed("No file arrived: send the images as `files`.")
        if self._late:
            self._apply_late_metadata()
        self._record()

    def close(self) -> None:
        """Remove what is left on the disk; also after an error."""
        if self._file is not None:
            self._file.sink.close()
        self._cleanup.close()

    def _begin_part(self, part: PartBegan) -> None:
        if part.file_name is None:
            self._field = part.field
            self._field_content = bytearray()
            return
        if len(self.outcomes) >= self.settings.limits.upload_files:
            raise UploadTooLarge(max_files=self.settings.limits.upload_files)
        sink = FileSink(self._folder / "file", max_bytes=self.settings.limits.file_bytes)
        self._file = _FilePart(part.file_name, sink)

    def _continue_part(self, content: bytes) -> None:
        if self._file is not None:
            self._file.sink.write(content)
            return
        self._field_content += content
        if len(self._field_content) > _MAX_FIELD_BYTES:
            raise UploadTooLarge(field=self._field, max_bytes=_MAX_FIELD_BYTES)

    def _end_part(self) -> None:
        if self._file is not None:
            part, self._file = self._file, None
            # A form whose file input was left empty sends a part without a name.
            if part.raw_name:
                self._take_file(part)
            else:
                part.sink.close()
        elif self._field == _METADATA_FIELD:
            self._metadata = parse_upload_metadata(self._field_content.decode("utf-8", "replace"))
            self._late = bool(self.outcomes)

    def _take_file(self, part: _FilePart) -> None:
        try:
            received = part.sink.received()
            name = file_name(part.raw_name)
            if _is_archive(received):
                self._take_archive(received)
            else:
                self._store(received, name, part.raw_name)
        except FileRefused as error:
            self._refuse(part.raw_name, error)
        finally:
            (self._folder / "file").unlink(missing_ok=True)

    def _take_archive(self, archive: ReceivedFile) -> None:
        before = len(self.outcomes)
        with opened_archive(archive.path, self.settings.limits) as members:
            for member in members:
                try:
                    self._take_member(member)
                except FileRefused as error:
                    self._refuse(member.path, error)
        if len(self.outcomes) == before:
            raise ArchiveEmpty

    def _take_member(self, member: Member) -> None:
        path = self._folder / "member"
        name = file_name(member.path)
        try:
            with member.opened() as content:
                received = receive(content, path, max_bytes=self.settings.limits.file_bytes)
            if _is_archive(received):
                raise ArchiveMemberRefused(
                    "This entry is a zip file inside a zip file. Upload it by itself."
                )
            self._store(received, name, member.path)
        finally:
            path.unlink(missing_ok=True)

    def _store(self, received: ReceivedFile, name: FileName, raw_name: str) -> None:
        candidate = service.inspect_file(received, name, self.settings)
        metadata = self._metadata_of(raw_name, name)
        with self.open_work() as work:
            outcome = service.store_asset(work, self.project_id, candidate, metadata=metadata)
        self.outcomes.append(outcome)

    def _metadata_of(self, raw_name: str, name: FileName) -> AssetMetadata:
        for known_as in (raw_name, name.path, name.name):
            if known_as in self._metadata:
                return self._metadata[known_as]
        return NO_METADATA

    def _apply_late_metadata(self) -> None:
        """The field came behind files that it is about."""
        for position, outcome in enumerate(self.outcomes):
            for asset, metadata in self._late_metadata_of(outcome):
                try:
                    with self.open_work() as work:
                        service.set_metadata(work, asset, metadata)
                except ExternalIdTaken as error:
                    self.outcomes[position] = UploadOutcome(
                        outcome.name, UploadStatus.ACCEPTED, outcome.asset, error
                    )

    def _late_metadata_of(self, outcome: UploadOutcome) -> Iterator[tuple[UUID, AssetMetadata]]:
        if outcome.asset is None or outcome.status is not UploadStatus.ACCEPTED:
            return
        metadata = self._metadata_of(outcome.name, FileName(outcome.asset.name))
        if metadata is not NO_METADATA:
            yield outcome.asset.id, metadata

    def _refuse(self, raw_name: str, error: FileRefused) -> None:
        self.outcomes.append(UploadOutcome.refused(raw_name, error))

    def _record(self) -> None:
        accepted = sum(outcome.status is UploadStatus.ACCEPTED for outcome in self.outcomes)
        if accepted:
            with self.open_work() as work:
                details = {"files": len(self.outcomes), "accepted": accepted}
                record_audit(work, "assets.uploaded", "project", self.project_id, details)


def _is_archive(file: ReceivedFile) -> bool:
    with file.path.open("rb") as opened:
        return is_zip(opened.read(4))
