"""What a person prefers follows him to every computer and organisation, and is nobody else's."""

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from tests.accounts.conftest import API
from tests.support.world import World

ADDRESS = f"{API}/me/preferences"
NOTHING = {"shortcuts": None, "language": None}
SHORTCUTS = {"preset": "cvat", "changes": {"tool.brush": ["Shift+1", "B"], "page.palette": []}}


def test_nothing_is_preferred_until_somebody_says_so(client: TestClient, world: World) -> None:
    ann = world.person(Role.LABELER)
    assert client.get(ADDRESS, headers=ann.headers).json() == NOTHING


def test_what_one_prefers_is_kept_for_oneself(client: TestClient, world: World) -> None:
    ann = world.person(Role.LABELER)
    bo = world.colleague(ann, Role.LABELER)
    saved = client.patch(ADDRESS, json={"shortcuts": SHORTCUTS}, headers=ann.headers)
    assert saved.json() == NOTHING | {"shortcuts": SHORTCUTS}
    assert client.get(ADDRESS, headers=ann.headers).json() == NOTHING | {"shortcuts": SHORTCUTS}
    assert client.get(ADDRESS, headers=bo.headers).json() == NOTHING


def test_a_change_leaves_alone_what_it_does_not_name(client: TestClient, world: World) -> None:
    ann = world.person(Role.LABELER)
    client.patch(ADDRESS, json={"shortcuts": SHORTCUTS}, headers=ann.headers)
    assert client.patch(ADDRESS, json={}, headers=ann.headers).json() == NOTHING | {
        "shortcuts": SHORTCUTS
    }
    reset = client.patch(ADDRESS, json={"shortcuts": None}, headers=ann.headers)
    assert reset.json() == NOTHING


def test_a_language_and_shortcuts_are_chosen_apart(client: TestClient, world: World) -> None:
    ann = world.person(Role.LABELER)
    client.patch(ADDRESS, json={"shortcuts": SHORTCUTS}, headers=ann.headers)
    chosen = client.patch(ADDRESS, json={"language": "de"}, headers=ann.headers)
    assert chosen.json() == {"shortcuts": SHORTCUTS, "language": "de"}


@pytest.mark.parametrize("language", ["", "Deutsch!", "d", "de_DE"])
def test_a_language_is_named_by_its_tag(client: TestClient, world: World, language: str) -> None:
    ann = world.person(Role.LABELER)
    refused = client.patch(ADDRESS, json={"language": language}, headers=ann.headers)
    assert refused.status_code == 422
    assert client.get(ADDRESS, headers=ann.headers).json() == NOTHING


@pytest.mark.parametrize(
    "shortcuts",
    [
        {"preset": "no such name!"},
        {"preset": "cvat", "changes": {"tool.brush": ["B\x00"]}},
        {"preset": "cvat", "changes": {"Not a command": ["B"]}},
        {"preset": "cvat", "changes": {"tool.brush": ["B"] * 9}},
        {"preset": "cvat", "changes": {f"tool.number-{n}": ["B"] for n in range(401)}},
    ],
)
def test_what_no_editor_would_send_is_refused(
    client: TestClient, world: World, shortcuts: object
) -> None:
    ann = world.person(Role.LABELER)
    refused = client.patch(ADDRESS, json={"shortcuts": shortcuts}, headers=ann.headers)
    assert refused.status_code == 422
