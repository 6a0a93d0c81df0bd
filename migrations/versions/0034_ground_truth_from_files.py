"""Ground truth that was uploaded is kept beside labels, and counts for none of them

Revision ID: 0034
Revises: 0033
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0034"
down_revision: str | None = "0033"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Of one task people may agree on a label, and somebody bring expected ones: as many as were
    tried as gold."""
    op.drop_index("uq_label_nobodys", "label")
    op.create_index(
        "uq_label_nobodys",
        "label",
        ["task_id", "round"],
        unique=True,
        postgresql_where=sa.text("author_id IS NULL AND model_id IS NULL AND NOT is_gold"),
    )


def downgrade() -> None:
    raise NotImplementedError("Several expected answers of one image have no place in it.")
