"""Ontologies on the wire; the nodes themselves are those of `domain`."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from maskwright.ontologies.domain import Attribute, Node, Relation, Removal


class RemovalAnswer(BaseModel):
    model_config = ConfigDict(extra="forbid")

    action: Removal
    to: UUID | None = None


class OntologyPut(BaseModel):
    """`base_version` is the version that was edited: where it is not the current one any more,
    nothing is saved. Leave it out to overwrite whatever is there.

    `image_attributes` and `relations` stay as they are where they are left out."""

    model_config = ConfigDict(extra="forbid")

    base_version: int | None = None
    classes: tuple[Node, ...]
    image_attributes: tuple[Attribute, ...] | None = None
    relations: tuple[Relation, ...] | None = None
    removed_classes: dict[UUID, RemovalAnswer] = Field(default_factory=dict)


class PersonOut(BaseModel):
    id: UUID
    name: str


class OntologyOut(BaseModel):
    version: int
    created_at: datetime | None
    classes: tuple[Node, ...]
    image_attributes: tuple[Attribute, ...]
    relations: tuple[Relation, ...]


class OntologyVersionOut(BaseModel):
    version: int
    created_at: datetime
    created_by: PersonOut | None
    classes: int
