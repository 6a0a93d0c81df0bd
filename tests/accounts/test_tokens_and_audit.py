"""API tokens, and the log of who did what."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from maskwright.accounts.models import ApiToken
from maskwright.accounts.service import (
    actor_of_email,
    create_first_administrator,
    create_token_for_email,
)
from maskwright.work import Resources
from tests.accounts.conftest import API, Accounts
from tests.support.world import Person, World


def make_token(client: TestClient, person: Person, **fields: Any) -> dict[str, Any]:
    answer = client.post(
        f"{API}/tokens", json={"name": "ci", "scopes": ["read"], **fields}, headers=person.headers
    )
    assert answer.status_code == 201, answer.text
    token: dict[str, Any] = answer.json()
    return token


def bearer(token: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {token['token']}"}


def test_a_token_is_shown_once_and_known_by_its_prefix(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    made = make_token(client, owner)
    assert made["token"].startswith("mw_")
    assert made["token"].startswith(made["prefix"])
    assert len(made["prefix"]) < 12
    listed = client.get(f"{API}/tokens", headers=owner.headers).json()["items"]
    assert made["id"] in {token["id"] for token in listed}
    assert not any("token" in token for token in listed)


def test_a_token_may_do_what_its_scopes_allow(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    reading = bearer(make_token(client, owner, scopes=["read"]))
    writing = bearer(make_token(client, owner, scopes=["write"]))
    project = {"name": "Street scenes"}
    assert client.get(f"{API}/projects", headers=reading).status_code == 200
    assert client.post(f"{API}/projects", json=project, headers=reading).status_code == 403
    assert client.post(f"{API}/projects", json=project, headers=writing).status_code == 201
    assert client.get(f"{API}/tokens", headers=writing).status_code == 403
    assert client.get(f"{API}/me", headers=reading).json()["permissions"] == ["view_project"]
    assert client.get(f"{API}/me", headers=reading).json()["csrf_token"] is None


def test_a_token_may_never_do_more_than_its_owner(client: TestClient, world: World) -> None:
    labeler = world.person(Role.LABELER)
    admin = bearer(make_token(client, labeler, scopes=["admin", "write", "export"]))
    assert client.post(f"{API}/projects", json={"name": "x"}, headers=admin).status_code == 403
    assert client.get(f"{API}/members", headers=admin).status_code == 403


@pytest.mark.parametrize(
    ("path", "method", "body"),
    [
        ("/me", "PATCH", {"name": "Somebody else"}),
        ("/me", "PATCH", {"password": {"current": "x", "new": "y" * 12}}),
        ("/me/organization", "POST", {"organization_id": "0192f0c0-0000-7000-8000-000000000000"}),
        ("/session", "DELETE", None),
    ],
)
def test_a_token_can_not_change_who_its_owner_is(
    client: TestClient, world: World, path: str, method: str, body: dict[str, Any] | None
) -> None:
    answer = client.request(method, API + path, json=body, headers=world.person(Role.OWNER).headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "browser-session-required")


def test_revoked_and_expired_tokens_open_nothing(
    client: TestClient, world: World, resources: Resources
) -> None:
    owner = world.person(Role.OWNER)
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    revoked, expired = make_token(client, owner), make_token(client, owner, expires_at=soon)
    assert client.get(f"{API}/me", headers=bearer(expired)).status_code == 200
    address = f"{API}/tokens/{revoked['id']}"
    assert client.delete(address, headers=owner.headers).status_code == 204
    assert client.delete(address, headers=owner.headers).status_code == 404
    with resources.database.open_session() as session, session.begin():
        session.execute(
            sa.update(ApiToken)
            .where(ApiToken.expires_at.is_not(None))
            .values(expires_at=sa.func.now())
        )
    for token in (revoked, expired):
        assert client.get(f"{API}/me", headers=bearer(token)).status_code == 401


@pytest.mark.parametrize(
    "fields",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"expires_at": "2020-01-01T00:00:00Z"},
        {"expires_at": "2035-01-01T00:00:00"},
        {"name": ""},
    ],
)
def test_a_token_that_makes_no_sense_is_refused(
    client: TestClient, world: World, fields: dict[str, Any]
) -> None:
    body = {"name": "ci", "scopes": ["read"], **fields}
    answer = client.post(f"{API}/tokens", json=body, headers=world.person().headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"].split("[")[0] in fields


@pytest.mark.parametrize("credential", ["Bearer", "Bearer mw_\udc80", "Basic eDp5", "Bearer mw_x"])
def test_a_credential_that_is_none_is_a_401(client: TestClient, credential: str) -> None:
    headers = {"Authorization": credential.encode("utf-8", "surrogateescape")}
    assert client.get(f"{API}/me", headers=headers).status_code == 401


def test_a_token_for_scripts_is_made_from_the_command_line(
    client: TestClient, accounts: Accounts, resources: Resources
) -> None:
    ann = accounts.make()
    with resources.database.open_session() as session, session.begin():
        token = create_token_for_email(session, email=f" {ann.email.upper()} ", name="cli")
    me = client.get(f"{API}/me", headers={"Authorization": f"Bearer {token}"}).json()
    assert me["user"]["email"] == ann.email
    assert "manage_organization" in me["permissions"]


def test_the_first_administrator_is_made_once(resources: Resources) -> None:
    database, settings = resources.database, resources.settings
    with database.open_session() as session, session.begin():
        made = create_first_administrator(session, settings, email="Admin@Example.com")
    assert made is not None
    assert made.email == "admin@example.com"
    assert len(made.password) >= 16
    assert made.password not in repr(made)
    with database.open_session() as session, session.begin():
        again = create_first_administrator(session, settings, email="other@example.com")
        assert again is None
        assert actor_of_email(session, "admin@example.com").role is Role.OWNER


def test_who_did_what_can_be_read_by_managers_of_the_same_organisation(
    client: TestClient, world: World
) -> None:
    owner = world.person(Role.OWNER)
    bo = world.colleague(owner, Role.LABELER)
    client.patch(f"{API}/members/{bo.id}", json={"role": "ml"}, headers=owner.headers)
    client.patch(f"{API}/organization", json={"name": "Vineyard"}, headers=owner.headers)
    events = client.get(f"{API}/audit", headers=owner.headers).json()["items"]
    assert [event["action"] for event in events] == ["organization.renamed", "member.role_changed"]
    assert events[0]["details"] == {"before": "Orchard", "after": "Vineyard"}
    assert events[1]["actor"]["id"] == str(owner.id)
    assert events[1]["object_id"] == str(bo.id)
    filtered = client.get(
        f"{API}/audit", params={"action": "member.role_changed"}, headers=owner.headers
    )
    assert len(filtered.json()["items"]) == 1
    stranger = world.person(Role.OWNER)
    assert client.get(f"{API}/audit", headers=stranger.headers).json()["items"] == []
    assert client.get(f"{API}/audit", headers=bo.headers).status_code == 403


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_event SET action = 'x'", "DELETE FROM audit_event", "TRUNCATE audit_event"],
)
def test_the_audit_log_can_not_be_changed(
    world: World, resources: Resources, statement: str
) -> None:
    world.project(world.person())
    with (
        resources.database.open_session() as session,
        pytest.raises(sa.exc.ProgrammingError, match="append-only"),
    ):
        session.execute(sa.text(statement))


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-14:00", "2300-01-01T00:00:00Z"])
def test_an_expiry_in_a_far_future_is_refused_and_the_list_stays_readable(
    client: TestClient, world: World, moment: str
) -> None:
    owner = world.person(Role.OWNER)
    answer = client.post(
        f"{API}/tokens",
        json={"name": "ci", "scopes": ["read"], "expires_at": moment},
        headers=owner.headers,
    )
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "expires_at"
    listed = client.get(f"{API}/tokens", headers=owner.headers).json()["items"]
    assert [token["name"] for token in listed] == ["tests"]
