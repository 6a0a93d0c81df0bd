"""Labels and their versions. No I/O."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from maskwright.masks.codec import Box

#: Classes share sixteen layers. Instances that may cover each other spread over more, because on a
#: layer each pixel belongs to one of them.
MAX_OBJECT_LAYER = 63


class VersionKind(StrEnum):
    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    ORPHAN = "orphan"  # a submit that came after its lease was given to somebody else
    IMPORTED = "imported"
    REGION = "region"  # an answer about a part of the image; counts in a consensus only, there only
    SURROUNDINGS = "surroundings"  # what people agreed on around a region, shown to who is asked


class Origin(StrEnum):
    HUMAN = "human"
    IMPORT = "import"
    MODEL = "model"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class WorkPlace:
    """Where somebody's work goes: the task and its image, and by which rules it is judged."""

    organization_id: UUID
    project_id: UUID
    task_id: UUID
    asset_id: UUID
    author_id: UUID
    lease_id: UUID
    size: tuple[int, int]
    """(height, width) of the asset"""
    ontology_version: int
    is_whole: bool = False
    """every pixel of layer 0 must belong to an object"""
    is_gold: bool = False
    """an answer to a gold task, which counts for nothing but its score"""
    region: tuple[Box, ...] = ()
    """where the task asks; empty where it asks about the whole image"""


@dataclass(frozen=True, slots=True)
class TruthPlace:
    """Where ground truth goes that nobody drew here: the image, and the task of its label."""

    organization_id: UUID
    project_id: UUID
    task_id: UUID
    asset_id: UUID
    ontology_version: int


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object of a draft or of a version, as it is read back.

    size    (height, width) of the asset, and so of the mask
    counts  COCO's compressed run lengths
    """

    key: UUID
    class_id: UUID
    layer: int
    order: int
    size: tuple[int, int]
    counts: str
    attributes: dict[str, object]
    provenance: dict[str, object]
    relationships: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DraftState:
    """A draft as its author resumes it; version 0 where there is none."""

    version: int = 0
    active_ms: int = 0
    last_seq: dict[str, int] = field(default_factory=dict)
    objects: tuple[StoredObject, ...] = ()
    image_attributes: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftSaved:
    """What was acknowledged: everything of this client up to `seq` is in the draft."""

    version: int
    saved_at: datetime
    seq: int


@dataclass(frozen=True, slots=True)
class VersionRef:
    id: UUID
    number: int
