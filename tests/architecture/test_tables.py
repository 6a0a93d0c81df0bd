"""Whoever opens resources can write to every table, and every table is as its model says."""

import os
import subprocess
import sys

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from maskwright.db.tables import all_tables
from maskwright.settings import DatabaseSettings

_RESOLVES_ALL = """
from maskwright.resources import open_resources
from maskwright.settings import Settings
from maskwright.db.base import Base
open_resources(Settings())
unresolved = [key for table in Base.metadata.tables.values() for key in table.foreign_keys
              if key.column is None]
print(len(Base.metadata.tables), len(unresolved))
"""

_NOWHERE = {"DATABASE_URL": "postgresql://localhost/none", "REDIS_URL": "redis://localhost/0"}


def test_opening_resources_makes_every_table_known() -> None:
    """A worker that does not know a table which another refers to can't insert into the other."""
    outcome = subprocess.run(
        [sys.executable, "-c", _RESOLVES_ALL],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **_NOWHERE},
    )
    assert outcome.returncode == 0, outcome.stderr
    tables, unresolved = map(int, outcome.stdout.split())
    assert tables > 20
    assert unresolved == 0


def test_the_models_are_what_the_migrations_make(database_url: str) -> None:
    engine = sa.create_engine(DatabaseSettings(url=database_url).sqlalchemy_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, all_tables())
    engine.dispose()
    assert differences == []
