"""multipart/form-data as a stream of events.

Starlette's own parser keeps files of up to a megabyte in memory and the others open until the
request has ended: a thousand photographs are then a gigabyte, or as many open files. Here each
file is done with before the next begins.
"""

from dataclasses import dataclass, field

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from maskwright.assets.errors import UploadMalformed


@dataclass(frozen=True, slots=True)
class PartBegan:
    field: str
    file_name: str | None


@dataclass(frozen=True, slots=True)
class PartContinued:
    content: bytes


@dataclass(frozen=True, slots=True)
class PartEnded:
    pass


Event = PartBegan | PartContinued | PartEnded


@dataclass
class _Header:
    name: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)


class MultipartReader:
    """Feed it what arrives; it tells what that means. Holds no more than it was fed last."""

    def __init__(self, content_type: str) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise UploadMalformed
        self._events: list[Event] = []
        self._header = _Header()
        self._disposition = b""
        self._ended = False
        try:
            self._parser = MultipartParser(boundary, self._callbacks())  # type: ignore[arg-type]
        except FormParserError as error:
            raise UploadMalformed from error

    def feed(self, chunk: bytes) -> list[Event]:
        """Raises UploadMalformed."""
        self._events = []
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise UploadMalformed from error
        return self._events

    def finish(self) -> None:
        """Raises UploadMalformed where the last boundary never came."""
        if not self._ended:
            raise UploadMalformed

    def _callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self._begin_part,
            "on_header_field": self._add_header_name,
            "on_header_value": self._add_header_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._end_headers,
            "on_part_data": self._add_content,
            "on_part_end": lambda: self._events.append(PartEnded()),
            "on_end": self._end,
        }

    def _begin_part(self) -> None:
        self._disposition = b""
        self._header = _Header()

    def _add_header_name(self, chunk: bytes, start: int, end: int) -> None:
        self._header.name += chunk[start:end]

    def _add_header_value(self, chunk: bytes, start: int, end: int) -> None:
        self._header.value += chunk[start:end]

    def _end_header(self) -> None:
        if self._header.name.lower() == b"content-disposition":
            self._disposition = bytes(self._header.value)
        self._header = _Header()

    def _end_headers(self) -> None:
        _, options = parse_options_header(self._disposition)
        if b"name" not in options:
            raise UploadMalformed
        file_name = options.get(b"filename")
        self._events.append(
            PartBegan(
                _decoded(options[b"name"]), None if file_name is None else _decoded(file_name)
            )
        )

    def _add_content(self, chunk: bytes, start: int, end: int) -> None:
        self._events.append(PartContinued(chunk[start:end]))

    def _end(self) -> None:
        self._ended = True


def _decoded(raw: bytes) -> str:
    """UTF-8 as browsers send it, with the three characters that they escape."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("latin-1")
    return text.replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
