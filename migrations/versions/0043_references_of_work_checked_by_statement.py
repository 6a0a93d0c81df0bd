"""References of leases, labels, versions and submissions are checked once for a statement

As those of masks and objects are since 0029: see decision 24. A submit had eight foreign keys
looked up, each by a statement of its own that locked the row it found; the project's row is
everybody's.

Revision ID: 0043
Revises: 0042
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0043"
down_revision: str | None = "0042"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CHECKS = """
-- What a lease, a label, a version and a submission refer to is there, in their organisation. The
-- project and the image are those of the task (of a version, that of its label), which has foreign
-- keys to them: one lookup says that all three are there. OFFSET keeps it one in the index.
CREATE FUNCTION check_leases() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _missing text;
BEGIN
    SELECT m.missing INTO _missing FROM (
        SELECT 'task ' || o.task_id AS missing FROM added o
        WHERE NOT EXISTS (
            SELECT FROM task
            WHERE id = o.task_id AND organization_id = o.organization_id
              AND project_id = o.project_id OFFSET 0)
        UNION ALL
        SELECT 'person ' || o.holder_id FROM added o
        WHERE NOT EXISTS (SELECT FROM user_account WHERE id = o.holder_id OFFSET 0)
    ) m LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'a lease refers to what is not there',
            DETAIL = 'Not in its organisation and project: ' || _missing || '.',
            TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION check_labels() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _missing text;
BEGIN
    SELECT m.missing INTO _missing FROM (
        SELECT 'task ' || o.task_id AS missing FROM added o
        WHERE NOT EXISTS (
            SELECT FROM task
            WHERE id = o.task_id AND organization_id = o.organization_id
              AND project_id = o.project_id AND asset_id = o.asset_id OFFSET 0)
        UNION ALL
        SELECT 'person ' || o.author_id FROM added o
        WHERE o.author_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM user_account WHERE id = o.author_id OFFSET 0)
        UNION ALL
        SELECT 'model ' || o.model_id FROM added o
        WHERE o.model_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM prediction_model
            WHERE id = o.model_id AND organization_id = o.organization_id OFFSET 0)
    ) m LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'a label refers to what is not there',
            DETAIL = 'Not in its organisation, project and image: ' || _missing || '.',
            TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION check_label_versions() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _missing text;
BEGIN
    SELECT m.missing INTO _missing FROM (
        SELECT 'label ' || o.label_id AS missing FROM added o
        WHERE NOT EXISTS (
            SELECT FROM label
            WHERE id = o.label_id AND organization_id = o.organization_id
              AND asset_id = o.asset_id OFFSET 0)
        UNION ALL
        SELECT 'person ' || o.author_id FROM added o
        WHERE o.author_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM user_account WHERE id = o.author_id OFFSET 0)
    ) m LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'a version of a label refers to what is not there',
            DETAIL = 'Not in its organisation and image: ' || _missing || '.',
            TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;

-- For submissions and questions alike.
CREATE FUNCTION check_their_leases() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _lease uuid;
BEGIN
    SELECT o.lease_id INTO _lease FROM added o
    WHERE NOT EXISTS (
        SELECT FROM lease
        WHERE id = o.lease_id AND organization_id = o.organization_id OFFSET 0)
    LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING
            MESSAGE = format('a %s refers to a lease that is not there', TG_TABLE_NAME),
            DETAIL = 'Not in its organisation: lease ' || _lease || '.',
            TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;

-- These rows are changed with every claim and submit, but never what they refer to: a trigger for
-- those columns alone costs the others nothing.
CREATE FUNCTION keep_references() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE foreign_key_violation USING
        MESSAGE = format('what a %s refers to never changes', TG_TABLE_NAME),
        TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
END $$;

-- As `keep_what_is_referred_to` does for masks and objects. What a submit writes is locked in its
-- order.
CREATE FUNCTION keep_what_work_refers_to() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _is_referred_to boolean;
BEGIN
    LOCK TABLE lease, label, label_version, submission, task_question
        IN SHARE ROW EXCLUSIVE MODE;
    _is_referred_to := CASE TG_TABLE_NAME
        WHEN 'task' THEN EXISTS (SELECT FROM lease WHERE task_id = OLD.id)
            OR EXISTS (SELECT FROM label WHERE task_id = OLD.id)
        WHEN 'lease' THEN EXISTS (SELECT FROM submission WHERE lease_id = OLD.id)
            OR EXISTS (SELECT FROM task_question WHERE lease_id = OLD.id)
        WHEN 'label' THEN EXISTS (SELECT FROM label_version WHERE label_id = OLD.id)
        WHEN 'prediction_model' THEN EXISTS (SELECT FROM label WHERE model_id = OLD.id)
        ELSE EXISTS (SELECT FROM lease WHERE holder_id = OLD.id)
            OR EXISTS (SELECT FROM label WHERE author_id = OLD.id)
            OR EXISTS (SELECT FROM label_version WHERE author_id = OLD.id)
    END;
    IF _is_referred_to THEN
        RAISE foreign_key_violation USING
            MESSAGE = format('%s %s is still referred to', TG_TABLE_NAME, OLD.id),
            TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
"""

_CHECKED = {
    "lease": "check_leases",
    "label": "check_labels",
    "label_version": "check_label_versions",
    "submission": "check_their_leases",
    "task_question": "check_their_leases",
}
_REFERENCES = {
    "lease": ("organization_id", "project_id", "task_id", "holder_id"),
    "label": (
        "organization_id",
        "project_id",
        "asset_id",
        "task_id",
        "author_id",
        "model_id",
    ),
    "label_version": ("organization_id", "label_id", "asset_id", "author_id"),
    "submission": ("organization_id", "lease_id"),
    "task_question": ("organization_id", "lease_id"),
}
_REFERRED_TO = {
    "task": ("id", "organization_id", "project_id", "asset_id"),
    "lease": ("id", "organization_id"),
    "label": ("id", "organization_id", "asset_id"),
    "prediction_model": ("id", "organization_id"),
    "user_account": ("id",),
}
_FOREIGN_KEYS = {
    "submission": ("organization_id_lease_id",),
    "task_question": ("organization_id_lease_id",),
    "lease": ("organization_id_project_id", "organization_id_task_id", "holder_id"),
    "label_version": ("organization_id_label_id", "organization_id_asset_id", "author_id"),
    "label": (
        "organization_id_project_id",
        "organization_id_asset_id",
        "organization_id_task_id",
        "organization_id_model_id",
        "author_id",
    ),
}


def upgrade() -> None:
    op.execute(CHECKS)
    for table, function in _CHECKED.items():
        op.execute(
            f"CREATE TRIGGER {table}_refers_on_insert AFTER INSERT ON {table}"
            " REFERENCING NEW TABLE AS added"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )
    for table, columns in _REFERENCES.items():
        is_changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns)
        op.execute(
            f"CREATE TRIGGER {table}_keeps_references BEFORE UPDATE OF {', '.join(columns)}"
            f" ON {table} FOR EACH ROW WHEN ({is_changed}) EXECUTE FUNCTION keep_references()"
        )
    for table, columns in _REFERRED_TO.items():
        op.execute(
            f"CREATE TRIGGER {table}_of_work_stays"
            f" BEFORE DELETE OR UPDATE OF {', '.join(columns)}"
            f" ON {table} FOR EACH ROW EXECUTE FUNCTION keep_what_work_refers_to()"
        )
    for table, names in _FOREIGN_KEYS.items():
        for name in names:
            op.drop_constraint(f"fk_{table}_{name}", table)
    op.drop_constraint("uq_lease_organization_id_id", "lease")


def downgrade() -> None:
    raise NotImplementedError("Foreign keys would be checked for every label that there is.")
