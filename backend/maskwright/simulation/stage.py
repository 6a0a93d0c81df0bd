"""A project with people and images for a simulation, in a database that is thrown away."""

from hashlib import sha256
from uuid import UUID

from psycopg import Connection

from maskwright.accounts.domain import Actor, Role
from maskwright.db.driver import driver_connection
from maskwright.kernel.ids import new_id
from maskwright.simulation.crowd import Crowd
from maskwright.work import Resources

_LEASE_SECONDS = 24 * 3600
"""Leases run by Postgres' clock, and a simulated day passes in seconds of it: none expires."""


def set_stage(resources: Resources, crowd: Crowd) -> tuple[UUID, list[Actor], dict[UUID, int]]:
    """Write them; returns the project, who acts for each person, and which image an asset is."""
    organization, project = new_id(), new_id()
    people = [new_id() for _ in crowd.speeds]
    images = {new_id(): index for index in range(len(crowd.sizes))}
    with resources.database.open_session() as session:
        connection = driver_connection(session)
        execute = connection.execute
        execute("INSERT INTO organization (id, name) VALUES (%s, 'Simulation')", (organization,))
        _write_people(connection, organization, people)
        execute(
            "INSERT INTO project (id, organization_id, name, state, lease_seconds, created_by)"
            " VALUES (%s, %s, 'Simulation', 'active', %s, %s)",
            (project, organization, _LEASE_SECONDS, people[0]),
        )
        _write_images(connection, organization, project, images)
        session.commit()
    actors = [Actor(organization, Role.LABELER, user_id=person) for person in people]
    return project, actors, images


def _write_people(
    connection: "Connection[tuple[object, ...]]", organization: UUID, people: list[UUID]
) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO user_account (id, email, name, password_hash) VALUES (%s, %s, %s, '!')",
            [(id_, f"{at}@example.com", f"Person {at}") for at, id_ in enumerate(people)],
        )
        cursor.executemany(
            "INSERT INTO membership (organization_id, user_id, role) VALUES (%s, %s, 'labeler')",
            [(organization, id_) for id_ in people],
        )


def _write_images(
    connection: "Connection[tuple[object, ...]]",
    organization: UUID,
    project: UUID,
    images: dict[UUID, int],
) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO asset (id, organization_id, project_id, name, state, sha256, media_type,"
            " byte_size, width, height, original_key)"
            " VALUES (%s, %s, %s, %s, 'ready', %s, 'image/jpeg', 1, 64, 64, 'none')",
            [
                (id_, organization, project, f"{index}.jpg", sha256(id_.bytes).digest())
                for id_, index in images.items()
            ],
        )
    connection.execute(
        "INSERT INTO task (id, organization_id, project_id, asset_id, state)"
        " SELECT uuidv7(), organization_id, project_id, id, 'open' FROM asset ORDER BY id"
    )
    connection.execute("ANALYZE")
