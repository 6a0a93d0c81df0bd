"""Which changes of an ontology people who are drawing must hear of at once. No I/O."""

from collections.abc import Sequence
from typing import Protocol

from maskwright.ontologies.domain import Attribute, Node, OntologyClass, Relation, classes_by_id


class Asked(Protocol):
    """An ontology: what can be drawn, and what is asked."""

    @property
    def nodes(self) -> Sequence[Node]: ...
    @property
    def image_attributes(self) -> Sequence[Attribute]: ...
    @property
    def relations(self) -> Sequence[Relation]: ...


def changes_meaning(before: Asked, after: Asked) -> bool:
    """Whether work by the one may be wrong by the other.

    It is where a class is gone or is another one by name, kind, layer or questions; where an
    image is asked something else; where a relationship is. What is only shown otherwise (colours,
    keys, order, groups, descriptions) and what is only added and need not be answered is not.
    """
    had, has = classes_by_id(before.nodes), classes_by_id(after.nodes)
    if any(id_ not in has or _is_another(had[id_], has[id_]) for id_ in had):
        return True
    if _asks_otherwise(before.image_attributes, after.image_attributes):
        return True
    return not set(before.relations) <= set(after.relations)


def _is_another(before: OntologyClass, after: OntologyClass) -> bool:
    return (before.name, before.kind, before.layer, before.overlapping) != (
        after.name,
        after.kind,
        after.layer,
        after.overlapping,
    ) or _asks_otherwise(before.attributes, after.attributes)


def _asks_otherwise(before: Sequence[Attribute], after: Sequence[Attribute]) -> bool:
    """A default is an answer that nobody gave yet: another one changes no question."""
    asked = {attribute.id: _question(attribute) for attribute in before}
    asks = {attribute.id: _question(attribute) for attribute in after}
    added = (attribute for id_, attribute in asks.items() if id_ not in asked)
    return any(asks.get(id_) != question for id_, question in asked.items()) or any(
        attribute.required for attribute in added
    )


def _question(attribute: Attribute) -> Attribute:
    return attribute.model_copy(update={"default": None})
