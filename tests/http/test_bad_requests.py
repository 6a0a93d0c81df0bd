"""Requests that can't be read are answered with what to do about it."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.support.world import World

ADDRESS = "/api/v1/projects"


def post(client: TestClient, world: World, body: str, content_type: str) -> Response:
    headers = {**world.person().headers, "Content-Type": content_type}
    return client.post(ADDRESS, content=body, headers=headers)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"]
)
def test_a_body_of_another_type_is_a_415_that_names_the_right_one(
    client: TestClient, world: World, content_type: str
) -> None:
    answer = post(client, world, '{"name": "Streets"}', content_type)
    assert answer.status_code == 415
    problem: dict[str, Any] = answer.json()
    assert problem["code"] == "unsupported-media-type"
    assert "application/json" in problem["title"]


def test_a_body_that_is_no_json_says_so_and_where(client: TestClient, world: World) -> None:
    answer = post(client, world, '{"name": nope}', "application/json")
    assert answer.status_code == 422
    assert "JSON" in answer.json()["title"]
    assert "character 9" in answer.json()["title"]


def test_a_missing_body_says_so(client: TestClient, world: World) -> None:
    answer = post(client, world, "", "application/json")
    assert answer.status_code == 422
    assert answer.json()["title"] == "The request: Field required"


def test_a_long_name_of_a_field_is_cut_in_the_answer(client: TestClient, world: World) -> None:
    answer = post(client, world, '{"name": "x", "' + "a" * 5000 + '": 1}', "application/json")
    assert answer.status_code == 422
    assert len(answer.json()["title"]) < 300
