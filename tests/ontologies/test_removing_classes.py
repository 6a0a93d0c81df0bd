"""What happens to labels when their class leaves the ontology."""

from typing import Any
from uuid import UUID

import numpy as np
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.exports.labelled import Drawn, LabelledProject, thing
from tests.support.world import World

SIZE = (8, 8)


def square(row: int) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    mask = np.zeros(SIZE, dtype=bool)
    mask[row : row + 3, 1:4] = True
    return mask


class Desk:
    """A manager who takes Car out of an ontology in which two cars and a truck are labelled."""

    def __init__(self, client: TestClient, world: World) -> None:
        self.client = client
        self.manager = world.person()
        self.project = LabelledProject(world, self.manager, (thing("Car"), thing("Truck")))
        self.asset_id = self.project.image(
            SIZE, Drawn("Car", square(0)), Drawn("Truck", square(4)), name="a.png"
        )
        self.project.image(SIZE, Drawn("Car", square(2)), name="b.png")
        self.car, self.truck = (self.project.class_ids[name] for name in ("Car", "Truck"))

    def get(self, path: str) -> Any:
        answer = self.client.get(f"/api/v1{path}", headers=self.manager.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def remove_car(self, **answer: object) -> Response:
        truck = next(
            node
            for node in self.get(f"/projects/{self.project.id}/ontology")["classes"]
            if node["id"] == str(self.truck)
        )
        body = {"classes": [truck], "removed_classes": {str(self.car): answer} if answer else {}}
        return self.client.put(
            f"/api/v1/projects/{self.project.id}/ontology", json=body, headers=self.manager.headers
        )

    def versions(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.get(f"/assets/{self.asset_id}/labels")["items"]
        return items

    def classes_in_current_version(self) -> list[UUID]:
        current = next(one for one in self.versions() if one["is_current"])
        objects = self.get(f"/label-versions/{current['id']}")["objects"]
        return sorted(UUID(one["class_id"]) for one in objects)


@pytest.fixture
def desk(client: TestClient, world: World) -> Desk:
    return Desk(client, world)


def test_removing_a_class_with_labels_asks_first(desk: Desk) -> None:
    refused = desk.remove_car()
    assert refused.status_code == 409
    assert refused.json()["code"] == "class-has-labels"
    assert refused.json()["classes"] == [{"id": str(desk.car), "name": "Car", "objects": 2}]
    assert desk.get(f"/projects/{desk.project.id}/ontology")["version"] == 1


def test_kept_objects_stay_as_they_are(desk: Desk) -> None:
    assert desk.remove_car(action="keep").status_code == 200
    assert desk.classes_in_current_version() == sorted([desk.car, desk.truck])


def test_deleted_objects_leave_a_new_version_and_stay_in_the_old_one(desk: Desk) -> None:
    assert desk.remove_car(action="delete_objects").status_code == 200
    assert desk.classes_in_current_version() == [desk.truck]
    assert [version["objects"] for version in desk.versions()] == [1, 2]


def test_reassigned_objects_change_their_class(desk: Desk) -> None:
    assert desk.remove_car(action="reassign", to=str(desk.truck)).status_code == 200
    assert desk.classes_in_current_version() == [desk.truck, desk.truck]


def test_objects_can_only_go_to_a_class_that_stays(desk: Desk) -> None:
    refused = desk.remove_car(action="reassign", to=str(desk.car))
    assert refused.status_code == 422
    assert refused.json()["code"] == "ontology-invalid"
    assert desk.classes_in_current_version() == sorted([desk.car, desk.truck])
