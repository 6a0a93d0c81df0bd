"""Objects of labels on the wire, and label versions."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, WithJsonSchema

from maskwright.annotations.domain import MAX_OBJECT_LAYER, Origin, StoredObject, VersionKind

MAX_INTEGER = 2**31 - 1
MAX_MILLISECONDS = 2**53

#: COCO run lengths. Any JSON value gets through here: `masks` reads it strictly, and names the
#: object where it is not one.
MaskIn = Annotated[
    Any,
    WithJsonSchema(
        {
            "type": "object",
            "title": "Mask",
            "description": "COCO RLE with compressed counts: column-major, zeros first.",
            "properties": {
                "size": {
                    "type": "array",
                    "items": {"type": "integer"},
                    "minItems": 2,
                    "maxItems": 2,
                    "description": "[height, width]",
                },
                "counts": {"type": "string"},
            },
            "required": ["size", "counts"],
        }
    ),
]
ClientId = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]+$")]
Milliseconds = Annotated[int, Field(ge=0, le=MAX_MILLISECONDS)]


class RelationshipIn(BaseModel):
    """How this object stands to another of the same label: by a relation of the ontology, or in
    free words where the ontology has none."""

    model_config = ConfigDict(extra="forbid")

    to: UUID
    relation: UUID | None = None
    name: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00]*$")] = ""


class ObjectIn(BaseModel):
    """One object. `key` is made by the client and stays the object's through all versions.

    `mask` may be left out where the draft has one under this key. `layer` is by default that of
    the class.
    """

    model_config = ConfigDict(extra="forbid")

    key: UUID
    class_id: UUID
    layer: Annotated[int, Field(ge=0, le=MAX_OBJECT_LAYER)] | None = None
    mask: MaskIn | None = None
    attributes: dict[str, JsonValue] = Field(default_factory=dict)
    provenance: dict[str, JsonValue] = Field(default_factory=dict)
    relationships: Annotated[list[RelationshipIn], Field(max_length=200)] = Field(
        default_factory=list
    )
    order: Annotated[int, Field(ge=0, le=MAX_INTEGER)] = 0


class DraftIn(BaseModel):
    """Changes of a draft: objects that are new or different, and keys of those that went.

    `image_attributes` are all answers about the image; left out where they did not change.
    """

    model_config = ConfigDict(extra="forbid")

    fence: int
    client_id: ClientId
    seq: Annotated[int, Field(ge=0, le=MAX_MILLISECONDS)]
    upserts: list[ObjectIn] = Field(default_factory=list)
    deletes: list[UUID] = Field(default_factory=list)
    image_attributes: dict[str, JsonValue] | None = None
    active_ms: Milliseconds = 0


class SubmitIn(BaseModel):
    """The finished label: all its objects, and all answers about the image."""

    model_config = ConfigDict(extra="forbid")

    fence: int
    objects: list[ObjectIn]
    image_attributes: dict[str, JsonValue] = Field(default_factory=dict)
    active_ms: Milliseconds = 0


class MaskOut(BaseModel):
    size: tuple[int, int]
    counts: str


class ObjectOut(BaseModel):
    key: UUID
    class_id: UUID
    layer: int
    mask: MaskOut
    attributes: dict[str, Any]
    provenance: dict[str, Any]
    relationships: list[dict[str, Any]]
    order: int

    @classmethod
    def of(cls, stored: StoredObject) -> "ObjectOut":
        return cls(
            key=stored.key,
            class_id=stored.class_id,
            layer=stored.layer,
            mask=MaskOut(size=stored.size, counts=stored.counts),
            attributes=stored.attributes,
            provenance=stored.provenance,
            relationships=stored.relationships,
            order=stored.order,
        )


class AuthorOut(BaseModel):
    id: UUID
    name: str


class LabelVersionOut(BaseModel):
    """One saved state of a label. `objects` is how many it has."""

    id: UUID
    number: int
    kind: VersionKind
    origin: Origin
    author: AuthorOut | None
    created_at: datetime
    active_ms: int
    ontology_version: int
    is_current: bool
    objects: int


class LabelVersionDetail(BaseModel):
    """The same with the objects themselves."""

    id: UUID
    asset_id: UUID
    number: int
    kind: VersionKind
    origin: Origin
    author: AuthorOut | None
    created_at: datetime
    active_ms: int
    ontology_version: int
    is_current: bool
    image_attributes: dict[str, Any]
    objects: list[ObjectOut]
