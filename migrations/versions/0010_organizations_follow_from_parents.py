"""Let the organisation of a label follow from its parents

Revision ID: 0010
Revises: 0009
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# Each of them has a foreign key of (organisation, parent), and the parent one to the organisation.
# Looking that up again for every row was a seventh of what Postgres does for a submit.
TABLES = (
    "mask",
    "label",
    "label_version",
    "label_object",
    "draft",
    "draft_object",
    "lease",
    "submission",
)


def upgrade() -> None:
    for table in TABLES:
        op.drop_constraint(f"fk_{table}_organization_id", table, type_="foreignkey")


def downgrade() -> None:
    for table in TABLES:
        op.create_foreign_key(
            f"fk_{table}_organization_id", table, "organization", ["organization_id"], ["id"]
        )
