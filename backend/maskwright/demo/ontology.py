"""The ontology of the demo: things and stuff, a group, and attributes of every kind."""

from maskwright.ontologies.domain import (
    Attribute,
    AttributeKind,
    ClassKind,
    Group,
    Node,
    OntologyClass,
    Option,
)

_VISIBILITY = Attribute(
    name="Visibility",
    kind=AttributeKind.RADIO,
    required=True,
    options=(
        Option(name="whole"),
        Option(
            name="cut off",
            attributes=(
                Attribute(
                    name="By what",
                    kind=AttributeKind.CHECKLIST,
                    options=(Option(name="image border"), Option(name="another object")),
                ),
            ),
        ),
    ),
)

TREE: tuple[Node, ...] = (
    Group(
        type="group",
        name="Living things",
        children=(
            OntologyClass(
                name="Person",
                color="#e8590c",
                hotkey="1",
                attributes=(_VISIBILITY,),
                description="Everything that belongs to a person: hair, clothes, helmet in hand.",
            ),
            OntologyClass(
                name="Cat",
                color="#f2b705",
                hotkey="2",
                attributes=(
                    _VISIBILITY,
                    Attribute(name="Eyes visible", kind=AttributeKind.NUMBER, min=0, max=2, step=1),
                ),
                description="With whiskers where they are wider than two pixels.",
            ),
        ),
    ),
    Group(
        type="group",
        name="Objects",
        children=(
            OntologyClass(name="Cup", color="#2f9e44", hotkey="3"),
            OntologyClass(name="Spoon", color="#12b886", hotkey="4"),
            OntologyClass(
                name="Vehicle",
                color="#1c7ed6",
                hotkey="5",
                attributes=(Attribute(name="Lettering", kind=AttributeKind.TEXT),),
                description="Rockets and motorcycles alike; not their smoke, not their shadow.",
            ),
            OntologyClass(name="Coin", color="#ae3ec9", hotkey="6"),
        ),
    ),
    OntologyClass(name="Sky", color="#74c0fc", hotkey="7", kind=ClassKind.STUFF),
    OntologyClass(name="Ground", color="#a07855", hotkey="8", kind=ClassKind.STUFF),
)
