"""People with passwords, and browsers that sign in."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Actor, Role
from maskwright.accounts.service import create_account
from maskwright.settings import PasswordSettings, Settings
from tests.support.world import World

PASSWORD = "correct horse battery"
API = "/api/v1"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in."""

    actor: Actor
    email: str
    password: str


class Accounts:
    """Makes people with passwords."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._number = 0

    def make(self, role: Role = Role.OWNER, *, beside: Account | None = None) -> Account:
        """A person with this role, in an organisation of his own or in another's."""
        self._number += 1
        organization_id = beside.actor.organization_id if beside else self.world.organization()
        resources = self.world.resources
        with resources.database.open_session() as session, session.begin():
            created = create_account(
                session,
                resources.settings,
                organization_id=organization_id,
                email=f"{role}{self._number}@example.com",
                name=f"{role} {self._number}",
                role=role,
                password=PASSWORD,
            )
        return Account(created.actor, created.email, PASSWORD)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Passwords are hashed at the least cost that argon2id takes."""
    return settings.model_copy(
        update={"passwords": PasswordSettings(memory_kib=8, passes=1, lanes=1)}
    )


@pytest.fixture
def accounts(world: World) -> Accounts:
    return Accounts(world)


Browser = TestClient


@pytest.fixture
def open_browser(app: FastAPI, client: TestClient) -> Iterator[Callable[[], Browser]]:
    """Opens a browser: a client with cookies of its own. (`client` has started the application.)"""
    opened: list[Browser] = []

    def open_one() -> Browser:
        browser = TestClient(app, base_url="https://testserver", raise_server_exceptions=False)
        opened.append(browser)
        return browser

    yield open_one
    for browser in opened:
        browser.close()


def sign_in(browser: Browser, account: Account, password: str | None = None) -> None:
    """Signs in, and keeps the CSRF token as the pages do."""
    answer = browser.post(
        f"{API}/session",
        json={"email": account.email, "password": password or account.password},
    )
    assert answer.status_code == 200, answer.text
    browser.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
