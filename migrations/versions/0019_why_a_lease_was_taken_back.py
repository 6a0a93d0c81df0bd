"""Why a lease was taken back

Revision ID: 0019
Revises: 0018
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0019"
down_revision: str | None = "0018"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

REASONS = ("manager", "pause", "ontology", "deleted")


def upgrade() -> None:
    kind = sa.Enum(
        *REASONS, native_enum=False, length=32, create_constraint=True, name="revocation"
    )
    op.add_column("lease", sa.Column("revoked_for", kind))


def downgrade() -> None:
    op.drop_column("lease", "revoked_for")
