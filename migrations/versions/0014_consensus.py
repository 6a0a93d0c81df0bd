"""Overlap of several people, and what their labels come to

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0014"
down_revision: str | None = "0013"
branch_labels: str | None = None
depends_on: str | None = None

METHODS = ("majority", "reliability", "staple")


def tenant(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"]
    )


def ids(*names: str) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid, nullable=False) for name in names]


def people(*names: str) -> list[sa.Column[object]]:
    return [
        sa.Column(name, sa.Uuid, sa.ForeignKey("user_account.id"), nullable=False) for name in names
    ]


def organization() -> sa.Column[object]:
    return sa.Column("organization_id", sa.Uuid, sa.ForeignKey("organization.id"), nullable=False)


def upgrade() -> None:
    op.add_column("project_workflow", sa.Column("overlap", postgresql.JSONB))
    op.create_table(
        "image_consensus",
        organization(),
        *ids("asset_id", "project_id", "version_id"),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column(
            "method",
            sa.Enum(*METHODS, name="method", native_enum=False, length=32, create_constraint=True),
            nullable=False,
        ),
        *(
            sa.Column(name, sa.Float, nullable=False)
            for name in ("agreement", "kappa", "disputed_share")
        ),
        sa.Column("disputed_counts", sa.LargeBinary, nullable=False),
        sa.Column("tied_px", sa.BigInteger, nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default=sa.func.now(),
        ),
        sa.PrimaryKeyConstraint("asset_id"),
        tenant("project", "project_id"),
        tenant("asset", "asset_id"),
        tenant("label_version", "version_id"),
    )
    op.create_index(
        "ix_image_consensus_project_id_asset_id", "image_consensus", ["project_id", "asset_id"]
    )
    op.create_table(
        "consensus_opinion",
        organization(),
        *ids("asset_id", "project_id", "version_id"),
        *people("person_id"),
        sa.Column("iou", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("asset_id", "person_id"),
        sa.ForeignKeyConstraint(["asset_id"], ["image_consensus.asset_id"], ondelete="CASCADE"),
        tenant("project", "project_id"),
        tenant("label_version", "version_id"),
    )
    op.create_index(
        "ix_consensus_opinion_project_id_person_id",
        "consensus_opinion",
        ["project_id", "person_id"],
    )
    op.create_table(
        "consensus_pair",
        organization(),
        *ids("asset_id", "project_id"),
        *people("one_id", "other_id"),
        sa.Column("iou", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("asset_id", "one_id", "other_id"),
        sa.ForeignKeyConstraint(["asset_id"], ["image_consensus.asset_id"], ondelete="CASCADE"),
        tenant("project", "project_id"),
    )
    op.create_index("ix_consensus_pair_project_id", "consensus_pair", ["project_id"])


def downgrade() -> None:
    for table in ("consensus_pair", "consensus_opinion", "image_consensus"):
        op.drop_table(table)
    op.drop_column("project_workflow", "overlap")
