"""Reads zip files of strangers, entry by entry, and gives up before they cost anything.

What is checked before the first entry is read: how many entries there are (counted, not believed),
what they claim to unpack to, and how implausible that is for the archive's size. An entry never
unpacks to more than it claims: the library stops there.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from maskwright.assets.errors import (
    ArchiveBomb,
    ArchiveBroken,
    ArchiveMemberRefused,
    ArchiveTooLarge,
    FileTooLarge,
)
from maskwright.settings import LimitSettings

#: Deflate reaches 1032 on zeros; even drawings in BMP stay far below this on average.
MAX_RATIO = 200
#: Below this no ratio is dangerous.
_HARMLESS_BYTES = 64 * 1024**2

_END = struct.Struct("<4s4H2IH")
_END64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_BYTES = 20
_MAX_COMMENT_BYTES = 65_535
_BYTES_PER_ENTRY = 1024
_READ_ERRORS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)


@dataclass(frozen=True)
class Member:
    """One file of an archive. `path` is as the archive has it: judge it before you show it."""

    path: str
    _archive: ZipFile
    _entry: ZipInfo
    _max_bytes: int

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Its content as a stream; raises ArchiveMemberRefused or FileTooLarge. Damage that shows
        only while reading is an ArchiveMemberRefused, too."""
        self._check()
        try:
            with self._archive.open(self._entry) as content:
                yield content
        except _READ_ERRORS as error:
            raise ArchiveMemberRefused(
                "This entry of the zip file is damaged and can't be unpacked."
            ) from error

    def _check(self) -> None:
        if stat.S_ISLNK(self._entry.external_attr >> 16):
            raise ArchiveMemberRefused("This entry of the zip file is a link, not a file.")
        if self._entry.flag_bits & 0x1:
            raise ArchiveMemberRefused("This entry of the zip file is encrypted.")
        if self._entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ArchiveMemberRefused(
                "This entry is compressed by a method other than deflate. Make the zip file anew."
            )
        if self._entry.file_size > self._max_bytes:
            raise FileTooLarge(max_bytes=self._max_bytes)


@contextmanager
def opened_archive(path: Path, limits: LimitSettings) -> Iterator[Iterator[Member]]:
    """The files of a zip, in its order; folders, dot files and what macOS adds are passed over.

    Raises ArchiveBroken, ArchiveTooLarge or ArchiveBomb before the first file is given out.
    """
    with path.open("rb") as file:
        size = path.stat().st_size
        _check_directory(file, size, limits.zip_entries)
        try:
            archive = ZipFile(file)
        except _READ_ERRORS as error:
            raise ArchiveBroken from error
        with archive:
            entries = [entry for entry in archive.infolist() if _is_wanted(entry)]
            _check_totals(entries, size, limits)
            yield (Member(e.filename, archive, e, limits.file_bytes) for e in entries)


def _is_wanted(entry: ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    return not (entry.is_dir() or hidden or "__MACOSX" in parts)


def _check_totals(entries: list[ZipInfo], size: int, limits: LimitSettings) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > _HARMLESS_BYTES and total > MAX_RATIO * size:
        raise ArchiveBomb(
            "The zip file claims to unpack to implausibly much data. Nothing of it was read.",
            unpacked_bytes=total,
        )
    if total > limits.zip_total_bytes:
        raise ArchiveTooLarge(unpacked_bytes=total, max_bytes=limits.zip_total_bytes)


def _check_directory(file: BinaryIO, size: int, max_entries: int) -> None:
    """Bound the table of contents before the library makes objects of it (a few hundred bytes
    each): an archive may say that it has one entry and list millions."""
    start = max(0, size - _END.size - _MAX_COMMENT_BYTES)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise ArchiveBroken
    fields = _END.unpack_from(tail, at)
    entries, directory_bytes, end = fields[4], fields[5], start + at
    end64 = end - _LOCATOR_BYTES - _END64.size
    file.seek(max(0, end64))
    record64 = file.read(_END64.size + 4)
    if end64 >= 0 and record64.startswith(b"PK\x06\x06") and record64.endswith(b"PK\x06\x07"):
        fields64 = _END64.unpack_from(record64)
        entries, directory_bytes, end = fields64[7], fields64[8], end64
    too_many = entries > max_entries or directory_bytes > max_entries * _BYTES_PER_ENTRY
    if not too_many:
        file.seek(max(0, end - directory_bytes))
        too_many = file.read(directory_bytes).count(b"PK\x01\x02") > max_entries
    if too_many:
        raise ArchiveTooLarge(
            f"The zip file has more than {max_entries} entries. Split it.", max_entries=max_entries
        )
