"""Letters by e-mail, choices how to be told, and passwords that are set anew

Revision ID: 0025
Revises: 0024
"""

from alembic import op

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | None = None
depends_on: str | None = None

KINDS = (
    "sent_back", "answered", "replied", "asked", "paused", "export_ready", "export_failed",
    "import_failed", "batch_done", "invitation_accepted",
)  # fmt: skip
FORMER_KINDS = KINDS[:3]


def _one_of(values: tuple[str, ...]) -> str:
    return ", ".join(f"'{value}'" for value in values)


MODES = _one_of(("off", "each", "digest"))

CHOICE = f"""
CREATE TABLE notification_choice (
    user_id uuid NOT NULL,
    kind varchar(32) NOT NULL
        CONSTRAINT ck_notification_choice_notificationkind CHECK (kind IN ({_one_of(KINDS)})),
    on_page boolean NOT NULL,
    mail varchar(32) NOT NULL
        CONSTRAINT ck_notification_choice_mailmode CHECK (mail IN ({MODES})),
    CONSTRAINT pk_notification_choice PRIMARY KEY (user_id, kind),
    CONSTRAINT fk_notification_choice_user_id_user_account
        FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
)
"""

MAIL = """
CREATE TABLE outgoing_mail (
    id uuid NOT NULL,
    organization_id uuid,
    user_id uuid,
    address varchar NOT NULL,
    template varchar(32) NOT NULL
        CONSTRAINT ck_outgoing_mail_template
        CHECK (template IN ('invitation', 'password_reset', 'notification', 'digest')),
    subject_id uuid NOT NULL,
    state varchar(32) NOT NULL
        CONSTRAINT ck_outgoing_mail_mailstate
        CHECK (state IN ('queued', 'sent', 'dropped', 'failed')),
    attempts integer NOT NULL DEFAULT 0,
    problem varchar,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at timestamptz,
    CONSTRAINT pk_outgoing_mail PRIMARY KEY (id),
    CONSTRAINT fk_outgoing_mail_organization_id_organization
        FOREIGN KEY (organization_id) REFERENCES organization (id),
    CONSTRAINT fk_outgoing_mail_user_id_user_account
        FOREIGN KEY (user_id) REFERENCES user_account (id)
)
"""

RESET = """
CREATE TABLE password_reset (
    id uuid NOT NULL,
    email varchar NOT NULL,
    origin inet,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    CONSTRAINT pk_password_reset PRIMARY KEY (id)
)
"""


def upgrade() -> None:
    op.execute(
        f"""
        ALTER TABLE notification
            ALTER COLUMN project_id DROP NOT NULL,
            ALTER COLUMN asset_id DROP NOT NULL,
            ALTER COLUMN sender_id DROP NOT NULL,
            ADD COLUMN object_id uuid,
            ADD COLUMN on_page boolean NOT NULL DEFAULT true,
            ADD COLUMN mail varchar(32) NOT NULL DEFAULT 'off'
                CONSTRAINT ck_notification_mailmode CHECK (mail IN ({MODES})),
            ADD COLUMN mailed_at timestamptz,
            DROP CONSTRAINT ck_notification_notificationkind,
            ADD CONSTRAINT ck_notification_notificationkind CHECK (kind IN ({_one_of(KINDS)}))
        """
    )
    op.execute(
        "CREATE INDEX ix_notification_digest ON notification (user_id, organization_id)"
        " WHERE mail = 'digest' AND mailed_at IS NULL"
    )
    op.execute(CHOICE)
    op.execute(MAIL)
    op.execute(
        "CREATE INDEX ix_outgoing_mail_due_at ON outgoing_mail (due_at) WHERE state = 'queued'"
    )
    op.execute("CREATE INDEX ix_outgoing_mail_subject_id ON outgoing_mail (subject_id)")
    op.execute(RESET)
    op.execute("CREATE INDEX ix_password_reset_email ON password_reset (email, created_at)")
    op.execute("CREATE INDEX ix_password_reset_origin ON password_reset (origin, created_at)")
    op.execute("ALTER TABLE task_batch ADD COLUMN finished_at timestamptz")
    op.execute(
        "ALTER TABLE invitation ADD COLUMN team_id uuid,"
        " ADD CONSTRAINT fk_invitation_organization_id_team_id_team"
        " FOREIGN KEY (organization_id, team_id) REFERENCES team (organization_id, id)"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE task_batch DROP COLUMN finished_at")
    op.execute("ALTER TABLE invitation DROP COLUMN team_id")
    op.execute("DROP TABLE password_reset, outgoing_mail, notification_choice")
    op.execute("DROP INDEX ix_notification_digest")
    op.execute(
        "DELETE FROM notification WHERE kind NOT IN ('sent_back', 'answered', 'replied')"
        " OR project_id IS NULL OR asset_id IS NULL OR sender_id IS NULL"
    )
    op.execute(
        f"""
        ALTER TABLE notification
            ALTER COLUMN project_id SET NOT NULL,
            ALTER COLUMN asset_id SET NOT NULL,
            ALTER COLUMN sender_id SET NOT NULL,
            DROP COLUMN object_id, DROP COLUMN on_page, DROP COLUMN mail, DROP COLUMN mailed_at,
            DROP CONSTRAINT ck_notification_notificationkind,
            ADD CONSTRAINT ck_notification_notificationkind
                CHECK (kind IN ({_one_of(FORMER_KINDS)}))
        """
    )
