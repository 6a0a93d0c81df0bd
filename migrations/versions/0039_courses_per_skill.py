"""A course stands before a project, or before the tasks of one skill

Revision ID: 0039
Revises: 0038
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0039"
down_revision: str | None = "0038"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TRY_KEY = "uq_course_try_project_id_user_id_kind_number"


def upgrade() -> None:
    for table in ("course", "course_try"):
        op.add_column(table, sa.Column("for_skill", sa.String, nullable=False, server_default=""))
    op.drop_constraint("pk_course", "course", type_="primary")
    op.create_primary_key("pk_course", "course", ["project_id", "for_skill", "kind"])
    op.create_index(
        "uq_course_skill",
        "course",
        ["project_id", "for_skill"],
        unique=True,
        postgresql_where=sa.text("for_skill <> ''"),
    )
    op.drop_constraint(_TRY_KEY, "course_try", type_="unique")
    op.create_unique_constraint(
        "uq_course_try_number",
        "course_try",
        ["project_id", "user_id", "kind", "for_skill", "number"],
    )
    op.add_column("gold", sa.Column("for_skill", sa.String, nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("gold", "for_skill")
    op.execute(
        "DELETE FROM course_task WHERE try_id IN (SELECT id FROM course_try WHERE for_skill <> '')"
    )
    op.execute("DELETE FROM course_try WHERE for_skill <> ''")
    op.execute("DELETE FROM course WHERE for_skill <> ''")
    op.drop_constraint("uq_course_try_number", "course_try", type_="unique")
    op.create_unique_constraint(_TRY_KEY, "course_try", ["project_id", "user_id", "kind", "number"])
    op.drop_index("uq_course_skill", "course")
    op.drop_constraint("pk_course", "course", type_="primary")
    op.create_primary_key("pk_course", "course", ["project_id", "kind"])
    for table in ("course_try", "course"):
        op.drop_column(table, "for_skill")
