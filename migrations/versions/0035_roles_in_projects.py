"""A person's role in one project, instead of the one in the organisation

Revision ID: 0035
Revises: 0034
"""

from alembic import op

revision: str = "0035"
down_revision: str | None = "0034"
branch_labels: str | None = None
depends_on: str | None = None

PROJECT_ROLE = """
CREATE TABLE project_role (
    organization_id uuid NOT NULL
        CONSTRAINT fk_project_role_organization_id_organization REFERENCES organization (id),
    project_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role varchar(32) CONSTRAINT ck_project_role_role
        CHECK (role IN ('owner', 'manager', 'reviewer', 'labeler', 'ml', 'custom')),
    custom_role_id uuid,
    given_by uuid CONSTRAINT fk_project_role_given_by_user_account REFERENCES user_account (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_project_role PRIMARY KEY (project_id, user_id),
    CONSTRAINT ck_project_role_custom_role_whole
        CHECK ((role IS NOT DISTINCT FROM 'custom') = (custom_role_id IS NOT NULL)),
    CONSTRAINT ck_project_role_no_owner CHECK (role IS DISTINCT FROM 'owner'),
    CONSTRAINT fk_project_role_organization_id_project_id_project
        FOREIGN KEY (organization_id, project_id) REFERENCES project (organization_id, id),
    CONSTRAINT fk_project_role_organization_id_custom_role_id_custom_role
        FOREIGN KEY (organization_id, custom_role_id) REFERENCES custom_role (organization_id, id),
    CONSTRAINT fk_project_role_organization_id_membership
        FOREIGN KEY (organization_id, user_id)
        REFERENCES membership (organization_id, user_id) ON DELETE CASCADE
)
"""


def upgrade() -> None:
    op.execute(PROJECT_ROLE)
    op.execute(
        "CREATE INDEX ix_project_role_organization_id_user_id"
        " ON project_role (organization_id, user_id)"
    )
    op.execute("CREATE INDEX ix_project_role_custom_role_id ON project_role (custom_role_id)")
    op.execute("ALTER TABLE membership ADD COLUMN in_projects jsonb")


def downgrade() -> None:
    op.execute("ALTER TABLE membership DROP COLUMN in_projects")
    op.execute("DROP TABLE project_role")
