"""What an export is, its states and formats, and what its files are made of. No I/O."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from maskwright.annotations.domain import Origin, VersionKind
from maskwright.masks.codec import Box, Rle
from maskwright.ontologies.domain import ClassKind


class ExportFormat(StrEnum):
    COCO_INSTANCES = "coco-instances"
    COCO_PANOPTIC = "coco-panoptic"
    SEMANTIC_PNG = "semantic-png"
    INSTANCE_PNG = "instance-png"
    NDJSON = "ndjson"
    YOLO_SEG = "yolo-seg"


class ExportState(StrEnum):
    QUEUED = "queued"  # → RUNNING, CANCELLED
    RUNNING = "running"  # → DONE, FAILED, CANCELLED; → QUEUED when its worker died
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_finished(self) -> bool:
        return self in (ExportState.DONE, ExportState.FAILED, ExportState.CANCELLED)


class ExportedKind(StrEnum):
    """Which of an asset's label versions may be exported; the newest of them is."""

    SUBMITTED = VersionKind.SUBMITTED.value
    REVIEWED = VersionKind.REVIEWED.value
    IMPORTED = VersionKind.IMPORTED.value


class ExportFilter(BaseModel):
    """What goes into an export. Left empty: every labelled image with all of its objects."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: Annotated[tuple[UUID, ...], Field(min_length=1)] | None = Field(
        default=None, description="only objects of these classes; images without any stay in"
    )
    kinds: Annotated[tuple[ClassKind, ...], Field(min_length=1)] | None = Field(
        default=None, description="only objects of thing classes, or only of stuff classes"
    )
    states: Annotated[tuple[ExportedKind, ...], Field(min_length=1)] = Field(
        default=(ExportedKind.SUBMITTED, ExportedKind.REVIEWED),
        description="the newest label of an image that is in one of these states is exported",
    )
    model: UUID | None = Field(
        default=None, description="what this model predicted, instead of what people labelled"
    )
    include_unlabelled: bool = Field(
        default=False, description="images without such a label too, as images without objects"
    )

    @property
    def version_kinds(self) -> Sequence[str]:
        """What a model predicts is imported, and in no other state."""
        return self.states if self.model is None else (ExportedKind.IMPORTED,)


@dataclass(frozen=True, slots=True)
class Category:
    """A class as files name it. `retired`: no longer in the ontology, but objects of it exist."""

    id: UUID
    index: int
    name: str
    supercategory: str
    color: str
    kind: ClassKind
    retired: bool

    @property
    def rgb(self) -> tuple[int, int, int]:
        value = int(self.color.removeprefix("#"), 16)
        return value >> 16, value >> 8 & 255, value & 255


@dataclass(frozen=True, slots=True)
class ExportedVersion:
    """The label version of an asset that is exported."""

    id: UUID
    number: int
    kind: VersionKind
    origin: Origin
    ontology_version: int
    active_ms: int
    created_at: datetime
    object_count: int
    image_attributes: Mapping[str, object]
    """as they are kept, by ids; files have them as `ExportedImage.attributes`"""


@dataclass(frozen=True, slots=True)
class ExportedAsset:
    id: UUID
    name: str
    external_id: str | None
    width: int
    height: int
    media_type: str
    original_key: str
    version: ExportedVersion | None

    @property
    def size(self) -> tuple[int, int]:
        """(height, width)"""
        return self.height, self.width


@dataclass(frozen=True, slots=True)
class ExportedImage:
    """An asset under the number and the names that it has in this export's files."""

    number: int
    asset: ExportedAsset
    file_name: str
    """safe, and unique without regard to case and suffix"""
    attributes: Mapping[str, object]
    """answers about the image as people read them: names, not ids"""

    @property
    def stem(self) -> str:
        return self.file_name.rpartition(".")[0]


@dataclass(frozen=True, slots=True)
class ExportedObject:
    """One object, in the order in which it is painted: lower layers first."""

    key: UUID
    category: Category
    layer: int
    attributes: Mapping[str, object]
    """as people read them: names, not ids"""
    provenance: Mapping[str, object]
    relationships: Sequence[Mapping[str, object]]
    """each with the other object's key, and the relation's name"""
    mask: Rle
    area: int
    bbox: Box


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What holds for the whole of an export."""

    export_id: UUID
    project_id: UUID
    project_name: str
    format: ExportFormat
    ontology_version: int
    categories: Sequence[Category]
    """by index; retired ones too"""
    include_images: bool
    filter: ExportFilter
    generator: str
    created_at: datetime
