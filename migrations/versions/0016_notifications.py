"""Notifications

Revision ID: 0016
Revises: 0015
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

KINDS = ("sent_back", "answered", "replied")


def upgrade() -> None:
    op.create_table(
        "notification",
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("id", "organization_id", "user_id", "project_id", "asset_id", "sender_id")
        ),
        sa.Column(
            "kind",
            sa.Enum(
                *KINDS,
                name="notificationkind",
                native_enum=False,
                length=32,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column("read_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(["sender_id"], ["user_account.id"]),
        sa.ForeignKeyConstraint(
            ["organization_id", "project_id"], ["project.organization_id", "project.id"]
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "asset_id"], ["asset.organization_id", "asset.id"]
        ),
    )
    op.create_index(
        "ix_notification_user_id_organization_id_id",
        "notification",
        ["user_id", "organization_id", "id"],
    )


def downgrade() -> None:
    op.drop_table("notification")
