"""What every Python test stands on: a real Postgres, a real Redis, the migrated schema.

The servers are started once per process. Each test that asks for a database has one that holds
nothing, so that tests may commit as the product does and never meet.
"""

import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pydantic import SecretStr
from redis import Redis
from xdist.remote import Producer

from maskwright.db.migrations import upgrade_to_head
from maskwright.main import create_app
from maskwright.resources import open_resources
from maskwright.settings import (
    DatabaseSettings,
    RedisSettings,
    SecuritySettings,
    Settings,
)
from maskwright.work import Resources
from tests.distribution import ByWhatIsShared
from tests.hanging import pytest_exception_interact  # noqa: F401  a hook: pytest finds it here
from tests.support.databases import Databases
from tests.support.servers import Servers, embedded_servers
from tests.support.world import World

# How long an example takes says how busy the machine is, not whether the code is right. And whether
# a change may land is to depend on the change: the same examples in every run, and new ones by
# `make explore`.
hypothesis_settings.register_profile(
    "patient",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="MASKWRIGHT_EXPLORE" not in os.environ,
)
hypothesis_settings.load_profile("patient")

#: The log's line of a request that went well, with or without colours.
_ANSWERED = re.compile(r"\brequest\b.*\bstatus\W+(\[\w+)?[123]\d\d\b")
_TEMPLATE = "maskwright_template"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByWhatIsShared:
    return ByWhatIsShared(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Requests that went well say nothing about a failure: their lines are left out of it."""
    report = yield
    report.sections = [
        (title, "".join(line for line in text.splitlines(True) if not _ANSWERED.search(line)))
        for title, text in report.sections
    ]
    return report


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    # Not in pytest's own folder: where we are root, Postgres runs as somebody else, and each
    # pytest that starts meanwhile closes that folder to all others.
    with (
        TemporaryDirectory(prefix="maskwright-tests-") as folder,
        embedded_servers(Path(folder) / "s") as running,
    ):
        yield running


@pytest.fixture(scope="session")
def template_database(servers: Servers) -> str:
    """The name of a database that holds the newest schema and nothing else."""
    url = servers.create_database(_TEMPLATE)
    upgrade_to_head(DatabaseSettings(url=url).sqlalchemy_url)
    return _TEMPLATE


@pytest.fixture(scope="session")
def databases(servers: Servers, template_database: str) -> Databases:
    return Databases(servers, template_database)


@pytest.fixture
def database_url(servers: Servers, databases: Databases) -> Iterator[str]:
    """An empty database of the newest schema, for this test alone."""
    name = databases.lend()
    yield servers.url_of(name)
    databases.take_back(name)


@pytest.fixture
def redis_url(servers: Servers) -> str:
    """The Redis of this process, emptied."""
    with Redis.from_url(servers.redis_url) as redis:
        redis.flushall()
    return servers.redis_url


@pytest.fixture
def settings(database_url: str, redis_url: str, tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path / "home",
        database=DatabaseSettings(url=database_url),
        redis=RedisSettings(url=redis_url),
        security=SecuritySettings(
            environment="development", secret_key=SecretStr("only-for-the-tests-" + "x" * 32)
        ),
    )


@pytest.fixture
def resources(settings: Settings) -> Iterator[Resources]:
    """What a worker process would have; services are tested on it without HTTP."""
    opened = open_resources(settings)
    yield opened
    opened.close()


@pytest.fixture
def world(resources: Resources) -> World:
    """Makes organisations and people, and opens work in their names."""
    return World(resources)


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    """A client without credentials: pass `headers=person.headers`. The address is https, so that
    Secure cookies are sent back."""
    with TestClient(app, base_url="https://testserver", raise_server_exceptions=False) as opened:
        yield opened
