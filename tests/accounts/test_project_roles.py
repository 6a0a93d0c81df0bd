"""Somebody may be more, less or nothing at all in one project."""

from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Permission, Role
from maskwright.accounts.service import roles
from tests.queue.desk import Caller, Desk
from tests.support.world import Person, World


@pytest.fixture
def desk(world: World) -> Desk:
    made = Desk.make(world)
    made.add_images(3)
    return made


@pytest.fixture
def owner(client: TestClient, desk: Desk) -> Caller:
    return Caller(client, desk.world.colleague(desk.manager, Role.OWNER), desk)


def somebody(client: TestClient, desk: Desk, role: Role) -> Caller:
    return Caller(client, desk.world.colleague(desk.manager, role), desk)


def put(giver: Caller, person: Person, role: str | None, **more: object) -> Any:
    return giver.client.put(
        f"/api/v1/projects/{giver.desk.project_id}/people/{person.id}",
        json={"role": role, **more},
        headers=giver.person.headers,
    )


def give(giver: Caller, person: Person, role: str | None, **more: object) -> None:
    answer = put(giver, person, role, **more)
    assert answer.status_code == 200, answer.text


def test_a_labeler_reviews_in_one_project_and_labels_in_the_others(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    ann = somebody(client, desk, Role.LABELER)
    other = desk.world.project(desk.manager)
    give(owner, ann.person, "reviewer")

    here = ann.get(f"/projects/{desk.project_id}").json()["permissions"]
    there = ann.get(f"/projects/{other}").json()["permissions"]

    assert ("review" in here, "review" in there) == (True, False)
    asked = [
        ann.post(f"/projects/{project}/queue/next", {"stage": "review"}).status_code
        for project in (desk.project_id, other)
    ]
    assert asked == [204, 403]


def test_who_is_manager_in_one_project_manages_that_one(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    ann = somebody(client, desk, Role.LABELER)
    other = desk.world.project(desk.manager)
    give(owner, ann.person, "manager")

    def rename(project_id: UUID) -> int:
        return ann.client.patch(
            f"/api/v1/projects/{project_id}", json={"name": "Mine"}, headers=ann.person.headers
        ).status_code

    assert (rename(desk.project_id), rename(other)) == (200, 403)
    assert ann.get("/members").status_code == 403
    assert ann.post("/projects", {"name": "One more"}).status_code == 403


def test_who_manages_one_project_gives_the_organisations_own_roles_there(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    ann, bob = (somebody(client, desk, Role.LABELER) for _ in range(2))
    assert ann.get("/roles").status_code == 403
    made = owner.post("/roles", {"name": "Looker", "permissions": ["view_quality"]}).json()
    give(owner, ann.person, "manager")

    listed = ann.get("/roles").json()["items"]

    assert [each["name"] for each in listed] == ["Looker"]
    give(ann, bob.person, "custom", custom_role_id=made["id"])
    here = bob.get(f"/projects/{desk.project_id}").json()["permissions"]
    assert "view_quality" in here


def test_who_is_kept_out_finds_no_such_project_and_loses_what_he_holds(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    ann = somebody(client, desk, Role.LABELER)
    held = ann.claim()
    assert ann.save(held, upserts=[]).status_code == 200

    give(owner, ann.person, None)

    assert ann.get(f"/projects/{desk.project_id}").status_code == 404
    assert ann.ask().status_code == 404
    listed = ann.get("/projects").json()["items"]
    assert str(desk.project_id) not in [each["id"] for each in listed]
    assert ann.on(held, "heartbeat", active_ms=1).status_code in (404, 409)
    assert desk.state_of(held["task"]["id"]) == "open"
    assert ann.get("/me/notifications").status_code == 200


def test_who_only_reviews_there_holds_no_label_any_more(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    ann = somebody(client, desk, Role.LABELER)
    held = ann.claim()

    give(owner, ann.person, "ml")

    assert desk.state_of(held["task"]["id"]) == "open"
    assert ann.ask().status_code == 403


def test_a_role_of_ones_own_holds_in_a_project_and_changes_with_it(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    ann = somebody(client, desk, Role.LABELER)
    role_id = desk.world.custom_role(owner.person, Permission.EXPORT)
    give(owner, ann.person, "custom", custom_role_id=str(role_id))

    def may() -> set[str]:
        return set(ann.get(f"/projects/{desk.project_id}").json()["permissions"])

    assert "export" in may()
    assert "label" not in may()
    with desk.world.work_of(owner.person) as work:
        roles.change_role(
            work, role_id, name=None, description=None, permissions=[Permission.LABEL]
        )
    assert "label" in may()
    deleted = client.delete(f"/api/v1/roles/{role_id}", headers=owner.person.headers)
    assert deleted.status_code == 409


def test_the_role_of_the_organisation_holds_again_when_it_is_taken(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    ann = somebody(client, desk, Role.LABELER)
    give(owner, ann.person, None)

    taken = client.delete(
        f"/api/v1/projects/{desk.project_id}/people/{ann.person.id}",
        headers=owner.person.headers,
    )

    assert taken.json()["has_own_role"] is False
    assert ann.ask().status_code == 200


def test_nobody_gives_more_than_he_has_there_or_changes_who_has_more(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    boss = somebody(client, desk, Role.MANAGER)
    local = somebody(client, desk, Role.LABELER)
    ann = somebody(client, desk, Role.LABELER)
    give(owner, local.person, "manager")

    assert put(local, ann.person, "manager").status_code == 200
    assert put(local, boss.person, None).status_code == 403
    assert put(local, owner.person, "labeler").status_code == 409
    assert put(ann, local.person, "labeler").status_code == 200
    assert put(local, ann.person, "labeler").status_code == 403
    assert put(owner, ann.person, "owner").status_code == 422


def test_the_list_says_who_is_what_here(client: TestClient, desk: Desk, owner: Caller) -> None:
    ann = somebody(client, desk, Role.LABELER)
    give(owner, ann.person, None)

    [first, *others] = owner.get(f"/projects/{desk.project_id}/people").json()["items"]

    assert (first["user_id"], first["role"], first["has_own_role"], first["own_role"]) == (
        str(ann.person.id),
        "labeler",
        True,
        None,
    )
    assert not any(each["has_own_role"] for each in others)


def test_who_leaves_the_organisation_leaves_no_role_behind(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    ann = somebody(client, desk, Role.LABELER)
    give(owner, ann.person, "reviewer")

    left = client.delete(f"/api/v1/members/{ann.person.id}", headers=owner.person.headers)

    assert left.status_code == 204
    assert desk.sql("SELECT count(*) FROM project_role") == [(0,)]


def test_who_labels_nowhere_else_labels_and_reviews_where_he_may(
    client: TestClient, desk: Desk, owner: Caller
) -> None:
    """From the claim to the verdict: what asks before the project is known lets him through."""
    ann, bob = somebody(client, desk, Role.ML), somebody(client, desk, Role.LABELER)
    path = f"/projects/{desk.project_id}"
    steps = {"version": 0, "steps": [{"name": "Look"}], "overlap": None}
    client.put(f"/api/v1{path}/workflow", json=steps, headers=owner.person.headers)
    assert ann.ask().status_code == 403
    give(owner, ann.person, "labeler")

    claimed = ann.claim()
    assert ann.save(claimed, upserts=[]).status_code == 200
    assert ann.submit(claimed, []).status_code == 200
    assert bob.ask(stage="review").status_code == 403

    give(owner, bob.person, "reviewer")
    review = bob.claim(stage="review")
    judged = bob.on(review, "verdict", decision="approved")
    assert judged.status_code == 200, judged.text
    assert desk.state_of(claimed["task"]["id"]) == "done"
