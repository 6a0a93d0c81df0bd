"""Gold: images whose right answer is known, and how well people met it

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0018"
down_revision: str | None = "0017"
branch_labels: str | None = None
depends_on: str | None = None


def tenant(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"]
    )


def ids(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [sa.Column(name, sa.Uuid, nullable=nullable) for name in names]


def people(*names: str, nullable: bool = False) -> list[sa.Column[object]]:
    return [
        sa.Column(name, sa.Uuid, sa.ForeignKey("user_account.id"), nullable=nullable)
        for name in names
    ]


def organization() -> sa.Column[object]:
    return sa.Column("organization_id", sa.Uuid, sa.ForeignKey("organization.id"), nullable=False)


def moment(name: str, *, default: bool = False) -> sa.Column[object]:
    return sa.Column(
        name,
        sa.DateTime(timezone=True),
        nullable=not default,
        server_default=sa.func.now() if default else None,
    )


def choice(name: str, kind: str, *values: str) -> sa.Column[object]:
    return sa.Column(
        name,
        sa.Enum(*values, name=kind, native_enum=False, length=32, create_constraint=True),
        nullable=False,
    )


def flag(name: str, default: sa.sql.expression.ColumnElement[bool]) -> sa.Column[object]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=default)


def upgrade() -> None:
    op.add_column("project", flag("is_watched", sa.false()))
    op.add_column("label", flag("is_gold", sa.false()))
    op.create_index(
        "ix_label_gold", "label", ["project_id", "author_id"], postgresql_where=sa.text("is_gold")
    )
    op.create_table(
        "gold",
        organization(),
        *ids("id", "project_id", "asset_id", "version_id"),
        choice("state", "goldstate", "active", "retired"),
        flag("is_mixed", sa.true()),
        *people("created_by"),
        moment("created_at", default=True),
        moment("retired_at"),
        sa.Column("reason", sa.String, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "id"),
        tenant("project", "project_id"),
        tenant("asset", "asset_id"),
        tenant("label_version", "version_id"),
    )
    op.create_index(
        "uq_gold_active_asset",
        "gold",
        ["asset_id"],
        unique=True,
        postgresql_where=sa.text("state = 'active'"),
    )
    op.create_index("ix_gold_project_id_id", "gold", ["project_id", "id"])
    op.create_check_constraint(
        op.f("ck_task_gold_is_assigned"), "task", "gold_id IS NULL OR assignee_id IS NOT NULL"
    )
    op.create_index(
        "ix_task_gold",
        "task",
        ["gold_id", "assignee_id"],
        postgresql_where=sa.text("gold_id IS NOT NULL"),
    )
    _settings_and_turns()
    _attempts_and_disputes()


def _settings_and_turns() -> None:
    op.create_table(
        "gold_settings",
        organization(),
        *ids("project_id"),
        sa.Column("first_tasks", sa.Integer, nullable=False, server_default="0"),
        sa.Column("percent", sa.Float, nullable=False, server_default="0"),
        sa.Column("pass_iou", sa.Float, nullable=False, server_default="0.8"),
        sa.Column("pass_distance_px", sa.Float),
        flag("shows_feedback", sa.false()),
        flag("may_repeat", sa.false()),
        sa.PrimaryKeyConstraint("project_id"),
        tenant("project", "project_id"),
    )
    op.create_table(
        "gold_turn",
        organization(),
        *ids("project_id"),
        *people("user_id"),
        sa.Column("turns", sa.Integer, nullable=False, server_default="0"),
        sa.Column("golds", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("project_id", "user_id"),
        tenant("project", "project_id"),
    )


def _attempts_and_disputes() -> None:
    op.create_table(
        "gold_attempt",
        organization(),
        *ids("id", "project_id", "gold_id", "task_id", "version_id", "expected_version_id"),
        *people("user_id"),
        choice("state", "attemptstate", "counted", "set_aside"),
        sa.Column("iou", sa.Float, nullable=False),
        *(sa.Column(name, sa.Float) for name in ("distance_px", "panoptic_quality")),
        sa.Column("has_passed", sa.Boolean, nullable=False),
        sa.Column("parts", postgresql.JSONB, nullable=False, server_default=sa.text("'[]'")),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        moment("scored_at", default=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organization_id", "id"),
        sa.UniqueConstraint("version_id"),
        tenant("project", "project_id"),
        tenant("gold", "gold_id"),
        tenant("task", "task_id"),
        tenant("label_version", "version_id"),
        tenant("label_version", "expected_version_id"),
    )
    op.create_index(
        "ix_gold_attempt_project_id_user_id_submitted_at",
        "gold_attempt",
        ["project_id", "user_id", "submitted_at"],
    )
    op.create_index("ix_gold_attempt_gold_id", "gold_attempt", ["gold_id"])
    op.create_table(
        "gold_dispute",
        organization(),
        *ids("id", "project_id", "gold_id", "attempt_id"),
        *people("user_id"),
        sa.Column("text", sa.String, nullable=False),
        moment("created_at", default=True),
        sa.Column(
            "resolution",
            sa.Enum(
                "kept",
                "replaced",
                "retired",
                name="resolution",
                native_enum=False,
                length=32,
                create_constraint=True,
            ),
        ),
        sa.Column("answer", sa.String, nullable=False, server_default=""),
        *people("resolved_by", nullable=True),
        moment("resolved_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("attempt_id"),
        tenant("project", "project_id"),
        tenant("gold", "gold_id"),
        tenant("gold_attempt", "attempt_id"),
    )
    op.create_index("ix_gold_dispute_project_id_id", "gold_dispute", ["project_id", "id"])


def downgrade() -> None:
    for table in ("gold_dispute", "gold_attempt", "gold_turn", "gold_settings"):
        op.drop_table(table)
    op.drop_index("ix_task_gold", "task")
    op.drop_constraint(op.f("ck_task_gold_is_assigned"), "task")
    op.drop_table("gold")
    op.drop_index("ix_label_gold", "label")
    op.drop_column("label", "is_gold")
    op.drop_column("project", "is_watched")
