"""The class and the version of objects that are written together are looked up once

Revision ID: 0041
Revises: 0040
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0041"
down_revision: str | None = "0040"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# As in 0029, where they were looked up for each object. OFFSET keeps each lookup one in the index.
CHECK = """
CREATE OR REPLACE FUNCTION check_label_objects() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _missing text;
BEGIN
    SELECT m.missing INTO _missing FROM (
        SELECT 'mask ' || o.mask_id AS missing FROM added o
        WHERE NOT EXISTS (
            SELECT FROM mask
            WHERE id = o.mask_id AND organization_id = o.organization_id OFFSET 0)
        UNION ALL
        SELECT 'class ' || o.class_id
        FROM (SELECT DISTINCT organization_id, class_id FROM added) o
        WHERE NOT EXISTS (
            SELECT FROM ontology_class
            WHERE id = o.class_id AND organization_id = o.organization_id OFFSET 0)
        UNION ALL
        SELECT 'version ' || o.version_id
        FROM (SELECT DISTINCT organization_id, version_id FROM added) o
        WHERE NOT EXISTS (
            SELECT FROM label_version
            WHERE id = o.version_id AND organization_id = o.organization_id OFFSET 0)
    ) m LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'an object of a label refers to what is not there',
            DETAIL = 'Not in its organisation: ' || _missing || '.',
            TABLE = 'label_object', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;
"""

FORMERLY = """
CREATE OR REPLACE FUNCTION check_label_objects() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _missing text;
BEGIN
    SELECT concat_ws(', ',
        CASE WHEN m.is_there IS NULL THEN 'mask ' || o.mask_id END,
        CASE WHEN c.is_there IS NULL THEN 'class ' || o.class_id END,
        CASE WHEN v.is_there IS NULL THEN 'version ' || o.version_id END)
    INTO _missing
    FROM added o
    LEFT JOIN LATERAL (
        SELECT true AS is_there FROM mask
        WHERE id = o.mask_id AND organization_id = o.organization_id LIMIT 1) m ON true
    LEFT JOIN LATERAL (
        SELECT true AS is_there FROM ontology_class
        WHERE id = o.class_id AND organization_id = o.organization_id LIMIT 1) c ON true
    LEFT JOIN LATERAL (
        SELECT true AS is_there FROM label_version
        WHERE id = o.version_id AND organization_id = o.organization_id LIMIT 1) v ON true
    WHERE m.is_there IS NULL OR c.is_there IS NULL OR v.is_there IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'an object of a label refers to what is not there',
            DETAIL = 'Not in its organisation: ' || _missing || '.',
            TABLE = 'label_object', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute(CHECK)


def downgrade() -> None:
    op.execute(FORMERLY)
