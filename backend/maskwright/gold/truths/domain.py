"""Ground truth as files say it, and what becomes of it. No I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from maskwright.masks.codec import Rle


class TruthStatus(StrEnum):
    """What becomes of the truth of one image; of a refused one there is a problem."""

    READY = "ready"  # is a gold at once
    LATER = "later"  # is handed out as gold once the image's own task is done
    NEW = "new"  # its image comes with this upload
    REFUSED = "refused"


class TruthProblem(StrEnum):
    """Why a file or an image can't become a gold."""

    NOT_UNDERSTOOD = "not-understood"  # of no known form, or broken
    UNKNOWN_IMAGE = "unknown-image"
    AMBIGUOUS_IMAGE = "ambiguous-image"  # several images are named so
    NOT_READY = "not-ready"  # the image is still processed, or failed
    SIZE_DIFFERS = "size-differs"
    UNKNOWN_CLASS = "unknown-class"
    BAD_MASK = "bad-mask"
    TOO_MANY = "too-many"  # objects
    IS_GOLD = "is-gold"
    TWICE = "twice"  # there is truth of this image further up
    NO_MASK = "no-mask"  # an image of the upload of which nothing is said


class PngMeaning(StrEnum):
    """What the values of maps mean that no list explains."""

    CLASSES = "classes"  # each value is a class
    OBJECTS = "objects"  # each value is an object, all of one class


@dataclass(frozen=True, slots=True)
class Named:
    """How a file names its image, most certain first.

    names  of files, without folders
    """

    asset_id: UUID | None = None
    external_id: str | None = None
    names: tuple[str, ...] = ()

    def __str__(self) -> str:
        return next(iter(self.names), None) or self.external_id or str(self.asset_id or "")


@dataclass(frozen=True, slots=True)
class TruthObject:
    """One object.

    class_name  as the file has it: matched with the ontology later
    mask        decoded; None where `rings` (x1, y1, x2, y2, …) say it
    """

    class_name: str
    mask: Rle | None = None
    rings: tuple[tuple[float, ...], ...] = ()
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Truth:
    """What the files say of one image. Where it can't be read, `problem` says why.

    size  (height, width) as the file gives it
    """

    source: str
    image: Named
    objects: list[TruthObject] = field(default_factory=list)
    size: tuple[int, int] | None = None
    problem: "TruthRefused | None" = None


class TruthRefused(Exception):
    """One image's truth, or one file, can't be used; the message is for people."""

    def __init__(self, problem: TruthProblem, message: str) -> None:
        super().__init__(message)
        self.problem = problem


def stem_of(name: str) -> str:
    """Masks are named after images with another ending."""
    return PurePosixPath(name).stem.casefold()


def bare_name(path: str) -> str:
    """Without folders, of either kind of slash."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]
