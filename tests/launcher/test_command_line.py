"""The commands beside `up`, each in a process of its own, against real servers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from maskwright.settings import Settings
from tests.support.world import World


def run(settings: Settings | None, *arguments: str, **environment: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `maskwright …`."""
    if settings:
        environment |= {"DATABASE_URL": settings.database.url, "REDIS_URL": settings.redis.url}
    outcome = subprocess.run(
        [sys.executable, "-m", "maskwright.cli", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return outcome.returncode, outcome.stdout, outcome.stderr


def test_a_token_made_on_the_command_line_opens_the_api(
    settings: Settings, world: World, client: TestClient
) -> None:
    person = world.person(Role.ML)
    code, out, err = run(settings, "tokens", "create", "--email", person.email, "--name", "script")
    assert (code, err) == (0, "")
    answer = client.get("/api/v1/projects", headers={"Authorization": f"Bearer {out.strip()}"})
    assert answer.status_code == 200


def test_a_token_for_nobody_is_one_sentence(settings: Settings) -> None:
    code, out, err = run(settings, "tokens", "create", "--email", "no@example.com", "--name", "x")
    assert (code, out) == (1, "")
    assert err == "maskwright: Nobody here has the e-mail no@example.com.\n"


def test_a_scope_that_is_none_names_those_that_are(settings: Settings) -> None:
    code, _, err = run(
        settings, "tokens", "create", "--email", "a@example.com", "--name", "x", "--scopes", "fly"
    )
    assert code == 1
    assert err == (
        "maskwright: 'fly' is not a valid Scope; the scopes are read, label, write, export, "
        "admin.\n"
    )


def test_the_first_administrator_is_made_once(settings: Settings) -> None:
    arguments = ("admin", "--email", "ada@example.com", "--organization", "Analytical Engines")
    code, out, _ = run(settings, *arguments)
    assert code == 0
    assert out.splitlines()[0] == "ada@example.com"
    code, out, err = run(settings, *arguments)
    assert (code, out) == (1, "")
    assert "There is an organisation already" in err


def test_commands_without_a_running_maskwright_are_one_sentence(tmp_path: Path) -> None:
    code, _, err = run(
        None, "migrate", DATABASE_URL="", REDIS_URL="", MASKWRIGHT_HOME=str(tmp_path)
    )
    assert code == 1
    assert err.startswith(f"maskwright: No Maskwright runs on the data folder {tmp_path}")
    assert len(err.splitlines()) == 1


def test_the_openapi_document_is_printed_without_any_server() -> None:
    code, out, _ = run(None, "openapi", DATABASE_URL="", REDIS_URL="")
    assert code == 0
    assert "/api/v1/projects" in json.loads(out)["paths"]


@pytest.mark.parametrize("name", ["up", "setup", "migrate"])
def test_a_setting_that_is_no_number_is_one_sentence(name: str) -> None:
    code, _, err = run(None, name, MASKWRIGHT_DATABASE_POOL_SIZE="many")
    assert code == 1
    assert err.startswith("maskwright: MASKWRIGHT_DATABASE_POOL_SIZE can't be 'many'")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("name", ["api", "worker"])
@pytest.mark.parametrize("key", ["", "changeme"])
def test_serving_with_a_weak_secret_is_refused(name: str, key: str) -> None:
    code, _, err = run(None, name, MASKWRIGHT_SECRET_KEY=key, REDIS_URL="redis://127.0.0.1:1")
    assert code == 1
    assert err.startswith("maskwright: MASKWRIGHT_SECRET_KEY must hold at least 32 characters")


def test_a_database_that_is_not_there_is_one_sentence() -> None:
    code, _, err = run(None, "setup", DATABASE_URL="postgresql://127.0.0.1:1/nowhere")
    assert code == 1
    assert err.startswith("maskwright: PostgreSQL at DATABASE_URL can't be used: connection")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("MASKWRIGHT_PORT", "70000", "MASKWRIGHT_PORT can't be '70000': Input should be less"),
        ("MASKWRIGHT_PORT", "web", "MASKWRIGHT_PORT can't be 'web': Input should be a valid int"),
        ("DATABASE_URL", "mysql://me:hunter2@db/x", "DATABASE_URL must begin with postgresql://"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL must begin with redis:// or rediss://.\n"),
    ],
)
def test_a_setting_that_can_not_be_is_one_sentence(name: str, value: str, told: str) -> None:
    code, out, err = run(None, "up", **{name: value})
    assert (code, out) == (1, "")
    assert err.startswith(f"maskwright: {told}")
    assert len(err.splitlines()) == 1
    assert "hunter2" not in err
