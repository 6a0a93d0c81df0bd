"""Zip files, honest and hostile."""

import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile, ZipInfo


def zip_of(entries: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def zip_with_link(name: str, target: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        entry = ZipInfo(name)
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, target)
    return buffer.getvalue()


def lzma_zip(entries: dict[str, bytes]) -> bytes:
    return zip_of(entries, ZIP_LZMA)


def encrypted(archive: bytes) -> bytes:
    """The same with the encryption flag set in both headers of its one entry."""
    changed = bytearray(archive)
    central = archive.index(b"PK\x01\x02")
    for position in (6, central + 8):
        flags = struct.unpack_from("<H", changed, position)[0]
        struct.pack_into("<H", changed, position, flags | 1)
    return bytes(changed)


def zip_bomb(total_bytes: int) -> bytes:
    """Deflated zeros: a thousandth of what they unpack to."""
    buffer = BytesIO()
    with (
        ZipFile(buffer, "w", ZIP_DEFLATED) as archive,
        archive.open("zeros.bmp", "w") as entry,
    ):
        for _ in range(total_bytes // 1024**2):
            entry.write(bytes(1024**2))
    return buffer.getvalue()


def overlapping_bomb(entries: int, content: bytes) -> bytes:
    """One compressed file, listed many times in the table of contents."""
    plain = zip_of({"a.bmp": content})
    central = plain.index(b"PK\x01\x02")
    end = plain.index(b"PK\x05\x06")
    record, table = plain[central:end], bytearray()
    for _ in range(entries):
        table += record
    tail = bytearray(plain[end:])
    struct.pack_into("<HHI", tail, 8, entries & 0xFFFF, entries & 0xFFFF, len(table))
    return plain[:central] + bytes(table) + bytes(tail)


def lying_about_its_entries(entries: int) -> bytes:
    """Says that it has one entry, and lists many."""
    archive = bytearray(overlapping_bomb(entries, b"x"))
    end = archive.rindex(b"PK\x05\x06")
    struct.pack_into("<HH", archive, end + 8, 1, 1)
    return bytes(archive)


def lying_about_its_size(content: bytes, claimed: int) -> bytes:
    """An entry that unpacks to more than it claims."""
    archive = bytearray(zip_of({"a.bmp": content}))
    central = archive.index(b"PK\x01\x02")
    struct.pack_into("<I", archive, 22, claimed)
    struct.pack_into("<I", archive, central + 24, claimed)
    return bytes(archive)
