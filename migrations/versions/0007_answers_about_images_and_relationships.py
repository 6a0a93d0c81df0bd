"""Answers about images, relationships between objects, and how much must be covered

Revision ID: 0007
Revises: 0006
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

#: (table, column, the empty value)
_JSON_COLUMNS = (
    ("ontology_version", "image_attributes", "'[]'"),
    ("ontology_version", "relations", "'[]'"),
    ("label_version", "image_attributes", "'{}'"),
    ("draft", "image_attributes", "'{}'"),
    ("label_object", "relationships", "'[]'"),
    ("draft_object", "relationships", "'[]'"),
)


def upgrade() -> None:
    for table, column, empty in _JSON_COLUMNS:
        op.add_column(
            table,
            sa.Column(column, postgresql.JSONB(), server_default=sa.text(empty), nullable=False),
        )
    op.add_column(
        "project",
        sa.Column(
            "coverage",
            sa.Enum(
                "none",
                "complete",
                name="coverage",
                native_enum=False,
                length=32,
                create_constraint=True,
            ),
            server_default="none",
            nullable=False,
        ),
    )


def downgrade() -> None:
    op.drop_column("project", "coverage")
    for table, column, _ in reversed(_JSON_COLUMNS):
        op.drop_column(table, column)
