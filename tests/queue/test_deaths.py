"""Q4: what was answered with 200 is in the database, whoever is killed while people work.

The whole product as `make up` starts it; each of its processes is killed in turn with -9 under
load, and the supervisor starts it again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from pydantic import SecretStr

from maskwright.resources import open_resources
from maskwright.settings import DatabaseSettings, RedisSettings, SecuritySettings, Settings
from tests.queue.desk import Desk, an_object, box_mask
from tests.support.crew import Crew, Granted, Hand
from tests.support.scratch import scratch_folder
from tests.support.stack import Stack, running_stack
from tests.support.waiting import wait_until
from tests.support.world import World

PEOPLE = 6
TASKS = 3000
BEFORE, AFTER = 20, 40
"""Submits that are answered before a process is killed, and once it is there again."""


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    with scratch_folder() as folder, running_stack(folder / "home") as running:
        yield running


@dataclass
class Office:
    """A project in a running Maskwright, and our own way into its database."""

    stack: Stack
    desk: Desk

    def crew(self) -> Crew:
        people = [self.desk.labeler() for _ in range(PEOPLE)]
        car = self.desk.classes["car"]
        return Crew(
            self.stack.address,
            self.desk.project_id,
            [Hand(person.id, person.headers, seconds=0.02) for person in people],
            objects=lambda claimed: [an_object(car, box_mask(0, 0))],
        )


@pytest.fixture
def office(stack: Stack) -> Iterator[Office]:
    database_url, redis_url = stack.database_url, stack.redis_url
    assert database_url
    assert redis_url
    settings = Settings(
        home=stack.home,
        database=DatabaseSettings(url=database_url),
        redis=RedisSettings(url=redis_url),
        security=SecuritySettings(secret_key=SecretStr("x" * 32)),
    )
    resources = open_resources(settings)
    try:
        desk = Desk.make(World(resources))
        desk.add_many_images(TASKS)
        yield Office(stack, desk)
    finally:
        resources.close()


def kill(stack: Stack, words: str) -> None:
    """Returns once it is there again."""
    killed = stack.program(words)
    assert killed is not None
    killed.kill()
    wait_until(lambda: stack.program(words) not in (None, killed), f"{words} runs again")


@pytest.mark.parametrize(
    ("words", "is_noticed"),
    [
        ("maskwright.cli api", True),
        ("maskwright.cli worker", False),
        ("redis-server", False),
        ("bin/postgres", True),
    ],
)
def test_q4_nothing_that_was_answered_with_200_is_lost_when_a_process_is_killed(
    office: Office, words: str, is_noticed: bool
) -> None:
    """People may notice that the API or Postgres is gone, and nobody else's death."""
    crew = office.crew()
    with crew.at_work():
        wait_until(lambda: crew.submitted >= BEFORE, "people are at work")
        kill(office.stack, words)
        wait_until(lambda: office.stack.is_well, "all is well again")
        back_at = crew.submitted
        wait_until(lambda: crew.submitted >= back_at + AFTER, "they go on")

    office.desk.world.resources.database.close()  # Postgres' death broke our connections too
    assert crew.ledger.refusals == []
    assert is_noticed or crew.ledger.outages == 0
    assert_ledger_is_kept(office.desk, crew)


def assert_ledger_is_kept(desk: Desk, crew: Crew) -> None:
    leases = desk.sql("SELECT id, task_id, holder_id, fence FROM lease")
    assert set(crew.ledger.claims.values()) <= {Granted(*row) for row in leases}

    versions: dict[UUID, UUID] = dict(
        desk.sql(
            "SELECT l.task_id, v.id FROM label_version v JOIN label l ON l.id = v.label_id"
            " WHERE l.project_id = %s AND v.kind = 'submitted'",
            desk.project_id,
        )
    )
    assert crew.ledger.versions.items() <= versions.items()
    [(finished,)] = desk.sql(
        "SELECT count(*) FROM lease WHERE project_id = %s AND outcome = 'submitted'",
        desk.project_id,
    )
    assert finished == len(versions), "A task was finished twice."
