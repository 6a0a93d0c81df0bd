"""Claims that come at the same moment are granted by one statement

Revision ID: 0040
Revises: 0039
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0040"
down_revision: str | None = "0039"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

CLAIMS = """
-- Give each of these people the candidate that Redis proposed for him, where `claim_task` would
-- give him that one and no other: in a project without routes and caps, to somebody who has no
-- draft there, and holds fewer leases than `_most`. A row for each who got his; nothing was done
-- for the others, who have to ask `claim_task`.
--
-- There is one array for each column, and no person twice in one project. Nobody waits: neither for
-- another claim of the same person, nor for a task that somebody else has locked.
CREATE FUNCTION claim_candidates(
    _projects uuid[], _organizations uuid[], _labelers uuid[], _leases uuid[], _candidates uuid[],
    _most integer[]
) RETURNS TABLE (
    asker integer, lease_id uuid, fence bigint, expires_at timestamptz, lease_seconds integer,
    task_id uuid, asset_id uuid, ontology_version integer, round integer, subject_version_id uuid
)
LANGUAGE plpgsql ROWS 10 AS $$
#variable_conflict use_column
DECLARE
    _now CONSTANT timestamptz := clock_timestamp();
    _locked integer[];
BEGIN
    -- As in `claim_task`. The statement below sees what was committed until it began: each claim of
    -- these people before.
    SELECT array_agg(s.n) INTO _locked
    FROM unnest(_projects, _labelers) WITH ORDINALITY AS s (project_id, labeler_id, n)
    WHERE pg_try_advisory_xact_lock(hash_record_extended((s.project_id, s.labeler_id), 0));

    RETURN QUERY
    WITH chosen AS MATERIALIZED (
        SELECT s.n, s.lease_id, s.labeler_id, t.id AS task_id, p.lease_seconds,
               coalesce(p.ontology_version, 0) AS ontology_version
        FROM unnest(_projects, _organizations, _labelers, _leases, _candidates, _most)
            WITH ORDINALITY
            AS s (project_id, organization_id, labeler_id, lease_id, candidate_id, most, n)
        JOIN project p ON p.id = s.project_id AND p.organization_id = s.organization_id
        -- CASE leaves no index to choose but that of the ids.
        JOIN task t ON t.id = s.candidate_id AND CASE
            WHEN t.project_id = s.project_id AND t.stage = 'label' AND t.state = 'open'
            THEN NOT t.is_routed ELSE false END
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE its.stage = 'label') AS number,
                   coalesce(array_agg(its.asset_id), '{}') AS assets
            FROM lease l JOIN task its ON its.id = l.task_id
            WHERE l.project_id = s.project_id AND l.holder_id = s.labeler_id
              AND l.ended_at IS NULL) held
        WHERE s.n = ANY (_locked)
          AND p.state = 'active' AND p.paused_at IS NULL AND p.deleted_at IS NULL
          AND NOT p.has_routes AND NOT p.has_caps
          AND p.labeler_cap IS NULL AND p.labeler_daily_cap IS NULL
          AND held.number < s.most AND t.asset_id <> ALL (held.assets)
          AND NOT EXISTS (
              SELECT FROM draft d
              WHERE d.author_id = s.labeler_id AND d.project_id = s.project_id OFFSET 0)
          AND NOT EXISTS (
              SELECT FROM task_skip k
              WHERE k.asset_id = t.asset_id AND k.user_id = s.labeler_id OFFSET 0)
          AND NOT EXISTS (
              SELECT FROM label b
              WHERE b.asset_id = t.asset_id AND b.author_id = s.labeler_id AND b.task_id <> t.id
                AND b.current_version_id IS NOT NULL OFFSET 0)
        FOR UPDATE OF t SKIP LOCKED
    ), taken AS (
        UPDATE task t SET state = 'in_progress', fence = t.fence + 1, updated_at = _now
        FROM chosen c WHERE t.id = c.task_id
        RETURNING c.*, t.organization_id, t.project_id, t.fence, t.asset_id, t.round,
                  t.subject_version_id, _now + make_interval(secs => c.lease_seconds) AS expires_at
    ), granted AS (
        INSERT INTO lease (
            id, organization_id, project_id, task_id, slot, holder_id, fence, kind, granted_at,
            expires_at)
        SELECT t.lease_id, t.organization_id, t.project_id, t.task_id, 1, t.labeler_id, t.fence,
               'label', _now, t.expires_at
        FROM taken t
    )
    SELECT t.n::integer, t.lease_id, t.fence, t.expires_at, t.lease_seconds, t.task_id, t.asset_id,
           t.ontology_version, t.round, t.subject_version_id
    FROM taken t;
END $$
"""


def upgrade() -> None:
    op.execute(CLAIMS)


def downgrade() -> None:
    op.execute("DROP FUNCTION claim_candidates")
