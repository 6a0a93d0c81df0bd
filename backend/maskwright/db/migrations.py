"""Brings a database to the newest schema, and tells whether it is there."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

_FOLDER = Path(__file__).parents[3] / "migrations"


def migration_config(sqlalchemy_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    # ConfigParser would read % as its own.
    config.set_main_option("sqlalchemy.url", sqlalchemy_url.replace("%", "%%"))
    return config


def upgrade_to_head(sqlalchemy_url: str) -> None:
    """Apply every migration that is missing. Two processes may call it at once: the second waits
    for the first at an advisory lock (see migrations/env.py)."""
    command.upgrade(migration_config(sqlalchemy_url), "head")


def is_at_head(connection: sa.Connection) -> bool:
    """Whether the schema is the one that this code was written for."""
    return MigrationContext.configure(connection).get_current_revision() == _head()


@cache
def _head() -> str | None:
    """The newest migration that this code knows. Finding it loads them all, and readiness is asked
    for every few seconds."""
    return ScriptDirectory(str(_FOLDER)).get_current_head()
