"""Pictures in a project's instructions

Revision ID: 0023
Revises: 0022
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0023"
down_revision: str | None = "0022"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("ALTER TABLE attachment DROP CONSTRAINT ck_attachment_ck_attachment_one_subject")
    op.execute(
        "ALTER TABLE attachment ADD CONSTRAINT ck_attachment_one_subject "
        "CHECK (num_nonnulls(asset_id, class_id) <= 1)"
    )
    op.drop_index("ix_attachment_project_id", "attachment")
    op.execute(
        "CREATE INDEX ix_attachment_project_id ON attachment (project_id) "
        "WHERE deleted_at IS NULL AND asset_id IS NULL"
    )


def downgrade() -> None:
    raise NotImplementedError("Pictures of instructions belong to no image and no class.")
