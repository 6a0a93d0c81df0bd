"""Versions of an ontology, over HTTP."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.support.world import Person, World


class Desk:
    """A manager at one project's ontology."""

    def __init__(self, client: TestClient, manager: Person, project_id: UUID) -> None:
        self.client, self.manager = client, manager
        self.address = f"/api/v1/projects/{project_id}/ontology"

    def read(self, version: int | None = None) -> dict[str, Any]:
        params = {} if version is None else {"version": version}
        answer = self.client.get(self.address, params=params, headers=self.manager.headers)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def put(self, *classes: dict[str, Any], **more: Any) -> Response:
        body = {"classes": list(classes), **more}
        return self.client.put(self.address, json=body, headers=self.manager.headers)

    def save(self, *classes: dict[str, Any], **more: Any) -> dict[str, Any]:
        answer = self.put(*classes, **more)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body


CAR = {"name": "Car", "color": "#0072B2"}
ROAD = {"name": "Road", "color": "#999999", "kind": "stuff"}


@pytest.fixture
def desk(client: TestClient, world: World) -> Desk:
    manager = world.person()
    return Desk(client, manager, world.project(manager))


def test_a_project_begins_with_an_empty_version_zero(desk: Desk) -> None:
    assert desk.read() == {
        "version": 0,
        "created_at": None,
        "classes": [],
        "image_attributes": [],
        "relations": [],
    }


def test_saving_gives_ids_and_indexes_and_makes_a_version(desk: Desk) -> None:
    saved = desk.save(CAR, ROAD)
    assert saved["version"] == 1
    assert [node["index"] for node in saved["classes"]] == [1, 2]
    assert saved["classes"][0]["color"] == "#0072b2"
    assert desk.read() == saved


def test_saving_the_same_again_makes_no_version(desk: Desk) -> None:
    saved = desk.save(CAR)
    assert desk.save(*saved["classes"])["version"] == 1


def test_old_versions_stay_readable(desk: Desk) -> None:
    first = desk.save(CAR)
    desk.save({**first["classes"][0], "name": "Vehicle"})
    assert desk.read(1) == first
    assert desk.read()["classes"][0]["name"] == "Vehicle"


def test_an_index_is_never_given_to_another_class(desk: Desk) -> None:
    first = desk.save(CAR, ROAD)
    car, road = first["classes"]
    desk.save(car)
    third = desk.save(car, {"name": "Sky", "color": "#56b4e9"})
    assert third["classes"][1]["index"] == 3
    fourth = desk.save(car, road)
    assert fourth["classes"][1]["index"] == 2


def test_groups_and_nested_attributes_come_back_as_they_were_sent(desk: Desk) -> None:
    occluded = {
        "name": "Occluded",
        "kind": "radio",
        "options": [
            {"name": "yes", "attributes": [{"name": "By what", "kind": "text"}]},
            {"name": "no"},
        ],
    }
    saved = desk.save(
        {"type": "group", "name": "Vehicles", "children": [{**CAR, "attributes": [occluded]}]}
    )
    group = saved["classes"][0]
    assert group["type"] == "group"
    attribute = group["children"][0]["attributes"][0]
    assert attribute["options"][0]["attributes"][0]["name"] == "By what"


def test_who_saves_over_a_colleagues_version_is_told(desk: Desk) -> None:
    desk.save(CAR, base_version=0)
    refused = desk.put(ROAD, base_version=0)
    assert refused.status_code == 409
    assert refused.json()["code"] == "ontology-changed"
    assert refused.json()["current_version"] == 1


def test_a_tree_with_faults_names_each_of_them(desk: Desk) -> None:
    refused = desk.put({**CAR, "hotkey": "c"}, {**ROAD, "hotkey": "c", "name": "car"})
    assert refused.status_code == 422
    assert refused.json()["code"] == "ontology-invalid"
    assert {e["field"] for e in refused.json()["errors"]} == {
        "classes[1].name",
        "classes[1].hotkey",
    }


def test_the_list_of_versions_tells_who_and_how_many(desk: Desk) -> None:
    desk.save(CAR)
    desk.save(CAR | {"name": "Truck"}, ROAD)
    answer = desk.client.get(f"{desk.address}/versions", headers=desk.manager.headers)
    assert [(v["version"], v["classes"]) for v in answer.json()["items"]] == [(2, 2), (1, 1)]
    assert answer.json()["items"][0]["created_by"]["id"] == str(desk.manager.id)


@pytest.mark.parametrize("hotkey", ["İ", " ", "\x00", "\u200b", ""])
def test_a_hotkey_that_is_no_key_is_refused_and_the_ontology_stays_readable(
    desk: Desk, hotkey: str
) -> None:
    desk.save(CAR)
    answer = desk.put({**CAR, "hotkey": hotkey})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "classes[0].hotkey"
    assert desk.read()["version"] == 1


def test_a_fault_in_a_class_is_told_where_the_client_wrote_it(desk: Desk) -> None:
    group = {"type": "group", "name": "All", "children": [{"name": "Car", "color": "red"}]}
    answer = desk.put(CAR, group)
    assert [fault["field"] for fault in answer.json()["errors"]] == ["classes[1].children[0].color"]
    answer = desk.put({"name": "Car"})
    assert [fault["field"] for fault in answer.json()["errors"]] == ["classes[0].color"]
    answer = desk.put({"type": "group", "name": "All", "color": "#ffffff"})
    assert [fault["field"] for fault in answer.json()["errors"]] == ["classes[0].color"]


@pytest.mark.parametrize("limit", ["NaN", "1e999", "-Infinity"])
def test_limits_that_are_no_numbers_are_refused_by_name(desk: Desk, limit: str) -> None:
    body = (
        '{"classes": [{"name": "Car", "color": "#ffffff", "attributes":'
        ' [{"name": "Doors", "kind": "number", "max": ' + limit + "}]}]}"
    )
    answer = desk.client.put(
        desk.address,
        content=body,
        headers={**desk.manager.headers, "Content-Type": "application/json"},
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "classes[0].attributes[0].max"
