"""What the tests of golds share."""

import pytest
from fastapi.testclient import TestClient

from tests.gold.school import School
from tests.support.world import World


@pytest.fixture
def school(client: TestClient, world: World) -> School:
    return School.make(client, world)
