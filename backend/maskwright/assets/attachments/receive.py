"""One file, and a few short fields, out of a multipart request; never whole in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from anyio import to_thread

from maskwright.assets.errors import (
    AttachmentMalformed,
    AttachmentTooLarge,
    FileTooLarge,
    UploadMalformed,
)
from maskwright.assets.multipart import Event, MultipartReader, PartBegan, PartContinued
from maskwright.assets.receiving import FileSink, ReceivedFile

_FILE_FIELD = "file"
_MAX_FIELD_BYTES = 1024
#: Boundaries, headers and short fields around the file.
_AROUND_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class ReceivedAttachment:
    """`name` is what the client calls the file."""

    file: ReceivedFile
    name: str
    fields: dict[str, str]


async def receive_attachment(
    chunks: AsyncIterator[bytes], content_type: str, path: Path, *, max_bytes: int
) -> ReceivedAttachment:
    """Write the request's one file to `path`; raises AttachmentMalformed or AttachmentTooLarge."""
    try:
        reader = MultipartReader(content_type)
        intake = _Intake(path, max_bytes)
        try:
            total = 0
            async for chunk in chunks:
                total += len(chunk)
                if total > max_bytes + _AROUND_BYTES:
                    raise AttachmentTooLarge(max_bytes=max_bytes)
                events = reader.feed(chunk)
                await to_thread.run_sync(intake.take, events)
            reader.finish()
            return await to_thread.run_sync(intake.finish)
        finally:
            intake.close()
    except UploadMalformed as error:
        raise AttachmentMalformed from error
    except FileTooLarge as error:
        raise AttachmentTooLarge(max_bytes=max_bytes) from error


@dataclass
class _Intake:
    path: Path
    max_bytes: int
    _sink: FileSink | None = None
    _name: str = ""
    _is_file_open: bool = False
    _field: str = ""
    _fields: dict[str, bytearray] = field(default_factory=dict)

    def take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, PartBegan):
                self._begin(event)
            elif isinstance(event, PartContinued):
                self._continue(event.content)

    def finish(self) -> ReceivedAttachment:
        if self._sink is None:
            raise AttachmentMalformed
        fields = {
            name: content.decode("utf-8", "replace") for name, content in self._fields.items()
        }
        return ReceivedAttachment(self._sink.received(), self._name, fields)

    def close(self) -> None:
        if self._sink is not None:
            self._sink.close()

    def _begin(self, part: PartBegan) -> None:
        self._is_file_open = part.file_name is not None
        if part.file_name is None:
            self._field = part.field
            self._fields[part.field] = bytearray()
            return
        if self._sink is not None or part.field != _FILE_FIELD:
            raise AttachmentMalformed
        self._name = part.file_name
        self._sink = FileSink(self.path, max_bytes=self.max_bytes)

    def _continue(self, content: bytes) -> None:
        if self._is_file_open and self._sink is not None:
            self._sink.write(content)
            return
        kept = self._fields[self._field]
        kept += content
        if len(kept) > _MAX_FIELD_BYTES:
            raise AttachmentMalformed
