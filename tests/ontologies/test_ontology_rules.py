"""The rules over a whole tree, and over the answers given for an object."""

from uuid import UUID

import pytest

from maskwright.kernel.ids import new_id
from maskwright.ontologies.answers import check_answers
from maskwright.ontologies.domain import (
    Attribute,
    AttributeKind,
    Group,
    OntologyClass,
    Option,
    Relation,
    classes_of,
    supercategories,
    tree_from_json,
    tree_to_json,
)
from maskwright.ontologies.validation import check_image_attributes, check_relations, check_tree

NO_CLASSES: frozenset[UUID] = frozenset()


def car(**changes: object) -> OntologyClass:
    return OntologyClass.model_validate({"name": "Car", "color": "#0072b2", **changes})


def fields(*nodes: OntologyClass | Group, known: frozenset[UUID] = NO_CLASSES) -> list[str]:
    return [finding.field for finding in check_tree(nodes, known)]


def test_a_plain_tree_has_no_findings() -> None:
    tree = (Group(type="group", name="Vehicles", children=(car(hotkey="c"),)), car(name="Road"))
    assert fields(*tree) == []


def test_a_tree_survives_being_stored() -> None:
    tree = (Group(type="group", name="Vehicles", children=(car(children=(car(name="Door"),)),)),)
    assert tree_from_json(tree_to_json(tree)) == tree


def test_names_may_repeat_in_other_branches_but_not_side_by_side() -> None:
    assert (
        fields(car(children=(car(name="Wheel"),)), car(name="Bike", children=(car(name="Wheel"),)))
        == []
    )
    assert fields(car(), car(name="car")) == ["classes[1].name"]


def test_two_classes_can_not_share_a_hotkey_even_in_other_branches() -> None:
    tree = (car(hotkey="c"), Group(type="group", name="G", children=(car(name="Cat", hotkey="C"),)))
    findings = check_tree(tree, NO_CLASSES)
    assert [f.field for f in findings] == ["classes[1].children[0].hotkey"]
    assert "Car" in findings[0].message


def test_an_id_that_the_server_did_not_give_is_refused() -> None:
    own, foreign = new_id(), new_id()
    assert fields(car(id=own), known=frozenset({own})) == []
    assert fields(car(id=foreign), known=frozenset({own})) == ["classes[0].id"]


def test_the_same_id_twice_is_refused() -> None:
    own = new_id()
    tree = (car(id=own), car(name="Bike", id=own))
    assert fields(*tree, known=frozenset({own})) == ["classes[0].id", "classes[1].id"]


@pytest.mark.parametrize(
    ("attribute", "field"),
    [
        ({"kind": "radio"}, "options"),
        ({"kind": "text", "options": [{"name": "a"}]}, "options"),
        ({"kind": "number", "min": 3, "max": 1}, "min"),
        ({"kind": "number", "default": "three"}, "default"),
        ({"kind": "radio", "options": [{"name": "a"}], "default": "b"}, "default"),
        ({"kind": "checklist", "options": [{"name": "a"}, {"name": "A"}]}, "options[0].name"),
    ],
)
def test_an_attribute_that_can_not_be_answered_is_refused(
    attribute: dict[str, object], field: str
) -> None:
    node = car(attributes=[{"name": "Question", **attribute}])
    assert f"classes[0].attributes[0].{field}" in fields(node)


def test_nesting_has_an_end() -> None:
    node = car()
    for level in range(10):
        node = car(name=f"Level {level}", children=(node,))
    assert fields(node) == ["classes"]


def test_supercategories_are_the_names_above() -> None:
    door, body = new_id(), new_id()
    tree = (
        Group(
            type="group",
            name="Vehicles",
            children=(car(id=body, children=(car(name="Door", id=door),)),),
        ),
    )
    assert supercategories(tree) == {body: "Vehicles", door: "Car"}
    assert [node.name for node in classes_of(tree)] == ["Car", "Door"]


HIDDEN = Option(
    name="yes", attributes=(Attribute(name="By what", kind=AttributeKind.TEXT, required=True),)
)
OCCLUDED = Attribute(
    name="Occluded", kind=AttributeKind.RADIO, required=True, options=(HIDDEN, Option(name="no"))
)
PARTS = Attribute(
    name="Parts", kind=AttributeKind.CHECKLIST, options=(Option(name="a"), Option(name="b"))
)
AGE = Attribute(name="Age", kind=AttributeKind.NUMBER, min=0, max=10)
ALL = (OCCLUDED, PARTS, AGE)


def problems(answers: dict[str, object], *, complete: bool = True) -> list[str]:
    return [p.attribute for p in check_answers(ALL, answers, complete=complete)]


def test_a_required_answer_is_asked_for_at_submit_only() -> None:
    assert problems({}) == ["Occluded"]
    assert problems({}, complete=False) == []


def test_a_nested_attribute_is_asked_only_under_its_chosen_option() -> None:
    no = str(OCCLUDED.options[1].id)
    yes = str(HIDDEN.id)
    nested = str(HIDDEN.attributes[0].id)
    assert problems({str(OCCLUDED.id): no}) == []
    assert problems({str(OCCLUDED.id): yes}) == ["By what"]
    assert problems({str(OCCLUDED.id): yes, nested: "a tree"}) == []
    assert problems({str(OCCLUDED.id): no, nested: "a tree"}) == [nested]


@pytest.mark.parametrize("answer", ["maybe", 3, ["x"], True])
def test_a_radio_takes_only_its_options(answer: object) -> None:
    assert problems({str(OCCLUDED.id): answer}) == ["Occluded"]


@pytest.mark.parametrize("answer", [-1, 11, "5", True, float("nan"), float("inf")])
def test_a_number_stays_in_its_range(answer: object) -> None:
    no = str(OCCLUDED.options[1].id)
    assert problems({str(OCCLUDED.id): no, str(AGE.id): answer}) == ["Age"]


@pytest.mark.parametrize(
    ("step", "start", "answer", "fits"),
    [
        (0.1, None, 0.3, True),
        (0.1, None, 123_456.7, True),
        (0.1, None, 0.35, False),
        (5, None, 10, True),
        (5, None, 12, False),
        (5, 1, 11, True),
        (5, 1, 10, False),
        (1e-300, None, 1e299, True),
    ],
)
def test_a_number_stays_on_its_steps(
    step: float, start: float | None, answer: float, fits: bool
) -> None:
    height = Attribute(name="Height", kind=AttributeKind.NUMBER, step=step, min=start)
    found = check_answers((height,), {str(height.id): answer}, complete=True)
    assert [problem.attribute for problem in found] == ([] if fits else ["Height"])


def test_a_number_beyond_all_numbers_is_refused() -> None:
    assert [p.attribute for p in check_answers((AGE,), {str(AGE.id): 10**400}, complete=True)] == [
        "Age"
    ]


def test_a_relation_has_a_name_of_its_own_and_ends_at_known_classes() -> None:
    known, unknown = new_id(), new_id()
    relations = (
        Relation(name="part of", from_classes=(known,)),
        Relation(name="Part of", to_classes=(unknown,)),
    )
    assert [finding.field for finding in check_relations(relations, {known})] == [
        "relations[1].name",
        "relations[1].to_classes",
    ]


def test_questions_about_the_image_follow_the_rules_of_questions() -> None:
    light = Attribute(name="Light", kind=AttributeKind.RADIO)
    fields = [finding.field for finding in check_image_attributes((light, light))]
    assert fields == [
        "image_attributes[0].options",
        "image_attributes[1].name",
        "image_attributes[1].options",
        "image_attributes",
    ]


def test_a_checklist_takes_several_of_its_options() -> None:
    no = str(OCCLUDED.options[1].id)
    both = [str(option.id) for option in PARTS.options]
    assert problems({str(OCCLUDED.id): no, str(PARTS.id): both}) == []
    assert problems({str(OCCLUDED.id): no, str(PARTS.id): [*both, "x"]}) == ["Parts"]


def test_two_questions_or_options_of_a_class_may_not_share_an_id() -> None:
    shared = new_id()
    twice = [{"id": shared, "name": name, "kind": "text"} for name in ("Note", "Remark")]
    assert fields(car(attributes=twice)) == ["classes[0].attributes"]
    options = [{"id": shared, "name": name} for name in ("Old", "New")]
    age = {"name": "Age", "kind": "radio", "options": options}
    assert fields(car(attributes=[age])) == ["classes[0].attributes"]
    assert fields(car(attributes=twice[:1]), car(name="Bike", attributes=twice[1:])) == []


def test_an_ontology_asks_a_bounded_number_of_questions() -> None:
    many = [{"name": f"Question {number}", "kind": "text"} for number in range(10_001)]
    assert fields(car(attributes=many)) == ["classes"]
