"""Walks every route of the OpenAPI document as {nobody, an owner of another organisation, a
labeler, a manager, somebody with a custom role}, on real objects, and holds each answer to
`expectations.py`."""

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Origin, Role
from maskwright.accounts.service.sessions import open_session
from maskwright.kernel.ids import new_id
from tests.http.estate import API, Estate, Things
from tests.http.expectations import EXPECTATIONS, Expectation
from tests.support.world import Person, World

_METHODS = frozenset({"get", "put", "post", "patch", "delete"})


def operations(app: FastAPI) -> list[tuple[str, str]]:
    """(method, path) of everything that the document promises."""
    return [
        (method.upper(), path)
        for path, methods in app.openapi()["paths"].items()
        for method in methods
        if method in _METHODS
    ]


@pytest.fixture
def estate(world: World, client: TestClient) -> Estate:
    return Estate(world, client)


def test_every_route_has_an_expectation_and_every_expectation_a_route(app: FastAPI) -> None:
    routes = set(operations(app))
    assert sorted(routes - EXPECTATIONS.keys()) == []
    assert sorted(EXPECTATIONS.keys() - routes) == []


def test_the_document_says_which_routes_are_public_and_what_an_error_is(app: FastAPI) -> None:
    document = app.openapi()
    for (method, path), expectation in EXPECTATIONS.items():
        operation = document["paths"][path][method.lower()]
        is_public = expectation.nobody != 401 or (method, path) == ("POST", f"{API}/session")
        assert (operation.get("security") == []) == is_public, path
        error = operation["responses"]["default"]["content"]["application/problem+json"]
        assert error["schema"]["$ref"].endswith("/Problem")
    assert "HTTPValidationError" not in str(document)
    assert {"token", "session"} == set(document["components"]["securitySchemes"])


def test_every_route_gives_each_caller_what_is_his(app: FastAPI, estate: Estate) -> None:
    surprises: list[str] = []
    for method, path in operations(app):
        expectation = EXPECTATIONS[method, path]
        parameters = re.findall(r"{(\w+)}", path)
        unused: Things | None = None
        for name, caller, status in callers(estate, expectation):
            if expectation.streams and status == 200:
                continue
            things = unused or estate.things_for(parameters, caller)
            # Whoever is from outside is shown the labeler's, and uses up nothing; nor does reading.
            is_reading = method == "GET" and "token_id" not in parameters
            is_refused = status >= 400 and caller in (None, estate.stranger)
            unused = things if is_reading or is_refused else None
            headers = caller.headers if caller else {}
            answer = call(estate.client, method, path, things, headers, expectation)
            if answer.status_code != status:
                surprises.append(f"{method} {path} as {name}: {answer.status_code} not {status}")
            elif caller is estate.stranger and leaks(answer.text, answer.url.path, things):
                surprises.append(f"{method} {path} tells the stranger ids that are not his")
    assert surprises == []


def test_who_is_kept_out_of_a_project_finds_nothing_of_it(app: FastAPI, estate: Estate) -> None:
    """Whatever he may do elsewhere: as if he were from another organisation."""
    barred = estate.world.colleague(estate.owner, Role.MANAGER)
    surprises: list[str] = []
    for method, path in operations(app):
        expectation = EXPECTATIONS[method, path]
        if expectation.stranger != 404:
            continue
        things = estate.things_for(re.findall(r"{(\w+)}", path), None)
        if estate.kept_out(things, barred):
            answer = call(estate.client, method, path, things, barred.headers, expectation)
            if answer.status_code != 404:
                surprises.append(f"{method} {path}: {answer.status_code}")
            elif leaks(answer.text, answer.url.path, things):
                surprises.append(f"{method} {path} tells ids")
    assert surprises == []


def test_no_route_takes_a_change_from_a_page_without_the_csrf_token(
    app: FastAPI, estate: Estate
) -> None:
    """A foreign page can make a browser send its cookie, but can't know the token."""
    with estate.world.work_of(estate.manager) as work:
        secret = open_session(work, estate.manager.actor, Origin()).secret
    cookie = {"Cookie": f"__Host-maskwright={secret}"}
    surprises: list[str] = []
    for method, path in operations(app):
        expectation = EXPECTATIONS[method, path]
        is_public = expectation.nobody != 401 or (method, path) == ("POST", f"{API}/session")
        if method == "GET" or is_public:
            continue
        things = Things(path=dict.fromkeys(re.findall(r"{(\w+)}", path), new_id()))
        if "kind" in things.path:
            things.path["kind"] = "exam"  # a word, not an id
        things.class_id = str(new_id())
        answer = call(estate.client, method, path, things, cookie, expectation)
        if answer.status_code != 403 or answer.json()["code"] != "csrf-failed":
            surprises.append(f"{method} {path}: {answer.status_code} {answer.text}")
    assert surprises == []


def callers(estate: Estate, expectation: Expectation) -> list[tuple[str, Person | None, int]]:
    return [
        ("nobody", None, expectation.nobody),
        ("an owner of another organisation", estate.stranger, expectation.stranger),
        ("a labeler", estate.labeler, expectation.labeler),
        ("a manager", estate.manager, expectation.manager),
        ("an auditor by a role of its own", estate.auditor, expectation.auditor),
    ]


def call(
    client: TestClient,
    method: str,
    path: str,
    things: Things,
    headers: dict[str, str],
    expectation: Expectation,
) -> Any:
    request = expectation.request(things) if expectation.request else {}
    headers = {**headers, **request.pop("headers", {})}
    body = expectation.body(things) if expectation.body else None
    address = path.format_map(things.path)
    client.cookies.clear()  # who accepted an invitation was signed in
    return client.request(method, address, json=body, headers=headers, **request)


def leaks(text: str, path: str, things: Things) -> bool:
    """Whether an answer holds ids that it was not asked with."""
    return any(seen in text.replace(path, "") for seen in things.seen)


def test_what_is_ones_own_is_no_colleagues(client: TestClient, estate: Estate) -> None:
    """A manager manages people, not what they do in their own names."""
    things = estate.things_for(["token_id"], estate.labeler)
    address = f"/api/v1/tokens/{things.path['token_id']}"
    assert client.delete(address, headers=estate.manager.headers).status_code == 404
    assert client.delete(address, headers=estate.labeler.headers).status_code == 204


def test_only_an_owner_renames_the_organisation(client: TestClient, estate: Estate) -> None:
    body = {"name": "Vineyard"}
    refused = client.patch("/api/v1/organization", json=body, headers=estate.manager.headers)
    assert refused.status_code == 403
    renamed = client.patch("/api/v1/organization", json=body, headers=estate.owner.headers)
    assert renamed.json()["name"] == "Vineyard"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ML])
def test_the_other_roles_manage_nothing(client: TestClient, estate: Estate, role: Role) -> None:
    member = estate.world.colleague(estate.owner, role)
    things = estate.things_for(["project_id"], None)
    address = f"/api/v1/projects/{things.path['project_id']}"
    assert client.get(address, headers=member.headers).status_code == 200
    assert client.patch(address, json={"name": "x"}, headers=member.headers).status_code == 403
    assert client.get("/api/v1/members", headers=member.headers).status_code == 403
