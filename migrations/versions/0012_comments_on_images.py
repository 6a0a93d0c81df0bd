"""Comments pinned to images

Revision ID: 0012
Revises: 0011
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0012"
down_revision: str | None = "0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _organization() -> sa.Column[object]:
    return sa.Column("organization_id", sa.Uuid(), nullable=False)


def _reference(table: str, name: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{table}.organization_id", f"{table}.id"],
        name=f"fk_{name}_organization_id_{column}",
    )


def upgrade() -> None:
    op.create_table(
        "comment_thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("asset_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("x", sa.Float(), nullable=True),
        sa.Column("y", sa.Float(), nullable=True),
        sa.Column("object_key", sa.Uuid(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "resolved",
                name="threadstate",
                native_enum=False,
                length=32,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("resolved_by", sa.Uuid(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "changed_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        _organization(),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_comment_thread_organization_id"
        ),
        _reference("project", "comment_thread", "project_id"),
        _reference("asset", "comment_thread", "asset_id"),
        _reference("task", "comment_thread", "task_id"),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user_account.id"], name="fk_comment_thread_author_id"
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["user_account.id"], name="fk_comment_thread_resolved_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comment_thread"),
        sa.UniqueConstraint("organization_id", "id", name="uq_comment_thread_organization_id_id"),
    )
    op.create_index("ix_comment_thread_asset_id_id", "comment_thread", ["asset_id", "id"])
    op.create_index("ix_comment_thread_project_id_id", "comment_thread", ["project_id", "id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        _organization(),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name="fk_comment_organization_id"
        ),
        _reference("comment_thread", "comment", "thread_id"),
        sa.ForeignKeyConstraint(["author_id"], ["user_account.id"], name="fk_comment_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_thread_id_id", "comment", ["thread_id", "id"])


def downgrade() -> None:
    op.drop_table("comment")
    op.drop_table("comment_thread")
