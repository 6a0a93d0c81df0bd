"""The zip that an export becomes, written to disk piece by piece.

What is too large to hold in memory (the lists of a COCO file) is spooled to a scratch file first,
since a zip takes one member at a time.
"""

import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_CHUNK_BYTES = 1 << 20
_ENCODERS = 2
_DEFLATE_LEVEL = (
    1  # of JSON with run lengths, level 6 saves a tenth more and takes four times as long
)


def to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class JsonLines:
    """JSON values on disk, one a line: a list of any length in the memory of one item."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w", encoding="utf-8", newline="\n")
        self.count = 0

    def append(self, value: object) -> None:
        self._file.write(to_json(value))
        self._file.write("\n")
        self.count += 1

    def close(self) -> None:
        self._file.close()

    def lines(self) -> Iterator[bytes]:
        """Every line as it was written, line feed included."""
        self._file.close()
        with self._path.open("rb") as written:
            yield from written


class _DirectoryOnDisk(list[ZipInfo]):
    """The members of a zip, kept as lines of a scratch file until its directory is written.

    ZipFile keeps an object of 400 bytes for every member, in a list that it appends to, counts and
    goes through once at the end: 400 MB for the masks of a million images.
    """

    _FIELDS = (
        "date_time", "compress_type", "create_system", "create_version", "extract_version",
        "flag_bits", "external_attr", "header_offset", "CRC", "compress_size", "file_size",
    )  # fmt: skip

    def __init__(self, lines: JsonLines) -> None:
        super().__init__()
        self._lines = lines

    def append(self, member: ZipInfo) -> None:
        fields = [getattr(member, name) for name in self._FIELDS]
        self._lines.append([member.filename, *fields])

    def __len__(self) -> int:
        return self._lines.count

    def __iter__(self) -> Iterator[ZipInfo]:
        for line in self._lines.lines():
            filename, *fields = json.loads(line)
            member = ZipInfo(filename)
            for name, value in zip(self._FIELDS, fields, strict=True):
                setattr(member, name, value)
            yield member


class _NoNames(dict[str, ZipInfo]):
    """What ZipFile looks names up in, which a file that is only written has no use for."""

    def __setitem__(self, name: str, member: ZipInfo) -> None:
        """Names are unique by `names.FileNames`."""


class Archive:
    """A zip under construction. The manifest closes it, with the SHA-256 of every other file.

    Images are packed by threads of its own: zlib works outside of Python's lock, so that the
    next page is read and the next map painted meanwhile.
    """

    def __init__(self, path: Path, scratch: Path, written_at: datetime) -> None:
        self._scratch = scratch
        self._date_time = written_at.timetuple()[:6]
        # Zip64 is allowed throughout: whether it is needed is known when it is too late.
        self._zip = ZipFile(path, "w", compresslevel=_DEFLATE_LEVEL, allowZip64=True)
        self._lists: list[JsonLines] = []
        self._zip.filelist = _DirectoryOnDisk(self.json_lines("directory"))
        self._zip.NameToInfo = _NoNames()
        self._files = self.json_lines("files")
        self._encoders = ThreadPoolExecutor(_ENCODERS, thread_name_prefix="export-encoder")
        self._encoding: deque[tuple[str, Future[bytes]]] = deque()

    def json_lines(self, name: str) -> JsonLines:
        """A scratch list; it becomes part of the archive by `add_json`."""
        lines = JsonLines(self._scratch / f"{name}.jsonl")
        self._lists.append(lines)
        return lines

    def add_bytes(self, name: str, content: bytes, *, is_compressed: bool) -> None:
        """A file that is at hand. Say whether compressing it again would be wasted time."""
        self._zip.writestr(self._member(name, is_compressed), content, compresslevel=_DEFLATE_LEVEL)
        self._files.append([name, sha256(content).hexdigest(), len(content)])

    def add_encoded(self, name: str, encode: Callable[[], bytes]) -> None:
        """A compressed file that `encode` makes, soon, in another thread."""
        self._encoding.append((name, self._encoders.submit(encode)))
        self._write_encoded(waiting=_ENCODERS)

    def add_file(self, name: str, source: Path) -> None:
        """A copy of a file on disk, an image mostly; it is not compressed again."""
        with source.open("rb") as opened:
            self._add_chunks(name, iter(lambda: opened.read(_CHUNK_BYTES), b""), is_compressed=True)

    def add_json(self, name: str, document: Mapping[str, object]) -> None:
        """A JSON object; its members that are `JsonLines` become lists."""
        self._add_chunks(name, _document_chunks(document), is_compressed=False)

    def add_json_list(self, name: str, items: JsonLines) -> None:
        self._add_chunks(name, _list_chunks(items), is_compressed=False)

    def add_ndjson(self, name: str, items: JsonLines) -> None:
        self._add_chunks(name, items.lines(), is_compressed=False)

    def close(self, manifest: Mapping[str, object]) -> None:
        self._write_encoded(waiting=0)
        self._encoders.shutdown()
        document = _document_chunks({**manifest, "files": _FileList(self._files)})
        self._write_chunks("manifest.json", document, is_compressed=False)
        self._zip.close()

    def abandon(self) -> None:
        """Close what is open; the half-written file is of no use."""
        self._encoders.shutdown(cancel_futures=True)
        for lines in self._lists:
            lines.close()
        self._zip.close()

    def _write_encoded(self, *, waiting: int) -> None:
        """Write what was encoded, in the order in which it was added, until so many wait."""
        while len(self._encoding) > waiting:
            name, encoded = self._encoding.popleft()
            self.add_bytes(name, encoded.result(), is_compressed=True)

    def _add_chunks(self, name: str, chunks: Iterable[bytes], *, is_compressed: bool) -> None:
        digest, byte_size = self._write_chunks(name, chunks, is_compressed=is_compressed)
        self._files.append([name, digest, byte_size])

    def _write_chunks(
        self, name: str, chunks: Iterable[bytes], *, is_compressed: bool
    ) -> tuple[str, int]:
        digest, byte_size = sha256(), 0
        member = self._member(name, is_compressed)
        with self._zip.open(member, "w", force_zip64=True) as target:
            for chunk in _gathered(chunks):
                target.write(chunk)
                digest.update(chunk)
                byte_size += len(chunk)
        return digest.hexdigest(), byte_size

    def _member(self, name: str, is_compressed: bool) -> ZipInfo:
        member = ZipInfo(name, self._date_time)
        member.compress_type = ZIP_STORED if is_compressed else ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        return member


class _FileList:
    """The members so far, as the manifest lists them."""

    def __init__(self, lines: JsonLines) -> None:
        self._lines = lines

    def chunks(self) -> Iterator[bytes]:
        opening = b"{\n"
        for line in self._lines.lines():
            name, digest, byte_size = json.loads(line)
            entry = f"{to_json(name)}:{to_json({'sha256': digest, 'bytes': byte_size})}"
            yield opening + entry.encode()
            opening = b",\n"
        yield b"{}" if opening == b"{\n" else b"\n}"


def _document_chunks(document: Mapping[str, object]) -> Iterator[bytes]:
    opening = b"{\n"
    for key, value in document.items():
        yield opening + to_json(key).encode() + b":"
        if isinstance(value, JsonLines):
            yield from _list_chunks(value)
        elif isinstance(value, _FileList):
            yield from value.chunks()
        else:
            yield to_json(value).encode()
        opening = b",\n"
    yield b"\n}\n"


def _list_chunks(items: JsonLines) -> Iterator[bytes]:
    opening = b"[\n"
    for line in items.lines():
        yield opening + line[:-1]
        opening = b",\n"
    yield b"[]" if opening == b"[\n" else b"\n]"


def _gathered(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth a call."""
    gathered: list[bytes] = []
    byte_size = 0
    for chunk in chunks:
        gathered.append(chunk)
        byte_size += len(chunk)
        if byte_size >= _CHUNK_BYTES:
            yield b"".join(gathered)
            gathered, byte_size = [], 0
    if gathered:
        yield b"".join(gathered)
