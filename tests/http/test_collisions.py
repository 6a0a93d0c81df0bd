"""Of two who do the same at one moment, both are told what became of it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.exc import IntegrityError

from maskwright.accounts.domain import Role
from maskwright.http.problems import ProblemTable, install_problem_handlers
from tests.support.world import Person, World

API = "/api/v1"
AT_ONCE = 6


def at_once(client: TestClient, by: Person, method: str, path: str, body: Any) -> Counter[Any]:
    """How often they were answered what."""
    together = Barrier(AT_ONCE)

    def send(_number: int) -> Any:
        together.wait()
        answer = client.request(method, f"{API}{path}", json=body, headers=by.headers)
        return answer.json().get("code", answer.status_code)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(send, range(AT_ONCE)))


def test_a_name_goes_to_one_of_those_who_want_it_at_once(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    project = client.post(f"{API}/projects", json={"name": "Streets"}, headers=owner.headers)
    batches = f"/projects/{project.json()['id']}/batches"

    for path, body, taken in (
        ("/teams", {"name": "Farm"}, "team-name-taken"),
        (batches, {"name": "First"}, "batch-name-taken"),
        ("/roles", {"name": "Guide", "permissions": ["view_project"]}, "role-name-taken"),
    ):
        told = at_once(client, owner, "POST", path, body)
        assert told[201] == 1
        assert told["conflict"] + told[taken] == AT_ONCE - 1, told


def test_the_same_role_in_a_project_can_be_given_at_once(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    project = client.post(f"{API}/projects", json={"name": "Streets"}, headers=owner.headers)
    labeler = world.colleague(owner, Role.LABELER)
    path = f"/projects/{project.json()['id']}/people/{labeler.id}"

    assert at_once(client, owner, "PUT", path, {"role": "reviewer"}) == {200: AT_ONCE}


@pytest.mark.parametrize(
    ("refusal", "code"),
    [
        (psycopg.errors.UniqueViolation("taken"), "conflict"),
        (psycopg.errors.ForeignKeyViolation("gone"), "conflict"),
        (psycopg.errors.CheckViolation("our own fault"), "internal-error"),
        (psycopg.errors.NotNullViolation("our own fault"), "internal-error"),
    ],
)
def test_only_what_others_did_in_the_meantime_is_a_conflict(
    refusal: psycopg.IntegrityError, code: str
) -> None:
    app = FastAPI()
    install_problem_handlers(app, ProblemTable())

    @app.get("/by-driver")
    def raise_it() -> None:
        raise refusal

    @app.get("/by-orm")
    def raise_it_wrapped() -> None:
        raise IntegrityError("INSERT", {}, refusal)

    client = TestClient(app, raise_server_exceptions=False)
    for path in ("/by-driver", "/by-orm"):
        assert client.get(path).json()["code"] == code
