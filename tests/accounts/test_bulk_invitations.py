"""Inviting many at once, from a list that somebody pasted."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Permission, Role
from maskwright.accounts.invitation_lists import ListedPerson, read_list
from tests.accounts.conftest import API, PASSWORD
from tests.support.world import Person, World


def invite_many(client: TestClient, by: Person, text: str, **more: Any) -> dict[str, Any]:
    body = {"text": text, "role": "labeler", **more}
    answer = client.post(f"{API}/invitations/bulk", json=body, headers=by.headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ann@example.com", [("ann@example.com", "", "")]),
        ("  ANN@Example.com ;", [("ann@example.com", "", "")]),
        ("Ann Lee <ann@example.com>", [("ann@example.com", "", "")]),
        ("a@b.c, d@e.f; g@h.i", [("a@b.c", "", ""), ("d@e.f", "", ""), ("g@h.i", "", "")]),
        ("email;role;team\nann@b.c;reviewer;Pixel Farm", [("ann@b.c", "reviewer", "Pixel Farm")]),
        ('ann@b.c,labeler,"Farm, north"', [("ann@b.c", "labeler", "Farm, north")]),
        ("\n\nann at example.com", [(None, "", "")]),
        ("a" * 252 + "@b.c", [(None, "", "")]),
    ],
)
def test_a_list_is_read_as_people_write_them(
    text: str, found: list[tuple[str | None, str, str]]
) -> None:
    assert [(one.email, one.role, one.team) for one in read_list(text)] == found


def test_a_line_knows_where_it_stands() -> None:
    assert list(read_list("email\n\nx")) == [ListedPerson(3, "x", None)]


def test_each_line_is_told_what_became_of_it(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    member = world.colleague(owner, Role.LABELER)
    team = client.post(f"{API}/teams", json={"name": "Farm"}, headers=owner.headers).json()
    invite_many(client, owner, "waiting@example.com")
    text = "\n".join(
        (
            "ann@example.com",
            "bo@example.com, Reviewer, farm",
            "ann@example.com",
            member.email,
            "waiting@example.com",
            "cy@example.com, chief",
            "di@example.com, labeler, Nowhere",
            "no address",
        )
    )
    checked = invite_many(client, owner, text, only_check=True)
    assert [line["status"] for line in checked["items"]] == [
        "ready", "ready", "twice", "member", "waiting", "unknown_role", "unknown_team",
        "no_address",
    ]  # fmt: skip
    assert len(client.get(f"{API}/invitations", headers=owner.headers).json()["items"]) == 1

    done = invite_many(client, owner, text)
    assert done["invited"] == 2
    ann, bo = done["items"][:2]
    assert (ann["status"], ann["role"], ann["line"]) == ("invited", "labeler", 1)
    assert (bo["role"], bo["team_id"]) == ("reviewer", team["id"])
    secret = bo["url"].rsplit("/", 1)[1]
    address = f"{API}/invitations/by-token/{secret}/accept"
    joined = client.post(address, json={"name": "Bo", "password": PASSWORD})
    assert joined.json()["role"] == "reviewer"
    people = client.get(f"{API}/teams/{team['id']}/members", headers=owner.headers).json()
    assert [one["name"] for one in people["items"]] == ["Bo"]


def test_nobody_invites_to_more_than_he_may_do(client: TestClient, world: World) -> None:
    hiring = world.with_permissions(world.person(Role.OWNER), Permission.MANAGE_MEMBERS)
    found = invite_many(client, hiring, "ann@example.com, manager\nbo@example.com")
    assert [line["status"] for line in found["items"]] == ["not_yours_to_give", "invited"]


def test_a_list_that_is_too_long_is_refused_before_anybody_is_invited(
    client: TestClient, world: World
) -> None:
    owner = world.person(Role.OWNER)
    text = "\n".join(f"p{number}@example.com" for number in range(501))
    body = {"text": text, "role": "labeler"}
    answer = client.post(f"{API}/invitations/bulk", json=body, headers=owner.headers)
    assert answer.status_code == 422
    assert "501" in answer.json()["title"]
    assert client.get(f"{API}/invitations", headers=owner.headers).json()["items"] == []
