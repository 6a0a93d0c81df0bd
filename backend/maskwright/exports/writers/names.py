"""File names inside an archive: safe on every system, and unique, in constant memory."""

import re
import unicodedata
from hashlib import blake2b
from uuid import UUID

_UNSAFE = re.compile(r"[^\w.\-+@()\[\] ]+")
_MAX_STEM = 120
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)
_SUFFIXES_OF_MEDIA_TYPE = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "image/bmp": (".bmp",),
}


class FileNames:
    """Gives every asset a name that no other one has.

    Names used so far are remembered as bits of a Bloom filter of 16 MiB, not as names: a million
    of them would take 100 MB. What it wrongly takes for used (one of 10⁹ names, after a million)
    merely gets the asset's id into its name, like a name that is used indeed.
    """

    _BYTES = 1 << 24
    _PROBES = 8

    def __init__(self) -> None:
        self._seen = bytearray(self._BYTES)

    def assign(self, asset_id: UUID, name: str, media_type: str) -> str:
        """The asset's own name where it is safe and free, else the nearest one that is.

        Unique without regard to the suffix, since masks and labels are named after images with
        suffixes of their own, and without regard to case, for file systems that have none.
        """
        stem, suffix = _split(name, media_type)
        wanted = stem
        attempt = 0
        while not self._take(wanted.casefold()):
            attempt += 1
            wanted = f"{stem}-{asset_id}" if attempt == 1 else f"{stem}-{asset_id}-{attempt}"
        return wanted + suffix

    def _take(self, stem: str) -> bool:
        """Whether a stem is free; it is not afterwards."""
        digest = blake2b(stem.encode(), digest_size=4 * self._PROBES).digest()
        was_free = False
        for start in range(0, len(digest), 4):
            bit = int.from_bytes(digest[start : start + 4]) % (self._BYTES * 8)
            if not self._seen[bit >> 3] & 1 << (bit & 7):
                was_free = True
                self._seen[bit >> 3] |= 1 << (bit & 7)
        return was_free


def _split(name: str, media_type: str) -> tuple[str, str]:
    """A safe stem, and a suffix that is true."""
    suffixes = _SUFFIXES_OF_MEDIA_TYPE.get(media_type, ("",))
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = base.rpartition(".")
    is_true = bool(dot) and f".{suffix.lower()}" in suffixes
    stem, suffix = (stem, f".{suffix.lower()}") if is_true else (base, suffixes[0])
    safe = _UNSAFE.sub("_", stem)[:_MAX_STEM].strip(" .")
    if not safe or safe.split(".")[0].lower() in _RESERVED:
        safe = f"image_{safe}".rstrip("_")
    return safe, suffix
