"""Rules of quality, what they did, and pauses of single people

Revision ID: 0031
Revises: 0030
"""

from alembic import op

revision: str = "0031"
down_revision: str | None = "0030"
branch_labels: str | None = None
depends_on: str | None = None

FORMER_KINDS = (
    "sent_back", "answered", "replied", "asked", "paused", "export_ready", "export_failed",
    "import_failed", "batch_done", "deadline", "invitation_accepted",
)  # fmt: skip
KINDS = (*FORMER_KINDS, "person_paused", "person_resumed", "quality_rule")
FORMER_REASONS = ("manager", "pause", "ontology", "deleted")
METRICS = (
    "gold_iou", "gold_distance_px", "rejection_rate", "agreement", "task_seconds", "skip_rate",
)  # fmt: skip


def _one_of(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


RULE = f"""
CREATE TABLE quality_rule (
    id uuid NOT NULL CONSTRAINT pk_quality_rule PRIMARY KEY,
    organization_id uuid NOT NULL
        CONSTRAINT fk_quality_rule_organization_id_organization REFERENCES organization (id),
    project_id uuid NOT NULL,
    name varchar NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    metric varchar(32) NOT NULL
        CONSTRAINT ck_quality_rule_metric CHECK (metric IN ({_one_of(METRICS)})),
    threshold double precision NOT NULL,
    last integer,
    days integer,
    at_least integer NOT NULL,
    action varchar(32) NOT NULL CONSTRAINT ck_quality_rule_action
        CHECK (action IN ('notify', 'pause', 'raise_review', 'remove_skill')),
    pause_days integer,
    review_percent integer,
    skill varchar,
    tells_managers boolean NOT NULL DEFAULT true,
    tells_lead boolean NOT NULL DEFAULT false,
    tells_labeler boolean NOT NULL DEFAULT false,
    message varchar NOT NULL DEFAULT '',
    created_by uuid NOT NULL
        CONSTRAINT fk_quality_rule_created_by_user_account REFERENCES user_account (id),
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz,
    CONSTRAINT uq_quality_rule_organization_id_id UNIQUE (organization_id, id),
    CONSTRAINT fk_quality_rule_organization_id_project_id_project
        FOREIGN KEY (organization_id, project_id) REFERENCES project (organization_id, id),
    CONSTRAINT ck_quality_rule_window CHECK ((last IS NULL) <> (days IS NULL))
)
"""

FIRING = """
CREATE TABLE rule_firing (
    id uuid NOT NULL CONSTRAINT pk_rule_firing PRIMARY KEY,
    organization_id uuid NOT NULL
        CONSTRAINT fk_rule_firing_organization_id_organization REFERENCES organization (id),
    project_id uuid NOT NULL,
    rule_id uuid NOT NULL,
    user_id uuid NOT NULL
        CONSTRAINT fk_rule_firing_user_id_user_account REFERENCES user_account (id),
    rule jsonb NOT NULL,
    value double precision NOT NULL,
    observations integer NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz,
    undone_by uuid CONSTRAINT fk_rule_firing_undone_by_user_account REFERENCES user_account (id),
    CONSTRAINT uq_rule_firing_organization_id_id UNIQUE (organization_id, id),
    CONSTRAINT fk_rule_firing_organization_id_project_id_project
        FOREIGN KEY (organization_id, project_id) REFERENCES project (organization_id, id),
    CONSTRAINT fk_rule_firing_organization_id_rule_id_quality_rule
        FOREIGN KEY (organization_id, rule_id) REFERENCES quality_rule (organization_id, id)
)
"""

PAUSE = """
CREATE TABLE work_pause (
    id uuid NOT NULL CONSTRAINT pk_work_pause PRIMARY KEY,
    organization_id uuid NOT NULL
        CONSTRAINT fk_work_pause_organization_id_organization REFERENCES organization (id),
    project_id uuid NOT NULL,
    user_id uuid NOT NULL
        CONSTRAINT fk_work_pause_user_id_user_account REFERENCES user_account (id),
    reason varchar NOT NULL,
    until timestamptz,
    created_by uuid CONSTRAINT fk_work_pause_created_by_user_account REFERENCES user_account (id),
    firing_id uuid,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    ended_by uuid CONSTRAINT fk_work_pause_ended_by_user_account REFERENCES user_account (id),
    CONSTRAINT fk_work_pause_organization_id_project_id_project
        FOREIGN KEY (organization_id, project_id) REFERENCES project (organization_id, id),
    CONSTRAINT fk_work_pause_organization_id_firing_id_rule_firing
        FOREIGN KEY (organization_id, firing_id) REFERENCES rule_firing (organization_id, id)
)
"""

RAISE = """
CREATE TABLE review_raise (
    id uuid NOT NULL CONSTRAINT pk_review_raise PRIMARY KEY,
    organization_id uuid NOT NULL
        CONSTRAINT fk_review_raise_organization_id_organization REFERENCES organization (id),
    project_id uuid NOT NULL,
    user_id uuid NOT NULL
        CONSTRAINT fk_review_raise_user_id_user_account REFERENCES user_account (id),
    percent integer NOT NULL,
    firing_id uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    ended_at timestamptz,
    CONSTRAINT fk_review_raise_organization_id_project_id_project
        FOREIGN KEY (organization_id, project_id) REFERENCES project (organization_id, id),
    CONSTRAINT fk_review_raise_organization_id_firing_id_rule_firing
        FOREIGN KEY (organization_id, firing_id) REFERENCES rule_firing (organization_id, id)
)
"""

# As in 0029, with one reason more.
WORDS_OF_LEASE = """
CREATE OR REPLACE FUNCTION are_words_of_lease(_kind text, _outcome text, _revoked_for text)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN _kind IN ('label', 'resume', 'rework', 'review')
        AND (_outcome IS NULL OR _outcome IN
            ('submitted', 'skipped', 'parked', 'released', 'expired', 'revoked'))
        AND (_revoked_for IS NULL OR _revoked_for IN ({reasons}));
END $$
"""

INDEXES = """
CREATE INDEX ix_quality_rule_project_id ON quality_rule (project_id) WHERE deleted_at IS NULL;
CREATE INDEX ix_rule_firing_project_id_id ON rule_firing (project_id, id);
CREATE INDEX ix_rule_firing_rule_id_user_id ON rule_firing (rule_id, user_id);
CREATE UNIQUE INDEX uq_work_pause_standing ON work_pause (project_id, user_id)
    WHERE ended_at IS NULL;
CREATE INDEX ix_review_raise_project_id_user_id ON review_raise (project_id, user_id)
    WHERE ended_at IS NULL;
CREATE INDEX ix_review_verdict_author_id_id ON review_verdict (author_id, id);
CREATE INDEX ix_task_skip_user_id_created_at ON task_skip (user_id, created_at)
"""


def _allow(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    op.execute(
        f"ALTER TABLE {table} DROP CONSTRAINT {name},"
        f" ADD CONSTRAINT {name} CHECK ({column} IN ({_one_of(values)}))"
    )


def upgrade() -> None:
    op.execute("ALTER TABLE project ADD COLUMN is_gated boolean NOT NULL DEFAULT false")
    for statement in (RULE, FIRING, PAUSE, RAISE, *INDEXES.split(";")):
        op.execute(statement)
    for table in ("notification", "notification_choice"):
        _allow(table, f"ck_{table}_notificationkind", "kind", KINDS)
    op.execute(WORDS_OF_LEASE.format(reasons=_one_of((*FORMER_REASONS, "person"))))


def downgrade() -> None:
    op.execute("UPDATE lease SET revoked_for = 'manager' WHERE revoked_for = 'person'")
    op.execute(WORDS_OF_LEASE.format(reasons=_one_of(FORMER_REASONS)))
    for table in ("notification", "notification_choice"):
        op.execute(
            f"DELETE FROM {table} WHERE kind IN ('person_paused', 'person_resumed', 'quality_rule')"  # noqa: S608
        )
        _allow(table, f"ck_{table}_notificationkind", "kind", FORMER_KINDS)
    op.execute("DROP INDEX ix_task_skip_user_id_created_at, ix_review_verdict_author_id_id")
    op.execute("DROP TABLE review_raise, work_pause, rule_firing, quality_rule")
    op.execute("ALTER TABLE project DROP COLUMN is_gated")
