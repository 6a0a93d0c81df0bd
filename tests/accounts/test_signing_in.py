"""Signing in with a browser, and what protects it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role, Throttle
from maskwright.accounts.models import ApiToken, BrowserSession, Membership, SignInAttempt, User
from maskwright.accounts.passwords import hash_password
from maskwright.settings import PasswordSettings
from maskwright.work import Resources
from tests.accounts.conftest import API, Accounts, Browser, sign_in
from tests.support.world import World

OpenBrowser = Callable[[], Browser]


def test_signing_in_says_who_one_is_and_what_one_may_do(
    open_browser: OpenBrowser, accounts: Accounts
) -> None:
    ann = accounts.make(Role.LABELER)
    browser = open_browser()
    answer = browser.post(
        f"{API}/session", json={"email": f" {ann.email.upper()}", "password": ann.password}
    )
    assert answer.status_code == 200
    me = answer.json()
    assert me["user"]["email"] == ann.email
    assert me["role"] == "labeler"
    assert me["permissions"] == ["label", "manage_tokens", "view_project"]
    assert browser.get(f"{API}/me").json() == me


def test_the_cookie_can_neither_be_read_by_scripts_nor_set_by_another_host(
    open_browser: OpenBrowser, accounts: Accounts
) -> None:
    ann = accounts.make()
    answer = open_browser().post(
        f"{API}/session", json={"email": ann.email, "password": ann.password}
    )
    name, _, rest = answer.headers["set-cookie"].partition("=")
    assert name == "__Host-maskwright"
    attributes = {part.strip().lower() for part in rest.split(";")[1:]}
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= attributes
    assert not any(attribute.startswith("domain") for attribute in attributes)


def test_only_hashes_of_secrets_are_kept(
    open_browser: OpenBrowser, accounts: Accounts, resources: Resources
) -> None:
    browser = open_browser()
    sign_in(browser, accounts.make())
    token = browser.post(f"{API}/tokens", json={"name": "ci", "scopes": ["read"]}).json()["token"]
    secret = browser.cookies["__Host-maskwright"]
    with resources.database.open_session() as session:
        kept = [
            *session.scalars(sa.select(sa.cast(BrowserSession.__table__.table_valued(), sa.Text))),
            *session.scalars(sa.select(sa.cast(ApiToken.__table__.table_valued(), sa.Text))),
        ]
    assert len(kept) == 2
    assert not any(secret in row or token in row for row in kept)


def test_a_wrong_password_and_an_unknown_email_are_told_the_same(
    client: TestClient, accounts: Accounts
) -> None:
    ann = accounts.make()
    wrong = client.post(f"{API}/session", json={"email": ann.email, "password": "wrong"})
    unknown = client.post(
        f"{API}/session", json={"email": "nobody@example.com", "password": "wrong"}
    )
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json()["code"] == unknown.json()["code"] == "wrong-credentials"
    assert wrong.json()["title"] == unknown.json()["title"]
    assert "set-cookie" not in wrong.headers


def test_a_changing_request_of_a_browser_needs_the_csrf_token(
    open_browser: OpenBrowser, accounts: Accounts
) -> None:
    browser = open_browser()
    sign_in(browser, accounts.make())
    right = browser.headers.pop("X-CSRF-Token")
    renamed = {"name": "Renamed"}
    missing = browser.patch(f"{API}/organization", json=renamed)
    wrong = browser.patch(
        f"{API}/organization", json=renamed, headers={"X-CSRF-Token": right[::-1]}
    )
    assert missing.status_code == wrong.status_code == 403
    assert missing.json()["code"] == wrong.json()["code"] == "csrf-failed"
    assert browser.get(f"{API}/organization").json()["name"] != "Renamed"
    accepted = browser.patch(f"{API}/organization", json=renamed, headers={"X-CSRF-Token": right})
    assert accepted.json()["name"] == "Renamed"


def test_signing_out_ends_the_session_on_the_server(
    open_browser: OpenBrowser, accounts: Accounts
) -> None:
    browser = open_browser()
    sign_in(browser, accounts.make())
    secret = browser.cookies["__Host-maskwright"]
    assert browser.delete(f"{API}/session").status_code == 204
    assert "__Host-maskwright" not in browser.cookies
    stolen = {"Cookie": f"__Host-maskwright={secret}"}
    assert browser.get(f"{API}/me", headers=stolen).status_code == 401


def test_signing_in_again_replaces_the_secret_and_ends_the_former_session(
    open_browser: OpenBrowser, accounts: Accounts
) -> None:
    ann, browser = accounts.make(), open_browser()
    sign_in(browser, ann)
    former = browser.cookies["__Host-maskwright"]
    sign_in(browser, ann)
    assert browser.cookies["__Host-maskwright"] != former
    stolen = {"Cookie": f"__Host-maskwright={former}"}
    assert open_browser().get(f"{API}/me", headers=stolen).status_code == 401


@pytest.mark.parametrize(
    "ended",
    [
        sa.update(BrowserSession).values(expires_at=sa.func.now()),
        sa.update(BrowserSession).values(revoked_at=sa.func.now()),
        sa.update(User).values(disabled_at=sa.func.now()),
        sa.delete(Membership),
    ],
    ids=["the session expired", "it was ended", "the account is disabled", "no member any more"],
)
def test_a_session_holds_only_while_all_of_it_does(
    open_browser: OpenBrowser,
    accounts: Accounts,
    resources: Resources,
    ended: sa.Update | sa.Delete,
) -> None:
    browser = open_browser()
    sign_in(browser, accounts.make())
    with resources.database.open_session() as session, session.begin():
        session.execute(ended)
    assert browser.get(f"{API}/me").status_code == 401


def test_guessing_is_slowed_and_says_for_how_long(client: TestClient, accounts: Accounts) -> None:
    ann = accounts.make()
    for _ in range(Throttle.email_and_address):
        refused = client.post(f"{API}/session", json={"email": ann.email, "password": "wrong"})
        assert refused.status_code == 401
    right = client.post(f"{API}/session", json={"email": ann.email, "password": ann.password})
    assert right.status_code == 429
    assert right.json()["code"] == "too-many-attempts"
    wait = right.json()["retry_after_seconds"]
    assert 0 < wait <= Throttle.window.total_seconds()
    assert right.headers["Retry-After"] == str(wait)


def test_after_the_window_one_may_try_again(
    client: TestClient, accounts: Accounts, resources: Resources
) -> None:
    ann = accounts.make()
    for _ in range(Throttle.email_and_address):
        client.post(f"{API}/session", json={"email": ann.email, "password": "wrong"})
    with resources.database.open_session() as session, session.begin():
        session.execute(sa.update(SignInAttempt).values(at=SignInAttempt.at - Throttle.window))
    right = client.post(f"{API}/session", json={"email": ann.email, "password": ann.password})
    assert right.status_code == 200


def test_somebody_elses_guessing_does_not_lock_a_person_out(
    client: TestClient, accounts: Accounts, resources: Resources
) -> None:
    ann = accounts.make()
    with resources.database.open_session() as session, session.begin():
        for _ in range(Throttle.email_and_address):
            session.add(SignInAttempt(email=ann.email, address="203.0.113.9"))
    right = client.post(f"{API}/session", json={"email": ann.email, "password": ann.password})
    assert right.status_code == 200


def test_old_attempts_are_dropped(
    client: TestClient, accounts: Accounts, resources: Resources
) -> None:
    with resources.database.open_session() as session, session.begin():
        session.add(SignInAttempt(email="old@example.com", at=sa.func.now() - timedelta(days=1)))
    client.post(f"{API}/session", json={"email": accounts.make().email, "password": "wrong"})
    with resources.database.open_session() as session:
        kept = session.scalars(sa.select(SignInAttempt.email)).all()
    assert "old@example.com" not in kept
    assert len(kept) == 1


def test_a_password_is_hashed_anew_when_the_cost_was_raised(
    client: TestClient, accounts: Accounts, resources: Resources
) -> None:
    ann = accounts.make()
    cheaper = hash_password(ann.password, PasswordSettings(memory_kib=16, passes=1, lanes=1))
    with resources.database.open_session() as session, session.begin():
        session.execute(sa.update(User).values(password_hash=cheaper))
    answer = client.post(f"{API}/session", json={"email": ann.email, "password": ann.password})
    assert answer.status_code == 200
    with resources.database.open_session() as session:
        kept = session.scalar(sa.select(User.password_hash).where(User.email == ann.email))
    assert kept is not None
    assert kept != cheaper
    assert "m=8,t=1,p=1" in kept


def test_somebody_without_an_organisation_is_told_so(
    client: TestClient, accounts: Accounts, resources: Resources
) -> None:
    ann = accounts.make()
    with resources.database.open_session() as session, session.begin():
        session.execute(sa.delete(Membership))
    answer = client.post(f"{API}/session", json={"email": ann.email, "password": ann.password})
    assert answer.status_code == 403
    assert answer.json()["code"] == "no-organization"


def test_being_seen_is_written_once_a_minute_at_most(
    open_browser: OpenBrowser, accounts: Accounts, resources: Resources
) -> None:
    browser = open_browser()
    sign_in(browser, accounts.make())

    def last_seen() -> object:
        with resources.database.open_session() as session:
            return session.scalar(sa.select(BrowserSession.last_seen_at))

    at_first = last_seen()
    browser.get(f"{API}/me")
    assert last_seen() == at_first
    with resources.database.open_session() as session, session.begin():
        session.execute(
            sa.update(BrowserSession).values(
                last_seen_at=sa.func.now() - timedelta(minutes=2),
                expires_at=sa.func.now() + timedelta(minutes=2),
            )
        )
    browser.get(f"{API}/me")
    with resources.database.open_session() as session:
        row = session.execute(
            sa.select(
                BrowserSession.last_seen_at > sa.func.now() - timedelta(minutes=1),
                BrowserSession.expires_at > sa.func.now() + timedelta(days=29),
                Membership.last_seen_at > sa.func.now() - timedelta(minutes=1),
            ).join(Membership, Membership.user_id == BrowserSession.user_id)
        ).one()
    assert tuple(row) == (True, True, True)


def test_a_new_password_ends_all_other_sessions_and_keeps_this_browser_in(
    open_browser: OpenBrowser, accounts: Accounts
) -> None:
    ann, here, elsewhere = accounts.make(), open_browser(), open_browser()
    sign_in(here, ann)
    sign_in(elsewhere, ann)
    new = "a quite different one"
    answer = here.patch(
        f"{API}/me", json={"password": {"current": ann.password, "new": new}, "name": "Ann"}
    )
    assert answer.status_code == 200
    assert answer.json()["user"]["name"] == "Ann"
    assert here.get(f"{API}/me").status_code == 200
    assert elsewhere.get(f"{API}/me").status_code == 401
    sign_in(elsewhere, ann, new)


def test_a_password_is_changed_only_by_who_knows_it_and_to_a_good_one(
    open_browser: OpenBrowser, accounts: Accounts
) -> None:
    ann, browser = accounts.make(), open_browser()
    sign_in(browser, ann)

    def change(current: str, new: str) -> tuple[int, str]:
        body = {"name": "Somebody else", "password": {"current": current, "new": new}}
        answer = browser.patch(f"{API}/me", json=body)
        return answer.status_code, answer.json()["code"]

    assert change("wrong", "a quite different one") == (422, "wrong-current-password")
    assert change(ann.password, "short") == (422, "password-too-weak")
    assert change(ann.password, ann.email) == (422, "password-too-weak")
    assert browser.get(f"{API}/me").json()["user"]["name"] != "Somebody else"
    sign_in(open_browser(), ann)


def test_somebody_of_two_organisations_sees_the_one_he_chose(
    open_browser: OpenBrowser, accounts: Accounts, world: World
) -> None:
    ann, other = accounts.make(), accounts.make()
    with world.resources.database.open_session() as session, session.begin():
        session.add(
            Membership(
                organization_id=other.actor.organization_id,
                user_id=ann.actor.person_id,
                role=Role.LABELER,
            )
        )
    browser = open_browser()
    sign_in(browser, ann)
    former = browser.cookies["__Host-maskwright"]
    switched = browser.post(
        f"{API}/me/organization", json={"organization_id": str(other.actor.organization_id)}
    )
    assert switched.json()["role"] == "labeler"
    assert len(switched.json()["organizations"]) == 2
    browser.headers["X-CSRF-Token"] = switched.json()["csrf_token"]
    assert browser.patch(f"{API}/organization", json={"name": "Mine now"}).status_code == 403
    assert browser.cookies["__Host-maskwright"] != former
    stranger = accounts.make()
    refused = browser.post(
        f"{API}/me/organization", json={"organization_id": str(stranger.actor.organization_id)}
    )
    assert refused.status_code == 404
