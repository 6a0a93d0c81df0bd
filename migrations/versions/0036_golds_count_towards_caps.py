"""Golds count towards caps like any task

Revision ID: 0036
Revises: 0035
"""

from alembic import op

revision: str = "0036"
down_revision: str | None = "0035"
branch_labels: str | None = None
depends_on: str | None = None

# Who may have so many could count what he had, and work out how many of them were golds. What
# belongs to a course is known to be one, and costs him nothing.
_COUNTS = """
(b.current_version_id IS NOT NULL
 OR b.is_gold
    AND EXISTS (SELECT FROM label_version v WHERE v.label_id = b.id AND v.kind = 'submitted')
    AND NOT EXISTS (SELECT FROM course_task c WHERE c.task_id = b.task_id))
"""
_FORMERLY = "b.current_version_id IS NOT NULL"

# As in 0028, but for what counts.
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
          AND {counts}
          AND (_batch IS NULL
               OR EXISTS (SELECT FROM task t WHERE t.id = b.task_id AND t.batch_id = _batch));
    ELSE
        SELECT count(DISTINCT v.label_id) INTO _labels
        FROM label_version v JOIN label b ON b.id = v.label_id
        WHERE v.author_id = ANY (_people) AND v.id >= _since AND b.project_id = _project
          AND v.kind = 'submitted' AND v.lease_id IS NOT NULL
          AND (_batch IS NULL
               OR EXISTS (SELECT FROM task t WHERE t.id = b.task_id AND t.batch_id = _batch));
    END IF;
    RETURN _labels;
END $$
"""

# As in 0008, but for what counts.
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
              AND {counts}
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
        WHERE v.author_id = _labeler AND b.project_id = _project AND v.kind = 'submitted'
          AND v.lease_id IS NOT NULL
          AND v.id >= (lpad(to_hex((extract(epoch FROM _today) * 1000)::bigint), 12, '0')
                       || '70008000000000000000')::uuid;
        RETURN _done + _held >= _daily_cap;
    END IF;
    RETURN false;
END $$
"""


def upgrade() -> None:
    op.execute(LABELS_OF.format(counts=_COUNTS))
    op.execute(IS_CAPPED.format(counts=_COUNTS))


def downgrade() -> None:
    op.execute(LABELS_OF.format(counts=_FORMERLY))
    op.execute(IS_CAPPED.format(counts=_FORMERLY))
