"""Roles that an organisation makes of permissions, and who may give them to whom."""

from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from httpx import Response

from maskwright.accounts.domain import PERMISSIONS, Permission, Role
from maskwright.accounts.models import Membership
from maskwright.work import Resources
from tests.accounts.conftest import API, PASSWORD
from tests.support.world import Person, World


def make_role(client: TestClient, by: Person, name: str, *permissions: str) -> Response:
    body = {"name": name, "permissions": list(permissions)}
    return client.post(f"{API}/roles", json=body, headers=by.headers)


def a_role(client: TestClient, by: Person, name: str, *permissions: str) -> dict[str, Any]:
    answer = make_role(client, by, name, *permissions)
    assert answer.status_code == 201, answer.text
    role: dict[str, Any] = answer.json()
    return role


def give(client: TestClient, by: Person, to: Person, **role: Any) -> Response:
    return client.patch(f"{API}/members/{to.id}", json=role, headers=by.headers)


def may(client: TestClient, person: Person) -> set[str]:
    return set(client.get(f"{API}/me", headers=person.headers).json()["permissions"])


def test_a_role_of_ones_own_allows_what_it_is_made_of(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    bo = world.colleague(owner, Role.LABELER)
    role = a_role(client, owner, "Data steward", "edit_ontology", "import_data")

    given = give(client, owner, bo, custom_role_id=role["id"])

    assert given.status_code == 200, given.text
    assert (given.json()["role"], given.json()["custom_role_id"]) == ("custom", role["id"])
    everybody = {"view_project", "manage_tokens"}
    assert may(client, bo) == {"edit_ontology", "import_data", *everybody}
    me = client.get(f"{API}/me", headers=bo.headers).json()
    assert (me["role"], me["role_name"]) == ("custom", "Data steward")
    project = client.post(f"{API}/projects", json={"name": "x"}, headers=owner.headers).json()
    address = f"{API}/projects/{project['id']}"
    classes = {"classes": [{"name": "bus", "color": "#aa8844", "kind": "thing"}]}
    assert client.put(f"{address}/ontology", json=classes, headers=bo.headers).status_code == 200
    refused = client.patch(address, json={"name": "y"}, headers=bo.headers)
    assert (refused.status_code, refused.json()["permission"]) == (403, "manage_projects")


def test_a_role_that_is_changed_holds_from_the_next_request_on(
    client: TestClient, world: World
) -> None:
    owner = world.person(Role.OWNER)
    bo = world.with_permissions(owner, Permission.VIEW_AUDIT)
    assert client.get(f"{API}/audit", headers=bo.headers).status_code == 200
    [role] = client.get(f"{API}/roles", headers=owner.headers).json()["items"]
    assert role["members"] == 1

    address = f"{API}/roles/{role['id']}"
    changed = client.patch(address, json={"permissions": ["label"]}, headers=owner.headers)

    assert changed.json()["permissions"] == ["label", "manage_tokens", "view_project"]
    assert client.get(f"{API}/audit", headers=bo.headers).status_code == 403
    assert "label" in may(client, bo)


def test_what_a_permission_needs_comes_with_it(client: TestClient, world: World) -> None:
    role = a_role(client, world.person(Role.OWNER), "People", "manage_members")
    assert role["permissions"] == [
        "manage_members", "manage_tokens", "view_people", "view_project"
    ]  # fmt: skip


def test_a_role_that_somebody_has_stays(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    bo = world.with_permissions(owner, Permission.EXPORT)
    [role] = client.get(f"{API}/roles", headers=owner.headers).json()["items"]
    address = f"{API}/roles/{role['id']}"

    refused = client.delete(address, headers=owner.headers)

    assert (refused.status_code, refused.json()["code"]) == (409, "role-in-use")
    assert (refused.json()["members"], refused.json()["invitations"]) == (1, 0)
    assert give(client, owner, bo, role="ml").status_code == 200
    assert client.delete(address, headers=owner.headers).status_code == 204
    assert client.get(f"{API}/roles", headers=owner.headers).json()["items"] == []


def test_a_person_joins_with_a_role_of_the_organisations_own(
    client: TestClient, world: World
) -> None:
    owner = world.person(Role.OWNER)
    role = a_role(client, owner, "Data steward", "edit_ontology")
    body = {"email": "bo@example.com", "custom_role_id": role["id"]}
    invitation = client.post(f"{API}/invitations", json=body, headers=owner.headers).json()
    secret = invitation["url"].rsplit("/", 1)[1]
    address = f"{API}/invitations/by-token/{secret}"
    assert client.get(address).json()["role_name"] == "Data steward"
    refused = client.delete(f"{API}/roles/{role['id']}", headers=owner.headers)
    assert refused.json()["invitations"] == 1

    joined = client.post(f"{address}/accept", json={"name": "Bo", "password": PASSWORD})

    assert joined.status_code == 200, joined.text
    assert "edit_ontology" in joined.json()["permissions"]


def test_nobody_gives_out_more_than_he_has(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    hiring = world.with_permissions(owner, Permission.MANAGE_MEMBERS)
    manager, bo = world.colleague(owner, Role.MANAGER), world.colleague(owner, Role.LABELER)
    exporting = a_role(client, owner, "Exporter", "export")

    for wanted in ({"role": "manager"}, {"role": "ml"}, {"custom_role_id": exporting["id"]}):
        refused = give(client, hiring, bo, **wanted)
        assert (refused.status_code, refused.json()["code"]) == (403, "role-too-powerful")
    assert "export" in refused.json()["permissions"]
    assert give(client, hiring, bo, role="owner").json()["code"] == "owners-only"
    # He may not take away what he could not give, either.
    assert give(client, hiring, manager, role="labeler").status_code == 403
    removed = client.delete(f"{API}/members/{manager.id}", headers=hiring.headers)
    assert removed.status_code == 403
    # Work is given out by whoever manages people.
    assert give(client, hiring, bo, role="reviewer").status_code == 200


@pytest.mark.parametrize(
    "choice", [{}, {"role": "custom"}, {"role": "labeler", "custom_role_id": "x"}]
)
def test_a_choice_that_names_no_role_or_two_is_refused(
    client: TestClient, world: World, choice: dict[str, str]
) -> None:
    owner = world.person(Role.OWNER)
    bo = world.colleague(owner, Role.LABELER)
    assert give(client, owner, bo, **choice).status_code == 422


def test_a_role_of_another_organisation_is_not_there(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    theirs = a_role(client, world.person(Role.OWNER), "Theirs", "export")
    bo = world.colleague(owner, Role.LABELER)
    assert give(client, owner, bo, custom_role_id=theirs["id"]).status_code == 404


def test_two_roles_are_told_apart_by_name(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    a_role(client, owner, "Data steward", "export")
    refused = make_role(client, owner, "data STEWARD", "label")
    assert (refused.status_code, refused.json()["code"]) == (409, "role-name-taken")


def test_the_database_keeps_role_and_permissions_together(
    world: World, resources: Resources
) -> None:
    world.person(Role.LABELER)
    with (
        resources.database.open_session() as session,
        pytest.raises(sa.exc.IntegrityError, match="custom_role_whole"),
    ):
        session.execute(sa.update(Membership).values(permissions=["export"]))


def test_the_list_says_what_the_built_in_roles_may_do(client: TestClient, world: World) -> None:
    answer = client.get(f"{API}/roles", headers=world.person(Role.MANAGER).headers).json()
    assert {one["role"]: set(one["permissions"]) for one in answer["built_in"]} == {
        role.value: {permission.value for permission in granted}
        for role, granted in PERMISSIONS.items()
        if role is not Role.CUSTOM
    }
