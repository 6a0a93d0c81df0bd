"""A database for each test, without the price of a new one.

`CREATE DATABASE` copies twelve megabytes in four hundred files and asks for two checkpoints: some
0.4 s of processor time, more than most tests take. So one database goes from test to test: what a
test wrote is deleted, and the database gets another name, so that whoever was left behind by one
test (a thread, a worker) finds nothing instead of meeting the next.
"""

from dataclasses import dataclass, field
from itertools import count

import psycopg
from psycopg import sql
from psycopg.rows import scalar_row

from tests.support.servers import Servers
from tests.support.waiting import wait_until

#: Deleted rows keep their place in the files; from here on a new copy is the cheaper one.
_MOST_BYTES_GROWN = 32 * 1024**2

#: No trigger and no foreign key has a say in this, and what the migrations wrote stays.
_EMPTY = """
SET session_replication_role = replica;
DO $$
DECLARE
    used regclass;
BEGIN
    FOR used IN
        SELECT oid FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
          AND pg_relation_size(oid) > 0 AND relname <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %s', used);
    END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL;
END
$$;
"""

#: Another number after anything was made, changed or dropped in the schema.
_SCHEMA = """
SELECT sum(hashint8extended(catalog * 4294967296 + version::text::bigint, 0))::text FROM (
    SELECT 1::bigint, xmin FROM pg_class WHERE oid >= 16384
    UNION ALL SELECT 2, xmin FROM pg_proc WHERE oid >= 16384
    UNION ALL SELECT 3, xmin FROM pg_trigger WHERE oid >= 16384
    UNION ALL SELECT 4, xmin FROM pg_constraint WHERE oid >= 16384
    UNION ALL SELECT 5, xmin FROM pg_type WHERE oid >= 16384
) AS all_of_it (catalog, version)
"""

_OTHERS = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = %s AND pid <> pg_backend_pid()
"""


@dataclass(slots=True)
class Databases:
    """Lends one database at a time."""

    servers: Servers
    template: str
    _numbers: "count[int]" = field(default_factory=count)
    _ready: str | None = None
    _schema: str = ""
    _bytes_at_first: int = 0

    def lend(self) -> str:
        """The name of a database of the newest schema, without a row."""
        name, self._ready = self._ready, None
        return name or self._new()

    def take_back(self, name: str) -> None:
        """Make it as new, for the next one; a database that can't be is dropped."""
        if self._is_emptied(name):
            self._ready = self._renamed(name)
        else:
            self.servers.drop_database(name)

    def _new(self) -> str:
        name = self._next_name()
        self.servers.create_database(name, template=self.template)
        with self._connected(name) as connection:
            self._schema, self._bytes_at_first = _state(connection)
        return name

    def _is_emptied(self, name: str) -> bool:
        with self._connected(name) as connection:
            self._send_away_others(connection, name)
            connection.execute(_EMPTY)
            schema, size = _state(connection)
        return schema == self._schema and size - self._bytes_at_first < _MOST_BYTES_GROWN

    def _renamed(self, name: str) -> str:
        renamed = self._next_name()
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        with self._connected("postgres") as connection:
            self._send_away_others(connection, name)
            connection.execute(rename.format(sql.Identifier(name), sql.Identifier(renamed)))
        return renamed

    def _send_away_others(self, connection: psycopg.Connection[object], name: str) -> None:
        wait_until(
            lambda: connection.execute(_OTHERS, (name,)).fetchone() == 0,
            f"nobody else was at {name}",
        )

    def _next_name(self) -> str:
        return f"test_{next(self._numbers)}"

    def _connected(self, name: str) -> psycopg.Connection[object]:
        url = self.servers.url_of(name).replace("//maskwright@", "//postgres@")
        return psycopg.connect(url, autocommit=True, row_factory=scalar_row)


def _state(connection: psycopg.Connection[object]) -> tuple[str, int]:
    """What stands for the schema, and the size in bytes."""
    schema = connection.execute(_SCHEMA).fetchone()
    size = connection.execute("SELECT pg_database_size(current_database())").fetchone()
    return str(schema), int(str(size))
