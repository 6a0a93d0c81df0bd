"""A claim that leaves the pool to who is sooner done

Revision ID: 0009
Revises: 0008
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# As in 0008.
MAY_TAKE = """t.id <> ALL (_exclude) AND t.asset_id <> ALL (_busy)
          AND NOT EXISTS (
              SELECT FROM task_skip s
              WHERE s.asset_id = t.asset_id AND s.user_id = _labeler OFFSET 0)
          AND NOT EXISTS (
              SELECT FROM label b
              WHERE b.asset_id = t.asset_id AND b.author_id = _labeler AND b.task_id <> t.id
                AND b.current_version_id IS NOT NULL OFFSET 0)"""

CLAIM = """
-- Give this labeler a lease of a task of this stage. In this order: his own live one; his own
-- rework; his own unfinished work; what is assigned to him or to his team; what needs a skill of
-- his, where its turn has come; a candidate that Redis proposed; the first open task; and where
-- nothing is left, what expired leases and reservations give free.
--
-- Without `_from_pool` nothing that others could do as well is handed out: they are sooner done.
--
-- `found_by` tells which: nothing, no-project, archived, paused, capped, live, rework, draft,
-- assigned, skilled, candidate, scan.
CREATE FUNCTION claim_task(
    _project uuid, _organization uuid, _labeler uuid, _lease uuid, _stage text,
    _prefetch boolean, _exclude uuid[], _candidates uuid[], _live_leases integer,
    _from_pool boolean
) RETURNS TABLE (
    found_by text, lease_id uuid, fence bigint, expires_at timestamptz, lease_seconds integer,
    task_id uuid, asset_id uuid, ontology_version integer, round integer, subject_version_id uuid
)
LANGUAGE plpgsql ROWS 1 AS $$
#variable_conflict use_column
DECLARE
    _now CONSTANT timestamptz := clock_timestamp();
    _held integer;
    _busy uuid[];
    _has_routes boolean;
    _cap integer;
    _daily_cap integer;
    _pool_rank double precision;
BEGIN
    SELECT CASE WHEN p.state <> 'active' THEN p.state
                WHEN p.paused_at IS NOT NULL THEN 'paused' ELSE 'nothing' END,
           p.lease_seconds, coalesce(p.ontology_version, 0), p.has_routes,
           p.labeler_cap, p.labeler_daily_cap
    INTO found_by, lease_seconds, ontology_version, _has_routes, _cap, _daily_cap
    FROM project p
    WHERE p.id = _project AND p.organization_id = _organization AND p.deleted_at IS NULL;
    IF NOT FOUND THEN
        found_by := 'no-project';
    END IF;
    IF found_by <> 'nothing' THEN
        RETURN NEXT;
        RETURN;
    END IF;

    -- One claim of a person at a time, so that two windows can't get past the limit together.
    PERFORM pg_advisory_xact_lock(hash_record_extended((_project, _labeler), 0));
    SELECT count(*) FILTER (WHERE t.stage = _stage), coalesce(array_agg(t.asset_id), '{}')
    INTO _held, _busy
    FROM lease l JOIN task t ON t.id = l.task_id
    WHERE l.project_id = _project AND l.holder_id = _labeler AND l.ended_at IS NULL;

    IF _held > 0 AND NOT _prefetch THEN
        UPDATE lease l SET
            expires_at = greatest(l.expires_at, _now + make_interval(secs => lease_seconds))
        FROM task t
        WHERE l.id = (
            SELECT mine.id FROM lease mine JOIN task its ON its.id = mine.task_id
            WHERE mine.project_id = _project AND mine.holder_id = _labeler
              AND mine.ended_at IS NULL AND mine.task_id <> ALL (_exclude)
              AND its.stage = _stage
            ORDER BY mine.granted_at LIMIT 1
        ) AND l.ended_at IS NULL AND t.id = l.task_id
        RETURNING 'live', l.id, l.fence, l.expires_at, l.task_id, t.asset_id, t.round,
                  t.subject_version_id
        INTO found_by, lease_id, fence, expires_at, task_id, asset_id, round, subject_version_id;
        IF FOUND THEN
            RETURN NEXT;
            RETURN;
        END IF;
        found_by := 'nothing';
    END IF;
    IF _held >= _live_leases THEN
        RETURN NEXT;
        RETURN;
    END IF;

    IF _has_routes THEN
        SELECT t.id INTO task_id FROM task t
        WHERE t.reserved_for = _labeler AND t.project_id = _project AND t.stage = _stage
          AND t.state = 'open'
          AND may_take
        ORDER BY t.rank, t.id LIMIT 1
        FOR UPDATE SKIP LOCKED;
        found_by := 'rework';
    END IF;
    IF task_id IS NULL THEN
        SELECT t.id INTO task_id FROM draft d JOIN task t ON t.id = d.task_id
        WHERE d.author_id = _labeler AND d.project_id = _project AND t.stage = _stage
          AND t.state = 'open'
          AND (NOT t.is_routed OR t.reserved_for = _labeler OR (
              t.reserved_for IS NULL
              AND coalesce(t.assignee_id = _labeler, true)
              AND (t.assignee_id IS NOT NULL OR t.assignee_team_id IS NULL
                   OR t.assignee_team_id = ANY (teams_of(_organization, _labeler)))
              AND (t.assignee_id IS NOT NULL OR t.skill IS NULL OR EXISTS (
                  SELECT FROM member_skill k WHERE k.organization_id = _organization
                    AND k.user_id = _labeler AND k.skill = t.skill))))
          AND may_take
        ORDER BY d.saved_at DESC LIMIT 1
        FOR UPDATE OF t SKIP LOCKED;
        found_by := 'draft';
    END IF;
    IF task_id IS NULL AND _stage = 'label' AND (_cap IS NOT NULL OR _daily_cap IS NOT NULL)
       AND is_capped(_project, _labeler, _held, _cap, _daily_cap) THEN
        found_by := 'capped';
        RETURN NEXT;
        RETURN;
    END IF;
    IF task_id IS NULL AND _has_routes THEN
        task_id := lock_assigned_task(_project, _organization, _labeler, _stage, _exclude, _busy);
        found_by := 'assigned';
        IF task_id IS NULL THEN
            SELECT t.rank INTO _pool_rank FROM task t
            WHERE t.project_id = _project AND t.stage = _stage AND t.state = 'open'
              AND NOT t.is_routed
            ORDER BY t.rank, t.id LIMIT 1;
            task_id := lock_skilled_task(
                _project, _organization, _labeler, _stage, _exclude, _busy,
                coalesce(_pool_rank, 'Infinity'));
            found_by := 'skilled';
        END IF;
    END IF;
    IF task_id IS NULL AND NOT _from_pool THEN
        found_by := 'nothing';
        RETURN NEXT;
        RETURN;
    END IF;
    IF task_id IS NULL AND cardinality(_candidates) > 0 THEN
        task_id := lock_open_task(_project, _labeler, _stage, _exclude, _busy, _candidates);
        found_by := 'candidate';
    END IF;
    IF task_id IS NULL THEN
        task_id := lock_open_task(_project, _labeler, _stage, _exclude, _busy, NULL);
        found_by := 'scan';
    END IF;
    IF task_id IS NULL AND _has_routes THEN
        task_id := lock_skilled_task(
            _project, _organization, _labeler, _stage, _exclude, _busy, 'Infinity');
        found_by := 'skilled';
    END IF;
    IF task_id IS NULL AND (
        EXISTS (SELECT FROM end_expired_leases(_project, 100))
        OR _has_routes AND EXISTS (SELECT FROM end_reservations(_project, 100))
    ) THEN
        task_id := lock_open_task(_project, _labeler, _stage, _exclude, _busy, NULL);
        found_by := 'scan';
        IF task_id IS NULL AND _has_routes THEN
            task_id := coalesce(
                lock_assigned_task(_project, _organization, _labeler, _stage, _exclude, _busy),
                lock_skilled_task(
                    _project, _organization, _labeler, _stage, _exclude, _busy, 'Infinity'));
            found_by := 'assigned';
        END IF;
    END IF;
    IF task_id IS NULL THEN
        found_by := 'nothing';
        RETURN NEXT;
        RETURN;
    END IF;

    UPDATE task t SET state = 'in_progress', fence = t.fence + 1, updated_at = _now
    WHERE t.id = task_id
    RETURNING t.fence, t.asset_id, t.round, t.subject_version_id
    INTO fence, asset_id, round, subject_version_id;
    IF found_by = 'rework' AND subject_version_id IS NULL THEN
        found_by := 'draft';  -- what he asked about, and was answered
    END IF;
    expires_at := _now + make_interval(secs => lease_seconds);
    lease_id := _lease;
    INSERT INTO lease (
        id, organization_id, project_id, task_id, slot, holder_id, fence, kind, granted_at,
        expires_at
    ) VALUES (
        _lease, _organization, _project, task_id, 1, _labeler, fence,
        CASE found_by WHEN 'draft' THEN 'resume' WHEN 'rework' THEN 'rework' ELSE _stage END,
        _now, expires_at
    );
    RETURN NEXT;
END $$
"""


def upgrade() -> None:
    op.execute("DROP FUNCTION claim_task")
    op.execute(CLAIM.replace("may_take", MAY_TAKE))


def downgrade() -> None:
    raise NotImplementedError("Tasks of several stages can't be told in the older form.")
