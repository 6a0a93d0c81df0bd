"""Images that are named by their addresses

Revision ID: 0027
Revises: 0026
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0027"
down_revision: str | None = "0026"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

STATES = ("waiting", "running", "done", "duplicate", "failed")


def _tenant(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"]
    )


def upgrade() -> None:
    op.create_table(
        "asset_fetch",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("organization_id", sa.Uuid, sa.ForeignKey("organization.id"), nullable=False),
        sa.Column("project_id", sa.Uuid, nullable=False),
        sa.Column("url", sa.String, nullable=False),
        sa.Column("name", sa.String),
        sa.Column("external_id", sa.String),
        sa.Column("metadata", postgresql.JSONB, server_default=sa.text("'{}'"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                *STATES, native_enum=False, length=32, create_constraint=True, name="fetchstate"
            ),
            nullable=False,
        ),
        sa.Column("asset_id", sa.Uuid),
        sa.Column("problem", postgresql.JSONB),
        sa.Column("created_by", sa.Uuid, sa.ForeignKey("user_account.id")),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in ("started_at", "finished_at")),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id"),
        _tenant("project", "project_id"),
        _tenant("asset", "asset_id"),
    )
    op.create_index("ix_asset_fetch_project_id_id", "asset_fetch", ["project_id", "id"])
    op.create_index(
        "ix_asset_fetch_unfinished",
        "asset_fetch",
        ["created_at"],
        postgresql_where=sa.text("state IN ('waiting', 'running')"),
    )


def downgrade() -> None:
    op.drop_table("asset_fetch")
