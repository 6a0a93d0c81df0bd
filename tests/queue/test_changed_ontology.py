"""What happens to people at work when the ontology changes."""

from typing import Any

import pytest

from maskwright.annotations import service as annotations
from maskwright.ontologies import service as ontologies
from maskwright.ontologies.domain import ClassKind, OntologyClass, Removal
from maskwright.ontologies.schemas import OntologyPut, RemovalAnswer
from maskwright.queue import flow
from tests.queue.desk import Caller, Desk, an_object, box_mask


def change(desk: Desk, which: str, /, **changes: object) -> None:
    """Give the class of this name other properties."""
    with desk.world.work_of(desk.manager) as work:
        nodes = ontologies.read_ontology(work, desk.project_id).nodes
        wanted = tuple(
            node.model_copy(update=changes) if node.name == which else node for node in nodes
        )
        ontologies.save_ontology(
            work, desk.project_id, OntologyPut(classes=wanted), annotations, flow
        )


def remove(desk: Desk, name: str, to: str) -> None:
    with desk.world.work_of(desk.manager) as work:
        nodes = ontologies.read_ontology(work, desk.project_id).nodes
        wanted = OntologyPut(
            classes=tuple(node for node in nodes if node.name != name),
            removed_classes={
                desk.classes[name]: RemovalAnswer(action=Removal.REASSIGN, to=desk.classes[to])
            },
        )
        ontologies.save_ontology(work, desk.project_id, wanted, annotations, flow)


def beat(who: Caller, claimed: dict[str, Any]) -> Any:
    lease = claimed["lease"]
    return who.post(f"/leases/{lease['id']}/heartbeat", {"fence": lease["fence"]})


def test_who_draws_with_a_removed_class_is_told_and_gets_the_image_again_with_his_drawing(
    ann: Caller, bob: Caller, desk: Desk
) -> None:
    desk.add_images(1)
    claimed = ann.claim()
    ann.save(claimed, upserts=[an_object(desk.classes["car"], box_mask(5, 5))])

    remove(desk, "car", to="road")

    refused = beat(ann, claimed)
    assert refused.status_code == 409
    assert refused.json()["reason"] == "revoked"
    assert refused.json()["revoked_for"] == "ontology"
    assert bob.ask().status_code == 204, "it is kept for who drew on it"
    again = ann.claim()
    assert again["task"]["id"] == claimed["task"]["id"]
    assert again["ontology_version"] == claimed["ontology_version"] + 1
    assert [each["class_id"] for each in again["label"]["objects"]] == [str(desk.classes["road"])]


@pytest.mark.parametrize(
    "changes", [{"color": "#112233"}, {"hotkey": "q"}, {"description": "Four wheels."}]
)
def test_what_is_only_shown_otherwise_disturbs_nobody(
    ann: Caller, desk: Desk, changes: dict[str, str]
) -> None:
    desk.add_images(1)
    claimed = ann.claim()

    change(desk, "car", **changes)

    assert beat(ann, claimed).status_code == 200


@pytest.mark.parametrize("changes", [{"name": "vehicle"}, {"kind": ClassKind.STUFF}, {"layer": 1}])
def test_a_class_that_means_something_else_takes_images_back(
    ann: Caller, desk: Desk, changes: dict[str, object]
) -> None:
    desk.add_images(1)
    claimed = ann.claim()

    change(desk, "car", **changes)

    assert beat(ann, claimed).json()["revoked_for"] == "ontology"
    assert ann.claim()["task"]["id"] == claimed["task"]["id"]


def test_an_added_class_disturbs_nobody(ann: Caller, desk: Desk) -> None:
    desk.add_images(1)
    claimed = ann.claim()

    with desk.world.work_of(desk.manager) as work:
        nodes = ontologies.read_ontology(work, desk.project_id).nodes
        added = OntologyClass(name="tree", color="#008800")
        wanted = OntologyPut(classes=(*nodes, added))
        ontologies.save_ontology(work, desk.project_id, wanted, annotations, flow)

    assert beat(ann, claimed).status_code == 200
