"""Fills a database for the benchmarks of the queue: people with tokens, a project, tasks, labels.

Written in SQL, many rows by one statement: ten million masks through the services would take hours.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

import psycopg
from psycopg import sql

from maskwright.kernel.ids import new_id

HEIGHT, WIDTH = 720, 1280


@dataclass(frozen=True)
class Site:
    """A project and its labelers, each with an API token of his own."""

    organization: UUID
    project: UUID
    class_id: UUID
    people: list[UUID]
    tokens: list[str]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def make_site(connection: psycopg.Connection, labelers: int) -> Site:
    """An active project with one class and no image."""
    site = Site(
        organization=new_id(),
        project=new_id(),
        class_id=new_id(),
        people=[new_id() for _ in range(labelers)],
        tokens=[f"mw_{new_id()}" for _ in range(labelers)],
    )
    connection.execute(
        "INSERT INTO organization (id, name) VALUES (%s, 'Bench')", (site.organization,)
    )
    _add_people(connection, site)
    _add_project(connection, site)
    return site


def _add_people(connection: psycopg.Connection, site: Site) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO user_account (id, email, name, password_hash) VALUES (%s, %s, %s, '!')",
            [(id_, f"{id_}@bench", f"Labeler {at}") for at, id_ in enumerate(site.people)],
        )
        cursor.executemany(
            "INSERT INTO membership (organization_id, user_id, role, last_seen_at)"
            " VALUES (%s, %s, 'labeler', now())",
            [(site.organization, id_) for id_ in site.people],
        )
        cursor.executemany(
            "INSERT INTO api_token (id, organization_id, user_id, name, prefix, token_hash,"
            " scopes, last_used_at) VALUES (%s, %s, %s, 'bench', 'mw', %s, '{label}',"
            " now() + interval '1 hour')",
            [
                (new_id(), site.organization, id_, sha256(token.encode()).digest())
                for id_, token in zip(site.people, site.tokens, strict=True)
            ],
        )


def _add_project(connection: psycopg.Connection, site: Site) -> None:
    execute = connection.execute
    execute(
        "INSERT INTO project (id, organization_id, name, state, lease_seconds,"
        " ontology_version, created_by) VALUES (%s, %s, 'Bench', 'active', 900, 1, %s)",
        (site.project, site.organization, site.people[0]),
    )
    execute(
        'INSERT INTO ontology_class (id, organization_id, project_id, "index", name)'
        " VALUES (%s, %s, %s, 1, 'thing')",
        (site.class_id, site.organization, site.project),
    )
    tree = [{"id": str(site.class_id), "index": 1, "name": "thing", "color": "#112233"}]
    execute(
        "INSERT INTO ontology_version (id, organization_id, project_id, version, tree)"
        " VALUES (%s, %s, %s, 1, %s)",
        (new_id(), site.organization, site.project, json.dumps(tree)),
    )


def add_open_tasks(connection: psycopg.Connection, site: Site, number: int) -> None:
    """So many images that nobody has labelled."""
    _add_images(connection, site, number, "open")


_LABELS = """
-- In the order of the versions, so that the indexes are made of rows that are sorted already.
CREATE FUNCTION pg_temp.numbered(uuid, int) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT encode(set_byte(uuid_send($1), 15, $2), 'hex')::uuid $$;

CREATE TEMPORARY TABLE done ON COMMIT DROP AS
SELECT t.id AS task_id, t.organization_id, t.project_id, t.asset_id,
       uuidv7() AS lease_id, uuidv7() AS label_id, uuidv7() AS version_id,
       p.ids[1 + row_number() OVER () %% cardinality(p.ids)] AS author_id
FROM task t CROSS JOIN (SELECT %(people)s::uuid[] AS ids) p
WHERE t.project_id = %(project)s AND t.state = 'done' ORDER BY t.id;

INSERT INTO lease (id, organization_id, project_id, task_id, slot, holder_id, fence, kind,
                   granted_at, expires_at, ended_at, outcome)
SELECT lease_id, organization_id, project_id, task_id, 1, author_id, 1, 'label',
       clock_timestamp() - interval '1 day', clock_timestamp() - interval '1 day',
       clock_timestamp() - interval '1 day', 'submitted'
FROM done;

INSERT INTO label (id, organization_id, project_id, asset_id, task_id, author_id,
                   current_version_id)
SELECT label_id, organization_id, project_id, asset_id, task_id, author_id, version_id FROM done;

INSERT INTO label_version (id, organization_id, label_id, asset_id, number, kind, origin,
                           author_id, lease_id, ontology_version, active_ms, object_count)
SELECT version_id, organization_id, label_id, asset_id, 1, 'submitted', 'human', author_id,
       lease_id, 1, 20000, %(masks)s
FROM done;

INSERT INTO mask (id, organization_id, asset_id, sha256, counts, area, bbox)
SELECT pg_temp.numbered(version_id, n), organization_id, asset_id, '\\x00', %(counts)s, 5000,
       '{10,10,100,100}'
FROM done, generate_series(1, %(masks)s) n;

INSERT INTO label_object (organization_id, version_id, key, class_id, "order", mask_id)
SELECT organization_id, version_id, pg_temp.numbered(version_id, n), %(class)s, n,
       pg_temp.numbered(version_id, n)
FROM done, generate_series(1, %(masks)s) n;
"""


def add_labelled_tasks(
    connection: psycopg.Connection, site: Site, number: int, *, masks: int, counts: bytes
) -> None:
    """So many images, each with a submitted label of `masks` objects.

    counts  of every one of them, as they are stored
    """
    _add_images(connection, site, number, "done")
    values = {
        "people": site.people,
        "project": site.project,
        "class": site.class_id,
        "masks": masks,
        "counts": counts,
    }
    with psycopg.ClientCursor(connection) as cursor:
        cursor.execute(_LABELS, values)


def _add_images(connection: psycopg.Connection, site: Site, number: int, state: str) -> None:
    connection.execute(
        "WITH added AS ("
        " INSERT INTO asset (id, organization_id, project_id, name, state, sha256, media_type,"
        "  byte_size, width, height, original_key, display_key)"
        " SELECT uuidv7(), %s, %s, 'image ' || n, 'ready', sha256(%s || int4send(n)),"
        "  'image/jpeg', 1, %s, %s, 'o', 'd' FROM generate_series(1, %s) n"
        " RETURNING id)"
        " INSERT INTO task (id, organization_id, project_id, asset_id, state, fence)"
        " SELECT uuidv7(), %s, %s, id, %s, %s FROM added",
        (
            *(site.organization, site.project, state.encode(), WIDTH, HEIGHT, number),
            *(site.organization, site.project, state, int(state == "done")),
        ),
    )


_TABLES = ("asset", "task", "lease", "label", "label_version", "mask", "label_object")


@contextmanager
def in_bulk(connection: psycopg.Connection) -> Iterator[None]:
    """Write many rows to empty tables: without looking at foreign keys, and with indexes made
    afterwards. The connection is a superuser's, and nobody else uses the database."""
    names = list(_TABLES)
    execute = connection.execute
    execute("SET session_replication_role = replica")
    execute("SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'")
    execute("SET max_parallel_maintenance_workers = 1")
    execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, names))))
    # Neither written nor used for reading; REINDEX makes them whole again.
    execute(
        "UPDATE pg_index SET indisready = false, indisvalid = false"
        " WHERE indrelid = ANY (%s::regclass[])",
        (names,),
    )
    yield
    for name in names:
        execute(sql.SQL("REINDEX TABLE {}").format(sql.Identifier(name)))
    connection.commit()
    # Else Postgres would read gigabytes while we measure; in real life it did so long ago.
    for name in ("mask", "label_object"):
        execute(
            sql.SQL("ALTER TABLE {} SET (autovacuum_enabled = off)").format(sql.Identifier(name))
        )
    execute("RESET ALL")
    execute("ANALYZE")
    connection.commit()
