"""Rules over a whole ontology that no single field shows. No I/O."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from maskwright.ontologies.domain import (
    MAX_ATTRIBUTES,
    MAX_CLASSES,
    MAX_DEPTH,
    MAX_RELATIONS,
    Attribute,
    AttributeKind,
    Node,
    OntologyClass,
    Relation,
    classes_of,
    walk,
)

_CHOICES = (AttributeKind.RADIO, AttributeKind.CHECKLIST)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where: `field` is written as a client writes it."""

    field: str
    message: str


def check_tree(nodes: Sequence[Node], known_class_ids: frozenset[UUID]) -> list[Finding]:
    """Everything wrong with this tree; an empty list where it can be saved.

    known_class_ids  ids of the project's classes, retired ones included: a class with an id must
                     be one of them, since ids are given by the server.
    """
    findings = [*_check_size(nodes), *_check_siblings(nodes, "classes")]
    findings += _check_hotkeys(nodes)
    findings += _check_ids(nodes, known_class_ids)
    findings += _check_questions(nodes)
    for path, node in _paths(nodes, "classes"):
        if isinstance(node, OntologyClass):
            findings += _check_attributes(node.attributes, f"{path}.attributes", 0)
    return findings


def check_image_attributes(attributes: Sequence[Attribute]) -> list[Finding]:
    """The same for what is asked of the image as a whole."""
    ids = list(_ids_of(attributes))
    findings = list(_check_attributes(attributes, "image_attributes", 0))
    if len(set(ids)) < len(ids):
        findings.append(Finding("image_attributes", "Two attributes or options have one id."))
    if len(ids) > MAX_ATTRIBUTES:
        findings.append(
            Finding(
                "image_attributes",
                f"{len(ids)} attributes and options are more than the {MAX_ATTRIBUTES} allowed.",
            )
        )
    return findings


def check_relations(
    relations: Sequence[Relation], class_ids: Collection[UUID | None]
) -> list[Finding]:
    """class_ids  of the tree that is saved with them: an end can only be at one of these."""
    findings: list[Finding] = []
    if len(relations) > MAX_RELATIONS:
        findings.append(
            Finding(
                "relations",
                f"{len(relations)} relations are more than the {MAX_RELATIONS} allowed.",
            )
        )
    names: set[str] = set()
    ids: set[UUID] = set()
    for position, relation in enumerate(relations):
        here = f"relations[{position}]"
        if relation.name.casefold() in names:
            findings.append(Finding(f"{here}.name", f"“{relation.name}” is there twice."))
        names.add(relation.name.casefold())
        if relation.id in ids:
            findings.append(Finding(f"{here}.id", "Two relations have this id."))
        ids.add(relation.id)
        for end in ("from_classes", "to_classes"):
            if not set(getattr(relation, end)) <= set(class_ids):
                message = f"“{relation.name}” names a class that is not in the ontology."
                findings.append(Finding(f"{here}.{end}", message))
    return findings


def _check_size(nodes: Sequence[Node]) -> Iterator[Finding]:
    count = len(classes_of(nodes))
    if count > MAX_CLASSES:
        yield Finding("classes", f"{count} classes are more than the {MAX_CLASSES} allowed.")
    if any(depth >= MAX_DEPTH for _, depth in walk(nodes)):
        yield Finding("classes", f"Classes may be nested {MAX_DEPTH} levels deep at most.")


def _check_siblings(nodes: Sequence[Node], path: str) -> Iterator[Finding]:
    """Names may repeat in other branches (front wheel, back wheel), not side by side."""
    seen: set[str] = set()
    for position, node in enumerate(nodes):
        here = f"{path}[{position}]"
        if node.name.casefold() in seen:
            yield Finding(f"{here}.name", f"“{node.name}” stands here twice.")
        seen.add(node.name.casefold())
        yield from _check_siblings(node.children, f"{here}.children")


def _check_hotkeys(nodes: Sequence[Node]) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for path, node in _paths(nodes, "classes"):
        if not isinstance(node, OntologyClass) or node.hotkey is None:
            continue
        if node.hotkey in owner:
            taken = owner[node.hotkey]
            yield Finding(f"{path}.hotkey", f"The key {node.hotkey} is taken by “{taken}”.")
        owner.setdefault(node.hotkey, node.name)


def _check_ids(nodes: Sequence[Node], known_class_ids: frozenset[UUID]) -> Iterator[Finding]:
    times = Counter(node.id for node, _ in walk(nodes) if node.id is not None)
    for path, node in _paths(nodes, "classes"):
        if node.id is None:
            continue
        if times[node.id] > 1:
            yield Finding(f"{path}.id", "Two nodes have this id. Leave it out of the new one.")
        if isinstance(node, OntologyClass) and node.id not in known_class_ids:
            yield Finding(f"{path}.id", "No class of this project has this id. Leave it out.")


def _check_questions(nodes: Sequence[Node]) -> Iterator[Finding]:
    """Answers are kept under ids alone, so that no two questions or options of one class may
    share one."""
    count = 0
    for path, node in _paths(nodes, "classes"):
        if not isinstance(node, OntologyClass):
            continue
        ids = list(_ids_of(node.attributes))
        count += len(ids)
        if len(set(ids)) < len(ids):
            yield Finding(
                f"{path}.attributes", f"Two attributes or options of “{node.name}” have one id."
            )
    if count > MAX_ATTRIBUTES:
        yield Finding(
            "classes",
            f"{count} attributes and options are more than the {MAX_ATTRIBUTES} allowed.",
        )


def _ids_of(attributes: Sequence[Attribute]) -> Iterator[UUID]:
    for attribute in attributes:
        yield attribute.id
        for option in attribute.options:
            yield option.id
            yield from _ids_of(option.attributes)


def _check_attributes(attributes: Sequence[Attribute], path: str, depth: int) -> Iterator[Finding]:
    if depth >= MAX_DEPTH:
        yield Finding(path, f"Attributes may be nested {MAX_DEPTH} levels deep at most.")
        return
    seen: set[str] = set()
    for position, attribute in enumerate(attributes):
        here = f"{path}[{position}]"
        if attribute.name.casefold() in seen:
            yield Finding(f"{here}.name", f"“{attribute.name}” is asked twice.")
        seen.add(attribute.name.casefold())
        yield from _check_attribute(attribute, here)
        for place, option in enumerate(attribute.options):
            inner = f"{here}.options[{place}].attributes"
            yield from _check_attributes(option.attributes, inner, depth + 1)


def _check_attribute(attribute: Attribute, path: str) -> Iterator[Finding]:
    if attribute.kind in _CHOICES:
        if not attribute.options:
            yield Finding(f"{path}.options", f"“{attribute.name}” needs at least one option.")
        names = Counter(option.name.casefold() for option in attribute.options)
        for place, option in enumerate(attribute.options):
            if names[option.name.casefold()] > 1:
                yield Finding(f"{path}.options[{place}].name", f"“{option.name}” is there twice.")
    elif attribute.options:
        yield Finding(f"{path}.options", "Only a radio or a checklist has options.")
    if attribute.min is not None and attribute.max is not None and attribute.min > attribute.max:
        yield Finding(f"{path}.min", "The smallest value is above the largest.")
    problem = _wrong_default(attribute)
    if problem:
        yield Finding(f"{path}.default", problem)


def _wrong_default(attribute: Attribute) -> str | None:
    default = attribute.default
    if default is None:
        return None
    ids = {str(option.id) for option in attribute.options}
    match attribute.kind:
        case AttributeKind.RADIO if default not in ids:
            return "The default must be the id of one of the options."
        case AttributeKind.CHECKLIST if not isinstance(default, list) or not ids.issuperset(
            default
        ):
            return "The default must be a list of the options' ids."
        case AttributeKind.NUMBER if not isinstance(default, (int, float)):
            return "The default must be a number."
        case AttributeKind.TEXT if not isinstance(default, str):
            return "The default must be a text."
    return None


def _paths(nodes: Sequence[Node], path: str) -> Iterator[tuple[str, Node]]:
    for position, node in enumerate(nodes):
        here = f"{path}[{position}]"
        yield here, node
        yield from _paths(node.children, f"{here}.children")
