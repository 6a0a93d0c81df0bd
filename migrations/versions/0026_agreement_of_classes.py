"""How far people agree on each class

Revision ID: 0026
Revises: 0025
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0026"
down_revision: str | None = "0025"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _tenant(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"]
    )


def upgrade() -> None:
    op.create_table(
        "consensus_class",
        sa.Column("organization_id", sa.Uuid, sa.ForeignKey("organization.id"), nullable=False),
        *(
            sa.Column(name, sa.Uuid, nullable=False)
            for name in ("asset_id", "class_id", "project_id")
        ),
        sa.Column("things", sa.Integer, nullable=False),
        sa.Column("iou", sa.Float, nullable=False),
        sa.Column("kappa", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("asset_id", "class_id"),
        sa.ForeignKeyConstraint(["asset_id"], ["image_consensus.asset_id"], ondelete="CASCADE"),
        _tenant("project", "project_id"),
        _tenant("ontology_class", "class_id"),
    )
    op.create_index("ix_consensus_class_project_id", "consensus_class", ["project_id"])


def downgrade() -> None:
    op.drop_table("consensus_class")
