"""Teams, their rates, and the ledger of time

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

KINDS = ("in_house", "vendor", "on_demand")
STATES = ("counted", "idle", "hidden", "other_tab", "implausible")
NOW = sa.text("clock_timestamp()")


def tenant(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column],
        [f"{table}.organization_id", f"{table}.id"],
    )


def one_of(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, length=32, create_constraint=True)


def organization() -> sa.Column[object]:
    return sa.Column("organization_id", sa.Uuid, sa.ForeignKey("organization.id"), nullable=False)


def person(**options: bool) -> sa.Column[object]:
    key = sa.ForeignKey("user_account.id")
    return sa.Column("user_id", sa.Uuid, key, nullable=False, **options)  # type: ignore[arg-type]


def moment(name: str, **options: object) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), **options)  # type: ignore[arg-type]


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Uuid, primary_key=True),
        organization(),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("kind", one_of("teamkind", KINDS), nullable=False),
        moment("created_at", nullable=False, server_default=sa.func.now()),
        moment("archived_at"),
        sa.UniqueConstraint("organization_id", "id"),
    )
    op.create_index(
        "uq_team_name",
        "team",
        ["organization_id", sa.text("lower(name)")],
        unique=True,
        postgresql_where=sa.text("archived_at IS NULL"),
    )
    op.create_table(
        "team_member",
        organization(),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("team_id", sa.Uuid, nullable=False),
        sa.Column("is_lead", sa.Boolean, nullable=False, server_default=sa.false()),
        moment("joined_at", nullable=False, server_default=NOW),
        sa.PrimaryKeyConstraint("organization_id", "user_id"),
        tenant("team", "team_id"),
        sa.ForeignKeyConstraint(
            ["organization_id", "user_id"],
            ["membership.organization_id", "membership.user_id"],
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_team_member_team_id", "team_member", ["team_id"])
    op.create_table(
        "team_rate",
        organization(),
        sa.Column("team_id", sa.Uuid, nullable=False),
        moment("starts_at", nullable=False),
        sa.Column("hourly", sa.Numeric(12, 4), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "starts_at"),
        tenant("team", "team_id"),
    )
    _create_ledger()


def _create_ledger() -> None:
    op.create_table(
        "time_client",
        person(primary_key=True),
        sa.Column("client_id", sa.Uuid, primary_key=True),
        organization(),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        moment("reported_at", nullable=False),
    )
    op.create_table(
        "time_clock",
        person(primary_key=True),
        organization(),
        moment("counted_until", nullable=False),
    )
    op.create_table(
        "time_entry",
        sa.Column("id", sa.Uuid, primary_key=True),
        organization(),
        person(),
        sa.Column("team_id", sa.Uuid),
        *(
            sa.Column(name, sa.Uuid, nullable=False)
            for name in ("project_id", "task_id", "asset_id", "lease_id")
        ),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("tool", sa.String(64), nullable=False),
        sa.Column("state", one_of("timestate", STATES), nullable=False),
        sa.Column("ms", sa.BigInteger, nullable=False),
        moment("reported_at", nullable=False, server_default=NOW),
        *(tenant(table, f"{table}_id") for table in ("project", "task", "asset", "team")),
    )
    op.create_index("ix_time_entry_project_id_id", "time_entry", ["project_id", "id"])
    op.create_index("ix_time_entry_user_id_id", "time_entry", ["user_id", "id"])
    op.create_index("ix_time_entry_asset_id", "time_entry", ["asset_id"])


def downgrade() -> None:
    for table in ("time_entry", "time_clock", "time_client", "team_rate", "team_member", "team"):
        op.drop_table(table)
