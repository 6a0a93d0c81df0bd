"""Tell the planner that a claim is one row

Revision ID: 0004
Revises: 0003
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CLAIM = "claim_task(uuid, uuid, uuid, uuid, boolean, uuid[], uuid[], integer)"


def upgrade() -> None:
    # Unless it is told, the planner takes a set-returning function for a thousand rows, and reads
    # the whole asset table to join them: 1.2 ms of 1.7 ms a claim with 6,000 assets.
    op.execute(f"ALTER FUNCTION {CLAIM} ROWS 1")


def downgrade() -> None:
    op.execute(f"ALTER FUNCTION {CLAIM} ROWS 1000")
