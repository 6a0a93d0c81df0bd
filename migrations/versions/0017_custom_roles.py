"""Roles that organisations make of permissions

Revision ID: 0017
Revises: 0016
"""

from alembic import op

revision: str = "0017"
down_revision: str | None = "0016"
branch_labels: str | None = None
depends_on: str | None = None

ROLE = """
CREATE TABLE custom_role (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    name varchar NOT NULL,
    description varchar NOT NULL DEFAULT '',
    permissions text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_custom_role PRIMARY KEY (id),
    CONSTRAINT uq_custom_role_organization_id_id UNIQUE (organization_id, id),
    CONSTRAINT fk_custom_role_organization_id_organization
        FOREIGN KEY (organization_id) REFERENCES organization (id)
)
"""


def upgrade() -> None:
    op.execute(ROLE)
    op.execute(
        "CREATE UNIQUE INDEX uq_custom_role_name ON custom_role (organization_id, lower(name))"
    )
    for table in ("membership", "invitation"):
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_role")
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT ck_{table}_role CHECK"
            " (role IN ('owner', 'manager', 'reviewer', 'labeler', 'ml', 'custom')),"
            f" ADD COLUMN custom_role_id uuid, ADD CONSTRAINT"
            f" fk_{table}_organization_id_custom_role_id_custom_role"
            " FOREIGN KEY (organization_id, custom_role_id)"
            " REFERENCES custom_role (organization_id, id)"
        )
    op.execute(
        "ALTER TABLE membership ADD COLUMN permissions text[],"
        " ADD CONSTRAINT ck_membership_custom_role_whole CHECK"
        " ((role = 'custom') = (custom_role_id IS NOT NULL)"
        " AND (custom_role_id IS NULL) = (permissions IS NULL))"
    )
    op.execute("CREATE INDEX ix_membership_custom_role_id ON membership (custom_role_id)")


def downgrade() -> None:
    """Who had a role of the organisation's own is a labeler then."""
    op.execute(
        "UPDATE membership SET role = 'labeler', custom_role_id = NULL, permissions = NULL"
        " WHERE role = 'custom'"
    )
    op.execute("DELETE FROM invitation WHERE role = 'custom'")
    op.execute(
        "ALTER TABLE membership DROP CONSTRAINT ck_membership_custom_role_whole,"
        " DROP COLUMN permissions"
    )
    for table in ("membership", "invitation"):
        op.execute(
            f"ALTER TABLE {table} DROP COLUMN custom_role_id, DROP CONSTRAINT ck_{table}_role,"
            f" ADD CONSTRAINT ck_{table}_role CHECK"
            " (role IN ('owner', 'manager', 'reviewer', 'labeler', 'ml'))"
        )
    op.execute("DROP TABLE custom_role")
