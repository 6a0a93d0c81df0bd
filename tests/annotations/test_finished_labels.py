"""What must hold of a label as a whole: coverage, layers, relationships, the image's answers."""

import json
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest

from maskwright.annotations import service as annotations
from maskwright.exports import service as exports
from maskwright.exports.domain import ExportFormat
from maskwright.exports.run import run_export
from maskwright.exports.schemas import ExportCreate
from maskwright.ontologies import service as ontologies
from maskwright.ontologies.domain import (
    Attribute,
    AttributeKind,
    ClassKind,
    OntologyClass,
    Option,
    Relation,
)
from maskwright.ontologies.schemas import OntologyPut
from maskwright.projects import service as projects
from maskwright.projects.domain import Coverage
from maskwright.projects.schemas import ProjectPatch
from tests.queue.desk import HEIGHT, WIDTH, Caller, Desk, an_object, box_mask
from tests.support.world import World

LIGHT = Attribute(
    name="light",
    kind=AttributeKind.RADIO,
    required=True,
    options=(Option(name="day"), Option(name="night")),
)
DAY = {str(LIGHT.id): str(LIGHT.options[0].id)}


def save(desk: Desk, **changes: Any) -> dict[str, UUID]:
    """Saves a version of the ontology with these parts changed; returns the ids of its classes."""
    with desk.world.work_of(desk.manager) as work:
        kept = ontologies.read_ontology(work, desk.project_id).nodes
        added = changes.pop("added", ())
        wanted = OntologyPut(classes=(*kept, *added), **changes)
        saved = ontologies.save_ontology(work, desk.project_id, wanted, annotations)
    return {node.name: node.id for node in saved.nodes if node.id is not None}


def want_every_pixel(desk: Desk) -> None:
    with desk.world.work_of(desk.manager) as work:
        projects.change_project(work, desk.project_id, ProjectPatch(coverage=Coverage.COMPLETE))


def hand_in(caller: Caller, objects: list[dict[str, Any]], **more: object) -> Any:
    return caller.on_submit(caller.claim(), objects, **more)


def refusal(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 422, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestCoverage:
    def test_an_image_with_a_gap_is_refused_with_its_place(self, ann: Caller, desk: Desk) -> None:
        desk.add_images(1)
        want_every_pixel(desk)
        car = an_object(desk.classes["car"], box_mask(0, 0, HEIGHT, 70))
        road = an_object(desk.classes["road"], box_mask(0, 70, 40, 10))

        problem = refusal(hand_in(ann, [car, road]))

        assert problem["code"] == "coverage-incomplete"
        assert problem["unlabelled_px"] == 200
        assert problem["places"] == [{"area_px": 200, "bbox": [70, 40, 10, 20]}]

    def test_an_empty_label_misses_the_whole_image(self, ann: Caller, desk: Desk) -> None:
        desk.add_images(1)
        want_every_pixel(desk)

        problem = refusal(hand_in(ann, []))

        assert problem["places"] == [{"area_px": WIDTH * HEIGHT, "bbox": [0, 0, WIDTH, HEIGHT]}]

    def test_a_full_image_is_taken_also_where_its_masks_are_the_drafts(
        self, ann: Caller, desk: Desk
    ) -> None:
        desk.add_images(1)
        want_every_pixel(desk)
        claimed = ann.claim()
        sent = an_object(desk.classes["car"], box_mask(0, 0, HEIGHT, WIDTH))
        ann.save(claimed, upserts=[sent])
        bare = {name: value for name, value in sent.items() if name != "mask"}

        assert ann.submit(claimed, [bare]).status_code == 200

    def test_other_layers_do_not_fill_a_gap(self, ann: Caller, desk: Desk) -> None:
        desk.add_images(1)
        want_every_pixel(desk)
        shadow = save(desk, added=(OntologyClass(name="shadow", color="#333333", layer=1),))

        problem = refusal(
            hand_in(ann, [an_object(shadow["shadow"], box_mask(0, 0, HEIGHT, WIDTH))])
        )

        assert problem["unlabelled_px"] == WIDTH * HEIGHT

    def test_a_draft_may_have_gaps(self, ann: Caller, desk: Desk) -> None:
        desk.add_images(1)
        want_every_pixel(desk)

        saved = ann.save(ann.claim(), upserts=[an_object(desk.classes["car"], box_mask(0, 0))])

        assert saved.status_code == 200


class TestLayers:
    def test_an_object_on_another_layer_than_its_class_is_refused(
        self, ann: Caller, desk: Desk
    ) -> None:
        desk.add_images(1)
        sent = an_object(desk.classes["car"], box_mask(0, 0), layer=2)

        problem = refusal(hand_in(ann, [sent]))

        assert (problem["code"], problem["object_key"]) == ("layer-mismatch", sent["key"])
        assert (problem["layer"], problem["class_layer"]) == (2, 0)

    def test_instances_of_an_overlapping_class_may_lie_on_any_layer(
        self, ann: Caller, desk: Desk
    ) -> None:
        desk.add_images(1)
        ids = save(desk, added=(OntologyClass(name="person", color="#993344", overlapping=True),))
        crowd = [an_object(ids["person"], box_mask(0, 5 * n), layer=n) for n in range(4)]

        assert hand_in(ann, crowd).status_code == 200


class TestRelationships:
    def test_they_come_back_with_draft_and_label(self, ann: Caller, desk: Desk) -> None:
        desk.add_images(1)
        ids = save(desk, relations=(Relation(name="stands on"),))
        with desk.world.work_of(desk.manager) as work:
            [relation] = ontologies.read_ontology(work, desk.project_id).relations
        road = an_object(ids["road"], box_mask(30, 30))
        link = {"to": road["key"], "relation": str(relation.id)}
        car = an_object(ids["car"], box_mask(0, 0), relationships=[link])
        ann.save(ann.claim(), upserts=[car, road])

        claimed = ann.claim()
        drafted = {kept["key"]: kept["relationships"] for kept in claimed["label"]["objects"]}
        version_id = ann.submit(claimed, [car, road]).json()["label_version"]["id"]

        assert drafted == {car["key"]: [link], road["key"]: []}
        version = ann.get(f"/label-versions/{version_id}").json()
        assert {kept["key"]: kept["relationships"] for kept in version["objects"]} == drafted

    @pytest.mark.parametrize("fault", ["itself", "nowhere", "no such relation", "other classes"])
    def test_what_can_not_be_is_named(self, ann: Caller, desk: Desk, fault: str) -> None:
        desk.add_images(1)
        only_roads = Relation(name="stands on", from_classes=(desk.classes["road"],))
        save(desk, relations=(only_roads,))
        other = an_object(desk.classes["road"], box_mask(30, 30))
        car = an_object(desk.classes["car"], box_mask(0, 0))
        car["relationships"] = [
            {
                "itself": {"to": car["key"]},
                "nowhere": {"to": str(uuid4())},
                "no such relation": {"to": other["key"], "relation": str(uuid4())},
                "other classes": {"to": other["key"], "relation": str(only_roads.id)},
            }[fault]
        ]

        problem = refusal(hand_in(ann, [car, other]))

        assert (problem["code"], problem["object_key"]) == ("relationship-invalid", car["key"])
        assert problem["to"] == car["relationships"][0]["to"]

    def test_they_do_not_lead_to_objects_of_a_deleted_class(self, ann: Caller, desk: Desk) -> None:
        desk.add_images(1)
        road = an_object(desk.classes["road"], box_mask(30, 30))
        free = {"to": road["key"], "name": "parked on"}
        car = an_object(desk.classes["car"], box_mask(0, 0), relationships=[free])
        assert hand_in(ann, [car, road]).status_code == 200

        with desk.world.work_of(desk.manager) as work:
            annotations.delete_objects_of_class(work, desk.project_id, desk.classes["road"])

        newest = ann.get(f"/assets/{desk.assets[0]}/labels").json()["items"][0]["id"]
        [left] = ann.get(f"/label-versions/{newest}").json()["objects"]
        assert (left["key"], left["relationships"]) == (car["key"], [])


class TestAnswersAboutTheImage:
    def test_they_come_back_with_draft_and_label(self, ann: Caller, desk: Desk) -> None:
        desk.add_images(1)
        save(desk, image_attributes=(LIGHT,))
        ann.save(ann.claim(), image_attributes=DAY)
        ann.save(ann.claim(), seq=2, upserts=[an_object(desk.classes["car"], box_mask(0, 0))])

        claimed = ann.claim()
        assert claimed["label"]["image_attributes"] == DAY

        answer = ann.on_submit(claimed, [], image_attributes=DAY).json()
        version = ann.get(f"/label-versions/{answer['label_version']['id']}").json()
        assert version["image_attributes"] == DAY

    def test_a_missing_one_is_named_without_an_object(self, ann: Caller, desk: Desk) -> None:
        desk.add_images(1)
        save(desk, image_attributes=(LIGHT,))

        problem = refusal(hand_in(ann, []))

        assert (problem["code"], problem["attribute"]) == ("attribute-invalid", "light")
        assert (problem["object_key"], problem["is_missing"]) == (None, True)

    def test_saving_classes_alone_leaves_the_questions_as_they_are(self, desk: Desk) -> None:
        save(desk, image_attributes=(LIGHT,), relations=(Relation(name="next to"),))

        save(desk, added=(OntologyClass(name="sea", color="#0044aa", kind=ClassKind.STUFF),))

        with desk.world.work_of(desk.manager) as work:
            ontology = ontologies.read_ontology(work, desk.project_id)
        assert ontology.image_attributes == (LIGHT,)
        assert [relation.name for relation in ontology.relations] == ["next to"]


def test_all_that_is_wrong_is_told_at_once(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    want_every_pixel(desk)
    save(desk, image_attributes=(LIGHT,))
    astray = an_object(desk.classes["car"], box_mask(0, 0), layer=3)

    problem = refusal(hand_in(ann, [astray]))

    assert [finding["code"] for finding in problem["findings"]] == [
        "attribute-invalid",
        "layer-mismatch",
        "coverage-incomplete",
    ]
    assert problem["code"] == "attribute-invalid"


def test_an_export_names_answers_about_the_image_and_relationships(
    ann: Caller, desk: Desk, world: World
) -> None:
    desk.add_images(1)
    relation = Relation(name="stands on")
    ids = save(desk, image_attributes=(LIGHT,), relations=(relation,))
    road = an_object(ids["road"], box_mask(30, 30))
    links = [{"to": road["key"], "relation": str(relation.id)}, {"to": road["key"], "name": "near"}]
    car = an_object(ids["car"], box_mask(0, 0), order=1, relationships=links)
    assert hand_in(ann, [car, road], image_attributes=DAY).status_code == 200

    ndjson = export(world, desk, ExportFormat.NDJSON)
    images = [json.loads(line) for line in ndjson.read("assets.ndjson").splitlines()]
    objects = [json.loads(line) for line in ndjson.read("objects.ndjson").splitlines()]
    coco = json.loads(
        export(world, desk, ExportFormat.COCO_INSTANCES).read("annotations/instances.json")
    )

    assert [image["attributes"] for image in images] == [{"light": "day"}]
    assert coco["images"][0]["attributes"] == {"light": "day"}
    assert {entry["key"]: entry["relationships"] for entry in objects} == {
        road["key"]: [],
        car["key"]: [
            {"to": road["key"], "relation": "stands on"},
            {"to": road["key"], "relation": "near"},
        ],
    }


def export(world: World, desk: Desk, format_: ExportFormat) -> ZipFile:
    """Makes an export as a worker does, and opens its zip."""
    with world.work_of(desk.manager) as work:
        export_id = exports.create_export(work, desk.project_id, ExportCreate(format=format_)).id
    run_export(world.resources, export_id)
    with world.work_of(desk.manager) as work:
        _, blob_key = exports.require_file(work, export_id)
    return ZipFile(BytesIO(world.resources.blobs.read(blob_key)))
