"""Alembic's entry. Always online: our migrations look at the data."""

import sqlalchemy as sa
from alembic import context

from maskwright.db.tables import all_tables

#: Any number that nothing else locks; two processes that start at once migrate one after the other.
MIGRATION_LOCK = 0x6D61736B


def run() -> None:
    url = context.config.get_main_option("sqlalchemy.url")
    if not url:
        raise RuntimeError("Migrations are run by `maskwright migrate`, which knows the database.")
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:lock)"), {"lock": MIGRATION_LOCK})
        connection.commit()
        context.configure(connection=connection, target_metadata=all_tables(), compare_type=True)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    engine.dispose()


run()
