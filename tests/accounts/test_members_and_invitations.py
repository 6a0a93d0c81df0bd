"""Who belongs to an organisation, and how people come in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from maskwright.accounts.models import Invitation
from maskwright.accounts.service import members
from maskwright.kernel.errors import MaskwrightError
from maskwright.work import Resources
from tests.accounts.conftest import API, PASSWORD, Accounts, Browser, sign_in
from tests.support.world import Person, World

OpenBrowser = Callable[[], Browser]


def invite(client: TestClient, by: Person, **fields: Any) -> dict[str, Any]:
    """An invitation, with its secret beside the link."""
    answer = client.post(
        f"{API}/invitations", json={"role": "labeler", **fields}, headers=by.headers
    )
    assert answer.status_code == 201, answer.text
    invitation: dict[str, Any] = answer.json()
    return {**invitation, "secret": invitation["url"].rsplit("/", 1)[1]}


def test_a_new_person_joins_by_an_open_link_and_is_signed_in(
    open_browser: OpenBrowser, client: TestClient, world: World
) -> None:
    owner = world.person(Role.OWNER)
    invitation = invite(client, owner, role="reviewer")
    assert invitation["url"].startswith("https://testserver/invitations/")
    address = f"{API}/invitations/by-token/{invitation['secret']}"
    browser = open_browser()
    preview = browser.get(address).json()
    assert preview["organization"] == {"name": "Orchard"}
    assert preview["role"] == "reviewer"
    assert not preview["account_exists"]

    account = {"name": "Bo", "email": "Bo@Example.com", "password": PASSWORD}
    answer = browser.post(f"{address}/accept", json=account)
    assert answer.status_code == 200
    assert answer.json()["role"] == "reviewer"
    assert browser.get(f"{API}/me").json()["user"]["email"] == "bo@example.com"
    listed = client.get(f"{API}/members", headers=owner.headers).json()["items"]
    assert {member["name"]: member["role"] for member in listed}["Bo"] == "reviewer"


def test_somebody_with_an_account_joins_by_his_password_alone(
    open_browser: OpenBrowser, client: TestClient, world: World, accounts: Accounts
) -> None:
    bo = accounts.make()
    invitation = invite(client, world.person(Role.OWNER), email=bo.email)
    address = f"{API}/invitations/by-token/{invitation['secret']}"
    browser = open_browser()
    assert browser.get(address).json()["account_exists"]
    wrong = browser.post(f"{address}/accept", json={"password": "wrong", "name": "Not Bo"})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong-credentials")
    answer = browser.post(f"{address}/accept", json={"password": bo.password})
    assert answer.status_code == 200
    assert {o["role"] for o in answer.json()["organizations"]} == {"owner", "labeler"}


def test_accepting_ends_the_session_that_the_browser_had(
    open_browser: OpenBrowser, client: TestClient, world: World, accounts: Accounts
) -> None:
    browser = open_browser()
    sign_in(browser, accounts.make())
    former = {"Cookie": f"__Host-maskwright={browser.cookies['__Host-maskwright']}"}
    secret = invite(client, world.person(Role.OWNER))["secret"]
    account = {"name": "Bo", "email": "bo@example.com", "password": PASSWORD}
    answer = browser.post(f"{API}/invitations/by-token/{secret}/accept", json=account)
    assert answer.status_code == 200
    assert open_browser().get(f"{API}/me", headers=former).status_code == 401


def test_an_invitation_to_an_email_is_for_that_email(
    open_browser: OpenBrowser, client: TestClient, world: World
) -> None:
    invitation = invite(client, world.person(Role.OWNER), email="bo@example.com")
    answer = open_browser().post(
        f"{API}/invitations/by-token/{invitation['secret']}/accept",
        json={"name": "Eve", "email": "eve@example.com", "password": PASSWORD},
    )
    assert answer.json()["user"]["email"] == "bo@example.com"


@pytest.mark.parametrize(
    ("account", "code"),
    [
        ({"name": "Bo", "password": PASSWORD}, "email-required"),
        ({"email": "bo@example.com", "password": PASSWORD}, "name-required"),
        ({"name": "Bo", "email": "bo@example.com", "password": "short"}, "password-too-weak"),
        ({"name": "Bo\u0000", "email": "bo@example.com", "password": PASSWORD}, "invalid-input"),
        ({"name": "Bo", "email": "bo", "password": PASSWORD}, "invalid-input"),
    ],
)
def test_what_is_missing_is_named_and_the_invitation_stays_good(
    client: TestClient, world: World, account: dict[str, str], code: str
) -> None:
    secret = invite(client, world.person(Role.OWNER))["secret"]
    address = f"{API}/invitations/by-token/{secret}"
    answer = client.post(f"{address}/accept", json=account)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"][0]["field"] in ("email", "name", "password")
    assert client.get(address).status_code == 200


def test_an_invitation_is_used_once_even_by_two_at_the_same_moment(
    client: TestClient, world: World
) -> None:
    secret = invite(client, world.person(Role.OWNER))["secret"]

    def accept(number: int) -> int:
        account = {"name": "Bo", "email": f"bo{number}@example.com", "password": PASSWORD}
        return client.post(f"{API}/invitations/by-token/{secret}/accept", json=account).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(accept, range(4)))
    assert statuses == [200, 404, 404, 404]


def test_withdrawn_and_expired_invitations_are_not_valid(
    client: TestClient, world: World, resources: Resources
) -> None:
    owner = world.person(Role.OWNER)
    withdrawn, expired = invite(client, owner), invite(client, owner)
    address = f"{API}/invitations/{withdrawn['id']}"
    assert client.delete(address, headers=owner.headers).status_code == 204
    assert client.delete(address, headers=owner.headers).status_code == 404
    with resources.database.open_session() as session, session.begin():
        session.execute(
            sa.update(Invitation).values(expires_at=sa.func.now() - timedelta(seconds=1))
        )
    for invitation in (withdrawn, expired):
        secret = invitation["secret"]
        assert client.get(f"{API}/invitations/by-token/{secret}").status_code == 404
    assert client.get(f"{API}/invitations", headers=owner.headers).json()["items"] == []


def test_a_member_is_not_invited_again(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    bo = world.colleague(owner, Role.LABELER)
    answer = client.post(
        f"{API}/invitations", json={"email": bo.email, "role": "ml"}, headers=owner.headers
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "already-member")


def test_a_member_gets_another_role_at_once(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    bo = world.colleague(owner, Role.LABELER)
    project = {"name": "By Bo"}
    assert client.post(f"{API}/projects", json=project, headers=bo.headers).status_code == 403
    changed = client.patch(
        f"{API}/members/{bo.id}", json={"role": "manager"}, headers=owner.headers
    )
    assert changed.json()["role"] == "manager"
    assert client.post(f"{API}/projects", json=project, headers=bo.headers).status_code == 201


def test_a_removed_member_loses_sessions_and_tokens_of_this_organisation_only(
    open_browser: OpenBrowser, client: TestClient, world: World, accounts: Accounts
) -> None:
    owner, bo = accounts.make(), accounts.make(Role.LABELER)
    manager = world.person(Role.OWNER, owner.actor.organization_id)
    joined = open_browser()
    secret = invite(client, manager, email=bo.email)["secret"]
    answer = joined.post(
        f"{API}/invitations/by-token/{secret}/accept", json={"password": bo.password}
    )
    joined.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
    token = joined.post(f"{API}/tokens", json={"name": "ci", "scopes": ["read"]}).json()["token"]
    by_token = {"Authorization": f"Bearer {token}"}
    assert client.get(f"{API}/me", headers=by_token).status_code == 200

    address = f"{API}/members/{bo.actor.person_id}"
    assert client.delete(address, headers=manager.headers).status_code == 204
    assert joined.get(f"{API}/me").status_code == 401
    assert client.get(f"{API}/me", headers=by_token).status_code == 401
    home = open_browser()
    sign_in(home, bo)
    assert home.get(f"{API}/me").json()["organization"]["id"] == str(bo.actor.organization_id)


def test_the_last_owner_can_neither_leave_nor_step_down(client: TestClient, world: World) -> None:
    owner = world.person(Role.OWNER)
    address = f"{API}/members/{owner.id}"
    leaving = client.delete(address, headers=owner.headers)
    stepping_down = client.patch(address, json={"role": "manager"}, headers=owner.headers)
    assert leaving.status_code == stepping_down.status_code == 409
    assert leaving.json()["code"] == stepping_down.json()["code"] == "last-owner"


def test_two_owners_who_remove_one_another_leave_one(world: World) -> None:
    ann = world.person(Role.OWNER)
    bo = world.colleague(ann, Role.OWNER)

    def remove(pair: tuple[Person, Person]) -> str:
        actor, other = pair
        try:
            with world.work_of(actor) as work:
                members.remove_member(work, other.id)
        except MaskwrightError as error:
            return type(error).__name__
        return "removed"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(remove, [(ann, bo), (bo, ann)]))
    assert outcomes == ["LastOwner", "removed"]


@pytest.mark.parametrize("change", ["promote", "demote", "remove", "invite"])
def test_a_manager_has_no_power_over_owners(client: TestClient, world: World, change: str) -> None:
    owner = world.person(Role.OWNER)
    world.colleague(owner, Role.OWNER)
    manager = world.colleague(owner, Role.MANAGER)
    bo = world.colleague(owner, Role.LABELER)
    method, address, body = {
        "promote": ("PATCH", f"/members/{bo.id}", {"role": "owner"}),
        "demote": ("PATCH", f"/members/{owner.id}", {"role": "labeler"}),
        "remove": ("DELETE", f"/members/{owner.id}", None),
        "invite": ("POST", "/invitations", {"role": "owner"}),
    }[change]
    answer = client.request(method, API + address, json=body, headers=manager.headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "owners-only")


def test_nobody_is_invited_into_a_team_that_is_not_there_or_is_archived(
    client: TestClient, world: World
) -> None:
    owner = world.person(Role.OWNER)
    teams = [
        client.post(f"{API}/teams", json={"name": "Farm"}, headers=by.headers).json()["id"]
        for by in (owner, world.person(Role.OWNER))
    ]
    client.patch(f"{API}/teams/{teams[0]}", json={"is_archived": True}, headers=owner.headers)

    for team, code in ((teams[0], "team-archived"), (teams[1], "team-not-found")):
        alone = {"role": "labeler", "team_id": team}
        many = {**alone, "text": "ann@example.com", "only_check": True}
        for path, body in (("invitations", alone), ("invitations/bulk", many)):
            answer = client.post(f"{API}/{path}", json=body, headers=owner.headers)
            assert answer.json().get("code") == code, (path, answer.text)
    assert client.get(f"{API}/invitations", headers=owner.headers).json()["items"] == []
