"""Training and exams that open a project to people

Revision ID: 0032
Revises: 0031
"""

from alembic import op

revision: str = "0032"
down_revision: str | None = "0031"
branch_labels: str | None = None
depends_on: str | None = None

KINDS = "'training', 'exam'"

COURSE = f"""
CREATE TABLE course (
    organization_id uuid NOT NULL
        CONSTRAINT fk_course_organization_id_organization REFERENCES organization (id),
    project_id uuid NOT NULL,
    kind varchar(32) NOT NULL CONSTRAINT ck_course_coursekind CHECK (kind IN ({KINDS})),
    is_on boolean NOT NULL,
    tasks integer NOT NULL,
    needed integer NOT NULL,
    tries integer,
    wait_hours integer NOT NULL DEFAULT 0,
    skill varchar,
    CONSTRAINT pk_course PRIMARY KEY (project_id, kind),
    CONSTRAINT fk_course_organization_id_project_id_project
        FOREIGN KEY (organization_id, project_id) REFERENCES project (organization_id, id)
)
"""

TRY = f"""
CREATE TABLE course_try (
    id uuid NOT NULL CONSTRAINT pk_course_try PRIMARY KEY,
    organization_id uuid NOT NULL
        CONSTRAINT fk_course_try_organization_id_organization REFERENCES organization (id),
    project_id uuid NOT NULL,
    kind varchar(32) NOT NULL CONSTRAINT ck_course_try_coursekind CHECK (kind IN ({KINDS})),
    user_id uuid NOT NULL
        CONSTRAINT fk_course_try_user_id_user_account REFERENCES user_account (id),
    number integer NOT NULL,
    state varchar(32) NOT NULL CONSTRAINT ck_course_try_trystate
        CHECK (state IN ('running', 'passed', 'failed', 'cancelled')),
    tasks integer NOT NULL,
    needed integer NOT NULL,
    passed integer,
    granted_by uuid CONSTRAINT fk_course_try_granted_by_user_account REFERENCES user_account (id),
    is_forgiven boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT uq_course_try_organization_id_id UNIQUE (organization_id, id),
    CONSTRAINT uq_course_try_project_id_user_id_kind_number
        UNIQUE (project_id, user_id, kind, number),
    CONSTRAINT fk_course_try_organization_id_project_id_project
        FOREIGN KEY (organization_id, project_id) REFERENCES project (organization_id, id)
)
"""

TASK = """
CREATE TABLE course_task (
    task_id uuid NOT NULL CONSTRAINT pk_course_task PRIMARY KEY,
    organization_id uuid NOT NULL
        CONSTRAINT fk_course_task_organization_id_organization REFERENCES organization (id),
    try_id uuid NOT NULL,
    position integer NOT NULL,
    CONSTRAINT fk_course_task_organization_id_task_id_task
        FOREIGN KEY (organization_id, task_id) REFERENCES task (organization_id, id),
    CONSTRAINT fk_course_task_organization_id_try_id_course_try
        FOREIGN KEY (organization_id, try_id) REFERENCES course_try (organization_id, id)
)
"""


def upgrade() -> None:
    for statement in (COURSE, TRY, TASK):
        op.execute(statement)
    op.execute("CREATE INDEX ix_course_task_try_id ON course_task (try_id)")


def downgrade() -> None:
    op.execute("DROP TABLE course_task, course_try, course")
