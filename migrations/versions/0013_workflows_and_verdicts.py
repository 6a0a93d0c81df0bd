"""Workflows of review, and verdicts

Revision ID: 0013
Revises: 0012
"""

from alembic import op

revision: str = "0013"
down_revision: str | None = "0012"
branch_labels: str | None = None
depends_on: str | None = None

WORKFLOW = """
CREATE TABLE project_workflow (
    project_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    version integer NOT NULL,
    steps jsonb NOT NULL,
    changed_by uuid NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT pk_project_workflow PRIMARY KEY (project_id),
    CONSTRAINT fk_project_workflow_organization_id_organization
        FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT fk_project_workflow_organization_id_project_id_project
        FOREIGN KEY (organization_id, project_id) REFERENCES project (organization_id, id),
    CONSTRAINT fk_project_workflow_changed_by_user_account
        FOREIGN KEY (changed_by) REFERENCES user_account (id)
)
"""

VERDICT = """
CREATE TABLE review_verdict (
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    project_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    review_task_id uuid NOT NULL,
    label_task_id uuid NOT NULL,
    lease_id uuid,
    step integer NOT NULL,
    round integer NOT NULL,
    reviewer_id uuid NOT NULL,
    author_id uuid,
    decision varchar(32) NOT NULL
        CONSTRAINT ck_review_verdict_decision
        CHECK (decision IN ('approved', 'rejected', 'corrected')),
    comment varchar NOT NULL DEFAULT '',
    subject_version_id uuid NOT NULL,
    result_version_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_review_verdict PRIMARY KEY (id),
    CONSTRAINT uq_review_verdict_organization_id_id UNIQUE (organization_id, id),
    CONSTRAINT uq_review_verdict_lease_id UNIQUE (lease_id),
    CONSTRAINT fk_review_verdict_organization_id_organization
        FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT fk_review_verdict_reviewer_id_user_account
        FOREIGN KEY (reviewer_id) REFERENCES user_account (id),
    CONSTRAINT fk_review_verdict_author_id_user_account
        FOREIGN KEY (author_id) REFERENCES user_account (id)
)
"""

REFERENCES = {
    "project_id": "project",
    "asset_id": "asset",
    "review_task_id": "task",
    "label_task_id": "task",
    "subject_version_id": "label_version",
    "result_version_id": "label_version",
}


def upgrade() -> None:
    op.execute(WORKFLOW)
    op.execute(VERDICT)
    for column, table in REFERENCES.items():
        op.execute(
            f"ALTER TABLE review_verdict ADD CONSTRAINT"
            f" fk_review_verdict_organization_id_{column}_{table}"
            f" FOREIGN KEY (organization_id, {column}) REFERENCES {table} (organization_id, id)"
        )
    for column in ("label_task_id", "asset_id", "project_id"):
        op.create_index(f"ix_review_verdict_{column}_id", "review_verdict", [column, "id"])


def downgrade() -> None:
    op.drop_table("review_verdict")
    op.drop_table("project_workflow")
