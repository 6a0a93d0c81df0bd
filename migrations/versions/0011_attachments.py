"""Attachments of images, and reference images of classes

Revision ID: 0011
Revises: 0010
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("asset_id", sa.Uuid(), nullable=True),
        sa.Column("class_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("byte_size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.LargeBinary(), nullable=False),
        sa.Column("blob_key", sa.String(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "num_nonnulls(asset_id, class_id) = 1", name="ck_attachment_one_subject"
        ),
        sa.CheckConstraint(
            "kind IN ('text', 'html', 'image', 'video')", name="ck_attachment_attachmentkind"
        ),
        sa.CheckConstraint("role IN ('beside', 'overlay')", name="ck_attachment_attachmentrole"),
        sa.ForeignKeyConstraint(["organization_id"], ["organization.id"]),
        sa.ForeignKeyConstraint(["created_by"], ["user_account.id"]),
        sa.ForeignKeyConstraint(
            ["organization_id", "project_id"], ["project.organization_id", "project.id"]
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "asset_id"], ["asset.organization_id", "asset.id"]
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "class_id"],
            ["ontology_class.organization_id", "ontology_class.id"],
        ),
        sa.PrimaryKeyConstraint("id", name="pk_attachment"),
    )
    op.create_index(
        "ix_attachment_asset_id",
        "attachment",
        ["asset_id"],
        postgresql_where=sa.text("deleted_at IS NULL AND asset_id IS NOT NULL"),
    )
    op.create_index(
        "ix_attachment_project_id",
        "attachment",
        ["project_id"],
        postgresql_where=sa.text("deleted_at IS NULL AND class_id IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("attachment")
