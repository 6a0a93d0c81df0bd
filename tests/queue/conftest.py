"""What the queue's tests share."""

import pytest
from fastapi.testclient import TestClient

from tests.queue.desk import Caller, Desk
from tests.support.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    """A project with an ontology and a manager; no image yet."""
    return Desk.make(world)


@pytest.fixture
def ann(desk: Desk, client: TestClient) -> Caller:
    return Caller(client, desk.labeler(), desk)


@pytest.fixture
def bob(desk: Desk, client: TestClient) -> Caller:
    return Caller(client, desk.labeler(), desk)
