"""People are warned of a batch that will miss its deadline

Revision ID: 0030
Revises: 0029
"""

import re

import sqlalchemy as sa
from alembic import op

revision: str = "0030"
down_revision: str | None = "0029"
branch_labels: str | None = None
depends_on: str | None = None

KIND = "deadline"
_DEFINITION = sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name")


def _change_kinds(*, added: bool) -> None:
    """Whatever kinds there are by now, and this one or not."""
    for table in ("notification", "notification_choice"):
        name = f"ck_{table}_notificationkind"
        definition = op.get_bind().execute(_DEFINITION, {"name": name}).scalar_one()
        kinds = [kind for kind in re.findall(r"'(\w+)'", definition) if kind != KIND]
        listed = ", ".join(f"'{kind}'" for kind in [*kinds, *([KIND] if added else [])])
        op.execute(
            f"ALTER TABLE {table} DROP CONSTRAINT {name},"
            f" ADD CONSTRAINT {name} CHECK (kind IN ({listed}))"
        )


def upgrade() -> None:
    op.execute("ALTER TABLE task_batch ADD COLUMN warned_at timestamptz")
    _change_kinds(added=True)


def downgrade() -> None:
    op.execute("DELETE FROM notification WHERE kind = 'deadline'")
    op.execute("DELETE FROM notification_choice WHERE kind = 'deadline'")
    _change_kinds(added=False)
    op.execute("ALTER TABLE task_batch DROP COLUMN warned_at")
