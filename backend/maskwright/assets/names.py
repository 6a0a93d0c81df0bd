"""Names that people gave to files: shown to people, never used as paths."""

import re
import unicodedata
from dataclasses import dataclass

from maskwright.assets.errors import NameUnsafe

MAX_NAME_LENGTH = 255
_UNNAMED = "unnamed"
_DRIVE = re.compile(r"[A-Za-z]:")
#: Marks that turn the direction of text, with which "gpj.exe" is made to read as "exe.jpg".
_DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class FileName:
    """The last part of a path, and the folders before it (`""` where there were none)."""

    name: str
    folder: str = ""

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.name}" if self.folder else self.name


def file_name(raw: str) -> FileName:
    """What a person reads of the name that came with a file.

    Raises NameUnsafe where it is absolute or climbs out of its folder: nothing here would follow
    it, but what else came from there is not to be trusted either.
    """
    parts = raw.replace("\\", "/").split("/")
    is_absolute = (parts[0] == "" and len(parts) > 1) or _DRIVE.match(raw)
    if is_absolute or ".." in parts:
        raise NameUnsafe(name=printable(raw))
    shown = [printable(part) for part in parts if part not in ("", ".")]
    shown = [part for part in shown if part] or [_UNNAMED]
    return FileName(_shortened(shown[-1]), "/".join(shown[:-1])[:MAX_NAME_LENGTH])


def printable(text: str) -> str:
    """Without control characters, direction marks and what no encoding can hold; at most 255
    characters."""
    kept = (
        letter
        for letter in unicodedata.normalize("NFC", text)
        if unicodedata.category(letter) not in ("Cc", "Cs") and letter not in _DIRECTION_MARKS
    )
    return _shortened("".join(kept).strip())


def _shortened(name: str) -> str:
    """Cut in the middle: the ending tells what it is."""
    if len(name) <= MAX_NAME_LENGTH:
        return name
    return f"{name[: MAX_NAME_LENGTH - 21]}…{name[-20:]}"
