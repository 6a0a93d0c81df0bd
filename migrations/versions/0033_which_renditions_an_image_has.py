"""Which renditions an image has

Revision ID: 0033
Revises: 0032
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0033"
down_revision: str | None = "0032"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column(
        "asset", sa.Column("rendition_set", sa.SmallInteger, nullable=False, server_default="2")
    )
    # These may have more than eight bits; the worker looks at them.
    op.execute(
        "UPDATE asset SET rendition_set = 1 WHERE media_type IN ('image/png', 'image/tiff') "
        "AND deep IS NULL AND state = 'ready' AND deleted_at IS NULL"
    )
    op.create_index(
        "ix_asset_rendition_set", "asset", ["id"], postgresql_where=sa.text("rendition_set < 2")
    )


def downgrade() -> None:
    op.drop_index("ix_asset_rendition_set", "asset")
    op.drop_column("asset", "rendition_set")
