"""Teams: who belongs to which, who sees which, and what an hour costs."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from maskwright.accounts.domain import Role
from tests.support.world import Person, World

API = "/api/v1"


def create(client: TestClient, by: Person, **fields: Any) -> dict[str, Any]:
    answer = client.post(f"{API}/teams", json=fields, headers=by.headers)
    assert answer.status_code == 201, answer.text
    team: dict[str, Any] = answer.json()
    return team


def put(
    client: TestClient, by: Person, team: dict[str, Any], who: Person, *, is_lead: bool = False
) -> Response:
    return client.put(
        f"{API}/teams/{team['id']}/members/{who.id}",
        json={"is_lead": is_lead},
        headers=by.headers,
    )


def names(client: TestClient, by: Person) -> list[str]:
    answer = client.get(f"{API}/teams", headers=by.headers)
    assert answer.status_code == 200, answer.text
    return [team["name"] for team in answer.json()["items"]]


def members(client: TestClient, by: Person, team: dict[str, Any]) -> list[tuple[str, bool]]:
    answer = client.get(f"{API}/teams/{team['id']}/members", headers=by.headers)
    return [(row["user_id"], row["is_lead"]) for row in answer.json()["items"]]


def test_a_person_is_in_one_team_and_moves(client: TestClient, world: World) -> None:
    manager = world.person(Role.MANAGER)
    ann, bo = (world.colleague(manager, Role.LABELER) for _ in range(2))
    house = create(client, manager, name="In house")
    vendor = create(client, manager, name="Pixel Farm", kind="vendor")

    for team, who, is_lead in ((house, ann, False), (house, bo, True), (vendor, ann, False)):
        assert put(client, manager, team, who, is_lead=is_lead).status_code == 204

    assert members(client, manager, house) == [(str(bo.id), True)]
    assert members(client, manager, vendor) == [(str(ann.id), False)]
    listed = client.get(f"{API}/teams", headers=manager.headers).json()["items"]
    assert [(team["name"], team["members"]) for team in listed] == [
        ("Pixel Farm", 1),
        ("In house", 1),
    ]


def test_a_lead_sees_his_own_team_and_no_other(client: TestClient, world: World) -> None:
    manager = world.person(Role.MANAGER)
    lead, member = (world.colleague(manager, Role.LABELER) for _ in range(2))
    house = create(client, manager, name="In house")
    vendor = create(client, manager, name="Pixel Farm", kind="vendor")
    put(client, manager, vendor, lead, is_lead=True)
    put(client, manager, vendor, member)

    assert names(client, lead) == ["Pixel Farm"]
    assert members(client, lead, vendor) == [(str(lead.id), True), (str(member.id), False)]
    hidden = client.get(f"{API}/teams/{house['id']}/members", headers=lead.headers)
    assert (hidden.status_code, hidden.json()["code"]) == (404, "team-not-found")
    assert client.get(f"{API}/teams", headers=member.headers).status_code == 403
    assert put(client, lead, vendor, member, is_lead=True).status_code == 403


def test_who_leaves_the_organisation_leaves_the_team(client: TestClient, world: World) -> None:
    manager = world.person(Role.MANAGER)
    ann = world.colleague(manager, Role.LABELER)
    team = create(client, manager, name="In house")
    put(client, manager, team, ann)

    assert client.delete(f"{API}/members/{ann.id}", headers=manager.headers).status_code == 204

    assert members(client, manager, team) == []


def test_only_members_of_the_organisation_can_join(client: TestClient, world: World) -> None:
    manager, stranger = world.person(Role.MANAGER), world.person(Role.LABELER)
    team = create(client, manager, name="In house")

    answer = put(client, manager, team, stranger)

    assert (answer.status_code, answer.json()["code"]) == (422, "not-a-member")


def test_names_differ_among_teams_that_are_not_archived(client: TestClient, world: World) -> None:
    manager = world.person(Role.MANAGER)
    first = create(client, manager, name="Farm")
    taken = client.post(f"{API}/teams", json={"name": "FARM"}, headers=manager.headers)
    assert (taken.status_code, taken.json()["code"]) == (409, "team-name-taken")

    address = f"{API}/teams/{first['id']}"
    client.patch(address, json={"is_archived": True}, headers=manager.headers)
    create(client, manager, name="farm")

    back = client.patch(address, json={"is_archived": False}, headers=manager.headers)
    assert (back.status_code, back.json()["code"]) == (409, "team-name-taken")
    joining = put(client, manager, first, manager)
    assert (joining.status_code, joining.json()["code"]) == (409, "team-archived")


def test_rates_hold_from_their_moment_on(client: TestClient, world: World) -> None:
    manager = world.person(Role.MANAGER)
    team = create(client, manager, name="Farm")
    address = f"{API}/teams/{team['id']}/rates"

    for hourly, moment in (("8.50", "2026-01-01T00:00:00Z"), ("9", "2026-03-01T00:00:00Z")):
        rate = {"hourly": hourly, "currency": "EUR", "starts_at": moment}
        assert client.post(address, json=rate, headers=manager.headers).status_code == 200
    corrected = {"hourly": "9.25", "currency": "EUR", "starts_at": "2026-03-01T00:00:00Z"}
    rates = client.post(address, json=corrected, headers=manager.headers).json()["items"]

    assert [float(rate["hourly"]) for rate in rates] == [9.25, 8.5]


@pytest.mark.parametrize(
    "rate", [{"hourly": "-1", "currency": "EUR"}, {"hourly": "1", "currency": "euros"}]
)
def test_a_rate_that_is_none_is_refused(
    client: TestClient, world: World, rate: dict[str, str]
) -> None:
    manager = world.person(Role.MANAGER)
    team = create(client, manager, name="Farm")

    answer = client.post(f"{API}/teams/{team['id']}/rates", json=rate, headers=manager.headers)

    assert answer.status_code == 422
