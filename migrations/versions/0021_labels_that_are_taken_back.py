"""Labels that their authors take back

Revision ID: 0021
Revises: 0020
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0021"
down_revision: str | None = "0020"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "project",
        sa.Column("may_take_back", sa.Boolean(), server_default=sa.true(), nullable=False),
    )
    op.add_column(
        "task",
        sa.Column("was_taken_back", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("task", "was_taken_back")
    op.drop_column("project", "may_take_back")
