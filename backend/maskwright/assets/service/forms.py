"""The files of a request whose handler needs them side by side: annotations name images, and masks
lie beside lists that explain them. They are put into a folder, zip files unpacked."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

from anyio import CapacityLimiter, to_thread

from maskwright.assets.archives import opened_archive
from maskwright.assets.errors import FileRefused, UploadTooLarge
from maskwright.assets.imaging.formats import is_zip
from maskwright.assets.multipart import Event, MultipartReader, PartBegan, PartContinued
from maskwright.assets.names import FileName, file_name, printable
from maskwright.assets.receiving import FileSink, ReceivedFile, receive
from maskwright.settings import LimitSettings

#: What arrives is gathered up to this before a thread is asked to write it.
_GATHERED_BYTES = 1024**2
_MAX_FIELD_BYTES = 1024**2


@dataclass(frozen=True, slots=True)
class FormFile:
    """One file, or one of a zip; `field` is that of the form."""

    field: str
    name: FileName
    received: ReceivedFile


@dataclass
class Form:
    """What a request brought. Refused files are told by name."""

    files: list[FormFile] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    refused: list[tuple[str, FileRefused]] = field(default_factory=list)


async def receive_form(
    chunks: AsyncIterator[bytes],
    content_type: str,
    folder: Path,
    limits: LimitSettings,
    limiter: CapacityLimiter,
) -> Form:
    """Read a whole request into `folder`, which the caller removes.

    Raises UploadMalformed, or UploadTooLarge where there is more than `limits` allow.
    """
    intake = _Intake(folder, limits)
    reader = MultipartReader(content_type)
    gathered, total = bytearray(), 0
    try:
        async for chunk in chunks:
            gathered += chunk
            total += len(chunk)
            if total > limits.upload_bytes:
                raise UploadTooLarge(max_bytes=limits.upload_bytes)
            if len(gathered) >= _GATHERED_BYTES:
                await to_thread.run_sync(intake.take, reader.feed(bytes(gathered)), limiter=limiter)
                gathered.clear()
        await to_thread.run_sync(intake.take, reader.feed(bytes(gathered)), limiter=limiter)
        reader.finish()
    finally:
        intake.close()
    return intake.form


@dataclass
class _Intake:
    """Blocking; used by one thread at a time."""

    folder: Path
    limits: LimitSettings
    form: Form = field(default_factory=Form)
    _part: PartBegan | None = None
    _sink: FileSink | None = None
    _text: bytearray = field(default_factory=bytearray)
    _paths: int = 0

    def take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, PartBegan):
                self._begin(event)
            elif isinstance(event, PartContinued):
                self._go_on(event.content)
            else:
                self._end()

    def close(self) -> None:
        if self._sink is not None:
            self._sink.close()

    def _begin(self, part: PartBegan) -> None:
        self._part = part
        if part.file_name is not None:
            self._sink = FileSink(self._new_path(), max_bytes=self.limits.file_bytes)
        self._text.clear()

    def _go_on(self, content: bytes) -> None:
        if self._sink is not None:
            self._sink.write(content)
            return
        self._text += content
        if len(self._text) > _MAX_FIELD_BYTES:
            raise UploadTooLarge(max_bytes=_MAX_FIELD_BYTES)

    def _end(self) -> None:
        part, sink = self._part, self._sink
        self._part = self._sink = None
        if part is None:
            return
        if sink is None:
            self.form.fields[part.field] = self._text.decode("utf-8", "replace")
            return
        with sink:
            # A form whose file input was left empty sends a part without a name.
            if part.file_name:
                self._take_file(part.field, part.file_name, sink)

    def _take_file(self, field_name: str, raw_name: str, sink: FileSink) -> None:
        try:
            received = sink.received()
            name = file_name(raw_name)
            with received.path.open("rb") as opened:
                is_archive = is_zip(opened.read(4))
            if is_archive:
                self._unpack(field_name, received)
            else:
                self.form.files.append(FormFile(field_name, name, received))
        except FileRefused as error:
            self._refuse(raw_name, error)

    def _unpack(self, field_name: str, archive: ReceivedFile) -> None:
        with opened_archive(archive.path, self.limits) as members:
            for member in members:
                try:
                    name = file_name(member.path)
                    with member.opened() as content:
                        received = receive(
                            content, self._new_path(), max_bytes=self.limits.file_bytes
                        )
                    self.form.files.append(FormFile(field_name, name, received))
                except FileRefused as error:
                    self._refuse(member.path, error)
        archive.path.unlink()

    def _refuse(self, raw_name: str, error: FileRefused) -> None:
        error.__cause__ = error.__context__ = None
        self.form.refused.append((printable(raw_name), error.with_traceback(None)))

    def _new_path(self) -> Path:
        """Never by the name that came with a file."""
        if self._paths >= self.limits.upload_files:
            raise UploadTooLarge(max_files=self.limits.upload_files)
        self._paths += 1
        return self.folder / f"{self._paths:06}"
