"""What the tests of predictions share: a project with images, and who sends them."""

import pytest
from fastapi.testclient import TestClient

from maskwright.accounts.domain import Role
from tests.predictions.sending import Sender
from tests.queue.desk import Caller, Desk
from tests.support.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk.make(world)


@pytest.fixture
def sender(desk: Desk, client: TestClient) -> Sender:
    """The ML team's script."""
    ml = desk.world.colleague(desk.manager, Role.ML)
    return Sender(client, ml, desk)


@pytest.fixture
def manager(desk: Desk, client: TestClient) -> Sender:
    return Sender(client, desk.manager, desk)


@pytest.fixture
def ann(desk: Desk, client: TestClient) -> Caller:
    return Caller(client, desk.labeler(), desk)


@pytest.fixture
def bob(desk: Desk, client: TestClient) -> Caller:
    return Caller(client, desk.labeler(), desk)
