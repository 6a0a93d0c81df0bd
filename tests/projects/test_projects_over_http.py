"""Projects as a manager's scripts see them."""

from uuid import uuid4

from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from tests.support.world import World

PATH = "/api/v1/projects"


def test_a_project_can_want_every_pixel_labelled(client: TestClient, world: World) -> None:
    manager = world.person(Role.MANAGER)
    path = f"/api/v1/projects/{world.project(manager)}"
    assert client.get(path, headers=manager.headers).json()["coverage"] == "none"

    changed = client.patch(path, json={"coverage": "complete"}, headers=manager.headers)

    assert changed.json()["coverage"] == "complete"
    assert client.get(path, headers=manager.headers).json()["coverage"] == "complete"


def test_a_project_is_created_read_changed_and_listed(client: TestClient, world: World) -> None:
    manager = world.person()
    made = client.post(PATH, json={"name": "  Street scenes "}, headers=manager.headers)
    assert made.status_code == 201
    project = made.json()
    assert project["name"] == "Street scenes"
    assert project["counts"]["assets"] == 0

    address = f"{PATH}/{project['id']}"
    changed = client.patch(address, json={"instructions": "Draw."}, headers=manager.headers)
    assert changed.json()["instructions"] == "Draw."
    assert changed.json()["name"] == "Street scenes"
    listed = client.get(PATH, headers=manager.headers).json()
    assert [item["id"] for item in listed["items"]] == [project["id"]]


def test_pages_follow_one_another_without_gap_or_repeat(client: TestClient, world: World) -> None:
    manager = world.person()
    ids = [str(world.project(manager, f"Project {n}")) for n in range(5)]
    seen: list[str] = []
    cursor = None
    while True:
        page = client.get(PATH, params={"limit": 2, "cursor": cursor}, headers=manager.headers)
        seen += [item["id"] for item in page.json()["items"]]
        cursor = page.json()["next_cursor"]
        if cursor is None:
            break
    assert seen == ids[::-1]


def test_a_stranger_finds_nothing_where_a_colleague_may_look(
    client: TestClient, world: World
) -> None:
    manager = world.person()
    project_id = world.project(manager)
    stranger = world.person(Role.OWNER)
    labeler = world.colleague(manager, Role.LABELER)
    address = f"{PATH}/{project_id}"
    assert client.get(address, headers=stranger.headers).status_code == 404
    assert client.patch(address, json={"name": "x"}, headers=stranger.headers).status_code == 404
    assert client.get(address, headers=labeler.headers).status_code == 200
    assert client.patch(address, json={"name": "x"}, headers=labeler.headers).status_code == 403
    assert client.get(address).status_code == 401


def test_only_an_archived_project_is_deleted(client: TestClient, world: World) -> None:
    manager = world.person()
    address = f"{PATH}/{world.project(manager)}"
    refused = client.delete(address, headers=manager.headers)
    assert refused.status_code == 409
    assert refused.json()["code"] == "project-not-archived"
    client.patch(address, json={"state": "archived"}, headers=manager.headers)
    assert client.delete(address, headers=manager.headers).status_code == 204
    assert client.get(address, headers=manager.headers).status_code == 404


def test_wrong_input_is_a_problem_that_names_the_field(client: TestClient, world: World) -> None:
    manager = world.person()
    answer = client.post(PATH, json={"name": " ", "nmae": "x"}, headers=manager.headers)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert {e["field"] for e in answer.json()["errors"]} == {"name", "nmae"}
    assert answer.json()["request_id"]


def test_a_cursor_that_is_not_ours_is_a_problem(client: TestClient, world: World) -> None:
    manager = world.person()
    answer = client.get(PATH, params={"cursor": "%%%"}, headers=manager.headers)
    assert answer.status_code == 422


def test_an_unknown_project_is_not_found(client: TestClient, world: World) -> None:
    manager = world.person()
    answer = client.get(f"{PATH}/{uuid4()}", headers=manager.headers)
    assert (answer.status_code, answer.json()["code"]) == (404, "project-not-found")
