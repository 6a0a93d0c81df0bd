"""Brings a database to the newest schema, and tells whether it is there."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.config import Config

_FOLDER = Path(__file__).parents[3] / "migrations"


def migration_config(sqlalchemy_url: str) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - see upgrade_to_head

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    # ConfigParser would read % as its own.
    config.set_main_option("sqlalchemy.url", sqlalchemy_url.replace("%", "%%"))
    return config


def upgrade_to_head(sqlalchemy_url: str) -> None:
    """Apply every migration that is missing. Two processes may call it at once: the second waits
    for the first at an advisory lock (see migrations/env.py)."""
    engine = sa.create_engine(sqlalchemy_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        if is_at_head(connection):
            return
    # Alembic loads itself and all migrations: most starts find nothing to do, and need neither.
    from alembic import command  # noqa: PLC0415

    command.upgrade(migration_config(sqlalchemy_url), "head")


def is_at_head(connection: sa.Connection) -> bool:
    """Whether the schema is the one that this code was written for."""
    if connection.scalar(sa.text("SELECT to_regclass('alembic_version')")) is None:
        return False
    newest: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return newest == _head()


@cache
def _head() -> str:
    """The newest migration that this code knows: files are named by their place in the chain
    (tests/architecture/test_migrations.py)."""
    return max(path.name.split("_")[0] for path in (_FOLDER / "versions").glob("[0-9]*.py"))
