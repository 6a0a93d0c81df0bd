"""What a model says about images. No I/O."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """What became of one image's predictions."""

    ADDED = "added"
    REPLACED = "replaced"  # the model had said something else of this image before
    UNCHANGED = "unchanged"  # it had said the same
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ModelName:
    """How scripts name a model; the two together are one."""

    name: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}".rstrip()


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """A model and what it predicted in a project; deleted ones are not told of.

    confidence  the mean of the images' lowest confidences; None where none was sent
    """

    id: UUID
    name: str
    version: str
    created_at: datetime
    newest_at: datetime | None
    images: int
    objects: int
    confidence: float | None
    is_prelabel: bool


@dataclass(frozen=True, slots=True)
class PredictedImage:
    """What one model said about one image.

    version_id  the label version that holds the objects
    confidence  that of its least certain object
    """

    asset_id: UUID
    asset_name: str
    model_id: UUID
    version_id: UUID
    objects: int
    confidence: float | None
    updated_at: datetime
