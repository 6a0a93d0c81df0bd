"""The ontology: a tree of groups and classes, and the attributes asked of a class's objects.

The same frozen models are what is stored (JSON) and what is read over HTTP. No I/O.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    TypeAdapter,
)

from maskwright.kernel.ids import new_id

MAX_CLASSES = 1000
MAX_ATTRIBUTES = 10_000  # of a whole ontology, options included
MAX_DEPTH = 8
MAX_LAYER = 15
MAX_RELATIONS = 200

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Color = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$", to_lower=True)]


def _one_key(hotkey: str) -> str:
    """Some capitals, such as İ, are two characters when written small: they name no key."""
    small = hotkey.lower()
    if len(small) != 1 or not small.isprintable() or small.isspace():
        raise ValueError("A hotkey is one visible character.")
    return small


Hotkey = Annotated[str, StringConstraints(min_length=1, max_length=1), AfterValidator(_one_key)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ClassKind(StrEnum):
    THING = "thing"  # countable: every object is an instance of its own
    STUFF = "stuff"  # amorphous: all of it is one region


class AttributeKind(StrEnum):
    RADIO = "radio"
    CHECKLIST = "checklist"
    TEXT = "text"
    NUMBER = "number"


class Option(_Frozen):
    """One answer of a radio or checklist. Its attributes are asked only when it is chosen."""

    id: UUID = Field(default_factory=new_id)
    name: Name
    attributes: tuple["Attribute", ...] = ()


class Attribute(_Frozen):
    """A question about an object (nested classification)."""

    id: UUID = Field(default_factory=new_id)
    name: Name
    kind: AttributeKind
    required: bool = False
    default: str | float | list[str] | None = None
    options: tuple[Option, ...] = ()
    min: float | None = None
    max: float | None = None
    step: float | None = Field(default=None, gt=0)
    multiline: bool = False


class OntologyClass(_Frozen):
    """A class. `index` is given by the server once and is what exports use."""

    type: Literal["class"] = "class"
    id: UUID | None = None
    index: int = 0
    name: Name
    color: Color
    hotkey: Hotkey | None = None
    kind: ClassKind = ClassKind.THING
    layer: int = Field(default=0, ge=0, le=MAX_LAYER)
    #: Instances may overlap each other: each may lie on any layer, not only on that of the class.
    overlapping: bool = False
    description: str = Field(default="", max_length=2000)
    attributes: tuple[Attribute, ...] = ()
    children: tuple["OntologyClass", ...] = ()


class Relation(_Frozen):
    """A way in which one object can stand to another: *wheel* is part of *car*.

    from_classes, to_classes  of which classes its two ends may be; none for any
    """

    id: UUID = Field(default_factory=new_id)
    name: Name
    from_classes: tuple[UUID, ...] = ()
    to_classes: tuple[UUID, ...] = ()


class Group(_Frozen):
    """A heading over classes; nothing is labelled with it."""

    type: Literal["group"]
    id: UUID | None = None
    name: Name
    children: tuple["Node", ...] = ()


def _type_of_node(value: object) -> str:
    """`type` may be left out of a class: a group is the one that says so, all else is a class."""
    kind = value.get("type") if isinstance(value, dict) else getattr(value, "type", None)
    return "group" if kind == "group" else "class"


# Told apart before they are read, so that a fault in a class is told as one of a class.
Node = Annotated[
    Annotated[Group, Tag("group")] | Annotated[OntologyClass, Tag("class")],
    Discriminator(_type_of_node),
]

_NODES: TypeAdapter[tuple[Node, ...]] = TypeAdapter(tuple[Node, ...])


_ATTRIBUTES: TypeAdapter[tuple[Attribute, ...]] = TypeAdapter(tuple[Attribute, ...])
_RELATIONS: TypeAdapter[tuple[Relation, ...]] = TypeAdapter(tuple[Relation, ...])


class Removal(StrEnum):
    """What to do with the objects of a class that leaves the ontology."""

    DELETE_OBJECTS = "delete_objects"
    REASSIGN = "reassign"
    KEEP = "keep"  # they stay, and are exported; the class can't be drawn any more


def tree_from_json(tree: Sequence[object]) -> tuple[Node, ...]:
    return _NODES.validate_python(tree)


def tree_to_json(nodes: Sequence[Node]) -> list[object]:
    return list(_NODES.dump_python(tuple(nodes), mode="json"))


def attributes_from_json(stored: Sequence[object]) -> tuple[Attribute, ...]:
    return _ATTRIBUTES.validate_python(stored)


def attributes_to_json(attributes: Sequence[Attribute]) -> list[object]:
    return list(_ATTRIBUTES.dump_python(tuple(attributes), mode="json"))


def relations_from_json(stored: Sequence[object]) -> tuple[Relation, ...]:
    return _RELATIONS.validate_python(stored)


def relations_to_json(relations: Sequence[Relation]) -> list[object]:
    return list(_RELATIONS.dump_python(tuple(relations), mode="json"))


def walk(nodes: Sequence[Node], depth: int = 0) -> Iterator[tuple[Node, int]]:
    """Every node with its depth, parents first, in the order shown."""
    for node in nodes:
        yield node, depth
        yield from walk(node.children, depth + 1)


def classes_of(nodes: Sequence[Node]) -> list[OntologyClass]:
    """Every class of the tree, in the order shown."""
    return [node for node, _ in walk(nodes) if isinstance(node, OntologyClass)]


def classes_by_id(nodes: Sequence[Node]) -> dict[UUID, OntologyClass]:
    """The classes of a saved tree, all of which have their ids."""
    return {node.id: node for node in classes_of(nodes) if node.id is not None}


def supercategories(nodes: Sequence[Node], parent: str = "") -> dict[UUID, str]:
    """For every class the name of the node it stands under, "" at the top: COCO's
    supercategory."""
    found: dict[UUID, str] = {}
    for node in nodes:
        if isinstance(node, OntologyClass) and node.id is not None:
            found[node.id] = parent
        found.update(supercategories(node.children, node.name))
    return found
