"""Predictions of models

Revision ID: 0022
Revises: 0021
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0022"
down_revision: str | None = "0021"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def _of_tenant(table: str, *columns: tuple[str, str]) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            ["organization_id", column],
            [f"{other}.organization_id", f"{other}.id"],
            name=f"fk_{table}_organization_id_{column}",
        )
        for other, column in columns
    ]


def upgrade() -> None:
    op.create_table(
        "prediction_model",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.String(), server_default="", nullable=False),
        sa.Column("created_by", sa.Uuid()),
        sa.Column("deleted_at", sa.DateTime(timezone=True)),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name="pk_prediction_model"),
        sa.UniqueConstraint("organization_id", "id", name="uq_prediction_model_organization_id_id"),
        sa.UniqueConstraint(
            "project_id", "name", "version", name="uq_prediction_model_project_id_name_version"
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["organization.id"],
            name="fk_prediction_model_organization_id",
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["user_account.id"], name="fk_prediction_model_created_by"
        ),
        *_of_tenant("prediction_model", ("project", "project_id")),
    )
    op.create_table(
        "prediction",
        *(
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in (
                "model_id",
                "asset_id",
                "organization_id",
                "project_id",
                "label_id",
                "version_id",
            )
        ),
        sa.Column("content_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("objects", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("clock_timestamp()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("model_id", "asset_id", name="pk_prediction"),
        *_of_tenant(
            "prediction",
            ("project", "project_id"),
            ("prediction_model", "model_id"),
            ("asset", "asset_id"),
            ("label", "label_id"),
            ("label_version", "version_id"),
        ),
    )
    op.create_index("ix_prediction_asset_id", "prediction", ["asset_id"])
    op.create_index("ix_prediction_model_id_confidence", "prediction", ["model_id", "confidence"])
    _labels_of_models()
    op.add_column("project", sa.Column("prelabel_model_id", sa.Uuid()))
    op.add_column(
        "project",
        sa.Column("prelabel_confidence", sa.Float(), server_default="0", nullable=False),
    )


def _labels_of_models() -> None:
    """Of one task there may be a label of nobody's for each model, and one that people agreed on;
    what a person does is found by a key without nulls."""
    op.add_column("label", sa.Column("model_id", sa.Uuid()))
    op.create_foreign_key(
        "fk_label_organization_id_model_id",
        "label",
        "prediction_model",
        ["organization_id", "model_id"],
        ["organization_id", "id"],
    )
    op.drop_constraint("uq_label_task_id_author_id_round", "label")
    op.create_unique_constraint(
        "uq_label_task_id_author_id_round", "label", ["task_id", "author_id", "round"]
    )
    op.create_index(
        "uq_label_nobodys",
        "label",
        ["task_id", "round"],
        unique=True,
        postgresql_where=sa.text("author_id IS NULL AND model_id IS NULL"),
    )
    op.create_index(
        "uq_label_of_model",
        "label",
        ["model_id", "asset_id"],
        unique=True,
        postgresql_where=sa.text("model_id IS NOT NULL"),
    )


def downgrade() -> None:
    raise NotImplementedError("Labels of models have no place in the older form.")
