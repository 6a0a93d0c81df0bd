"""Tasks that ask about a part of an image, and answers that count there only

Revision ID: 0037
Revises: 0036
"""

from alembic import op

revision: str = "0037"
down_revision: str | None = "0036"
branch_labels: str | None = None
depends_on: str | None = None

# As in 0029, with two kinds more.
WORDS_OF_VERSION = """
CREATE OR REPLACE FUNCTION are_words_of_version(_kind text, _origin text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN _kind IN ({kinds})
        AND _origin IN ('human', 'import', 'model', 'consensus');
END $$
"""
KINDS = "'submitted', 'reviewed', 'orphan', 'imported'"

# As in 0036; of a day, an answer about a region is a piece of work as any other.
IS_CAPPED = """
CREATE OR REPLACE FUNCTION is_capped(
    _project uuid, _labeler uuid, _held integer, _cap integer, _daily_cap integer
) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
DECLARE
    _today CONSTANT timestamptz := date_trunc('day', now(), 'UTC');
    _done integer;
BEGIN
    IF _cap IS NOT NULL THEN
        SELECT count(*) INTO _done FROM (
            SELECT FROM label b
            WHERE b.project_id = _project AND b.author_id = _labeler
              AND (b.current_version_id IS NOT NULL
           OR b.is_gold
              AND EXISTS (
                  SELECT FROM label_version v
                  WHERE v.label_id = b.id AND v.kind = 'submitted')
              AND NOT EXISTS (SELECT FROM course_task c WHERE c.task_id = b.task_id))
            LIMIT _cap
        ) counted;
        IF _done + _held >= _cap THEN
            RETURN true;
        END IF;
    END IF;
    IF _daily_cap IS NOT NULL THEN
        -- A UUIDv7 begins with its time: the smallest id of today bounds the range in the index.
        SELECT count(DISTINCT v.label_id) INTO _done
        FROM label_version v JOIN label b ON b.id = v.label_id
        WHERE v.author_id = _labeler AND b.project_id = _project AND v.kind IN ({kinds})
          AND v.lease_id IS NOT NULL
          AND v.id >= (lpad(to_hex((extract(epoch FROM _today) * 1000)::bigint), 12, '0')
                       || '70008000000000000000')::uuid;
        RETURN _done + _held >= _daily_cap;
    END IF;
    RETURN false;
END $$
"""

# Likewise.
LABELS_OF = """
CREATE OR REPLACE FUNCTION labels_of(_project uuid, _batch uuid, _people uuid[], _since uuid)
RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    _labels bigint;
BEGIN
    IF _since IS NULL THEN
        SELECT count(*) INTO _labels FROM label b
        WHERE b.project_id = _project AND b.author_id = ANY (_people)
          AND (b.current_version_id IS NOT NULL
           OR b.is_gold
              AND EXISTS (
                  SELECT FROM label_version v
                  WHERE v.label_id = b.id AND v.kind = 'submitted')
              AND NOT EXISTS (SELECT FROM course_task c WHERE c.task_id = b.task_id))
          AND (_batch IS NULL
               OR EXISTS (SELECT FROM task t WHERE t.id = b.task_id AND t.batch_id = _batch));
    ELSE
        SELECT count(DISTINCT v.label_id) INTO _labels
        FROM label_version v JOIN label b ON b.id = v.label_id
        WHERE v.author_id = ANY (_people) AND v.id >= _since AND b.project_id = _project
          AND v.kind IN ({kinds}) AND v.lease_id IS NOT NULL
          AND (_batch IS NULL
               OR EXISTS (SELECT FROM task t WHERE t.id = b.task_id AND t.batch_id = _batch));
    END IF;
    RETURN _labels;
END $$
"""


def upgrade() -> None:
    op.execute(
        "ALTER TABLE task ADD COLUMN region integer[], ADD CONSTRAINT ck_task_region_is_boxes"
        " CHECK (region IS NULL OR cardinality(region) > 0 AND cardinality(region) % 4 = 0)"
    )
    for table in ("consensus_opinion", "consensus_pair"):
        op.execute(f"ALTER TABLE {table} ADD COLUMN is_regional boolean NOT NULL DEFAULT false")
    op.execute(WORDS_OF_VERSION.format(kinds=f"{KINDS}, 'region', 'surroundings'"))
    for function in (IS_CAPPED, LABELS_OF):
        op.execute(function.format(kinds="'submitted', 'region'"))


def downgrade() -> None:
    for function in (IS_CAPPED, LABELS_OF):
        op.execute(function.format(kinds="'submitted'"))
    op.execute(
        "UPDATE label SET current_version_id = NULL FROM label_version v"
        " WHERE v.id = current_version_id AND v.kind IN ('region', 'surroundings')"
    )
    op.execute("UPDATE label_version SET kind = 'orphan' WHERE kind IN ('region', 'surroundings')")
    op.execute(WORDS_OF_VERSION.format(kinds=KINDS))
    for table in ("consensus_opinion", "consensus_pair"):
        op.execute(f"ALTER TABLE {table} DROP COLUMN is_regional")
    op.execute("ALTER TABLE task DROP COLUMN region")
