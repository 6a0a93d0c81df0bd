"""Claiming tasks in one round trip

Revision ID: 0002
Revises: 0001
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# A claim looks at the labeler's own leases, then at his unfinished work, then at candidates, then
# at the whole queue, and must see each as it is after the lock was taken. As a function that is
# one round trip, and each statement in it has a snapshot of its own.

END_EXPIRED = """
-- End leases whose time is over, and those whose holder left the organisation, and put their tasks
-- back. The task's row is locked first, as everywhere: whoever changes a task's state does it under
-- that lock. A lease that was extended meanwhile no longer matches and stays.
CREATE FUNCTION end_expired_leases(_project uuid, _limit integer)
RETURNS TABLE (project_id uuid, task_id uuid, priority integer)
LANGUAGE sql AS $$
    WITH over AS (
        SELECT l.id, l.task_id, l.fence, NOT m.present AS left_organization
        FROM lease l
        JOIN task t ON t.id = l.task_id
        CROSS JOIN LATERAL (
            SELECT EXISTS (
                SELECT FROM membership
                WHERE organization_id = l.organization_id AND user_id = l.holder_id
            ) AS present
        ) m
        WHERE l.ended_at IS NULL
          AND (_project IS NULL OR l.project_id = _project)
          AND (l.expires_at < clock_timestamp() OR NOT m.present)
        ORDER BY l.expires_at
        LIMIT _limit
        FOR UPDATE OF t SKIP LOCKED
    ), ended AS (
        UPDATE lease SET
            ended_at = clock_timestamp(),
            outcome = CASE WHEN over.left_organization THEN 'revoked' ELSE 'expired' END
        FROM over
        WHERE lease.id = over.id
          AND lease.ended_at IS NULL
          AND (lease.expires_at < clock_timestamp() OR over.left_organization)
        RETURNING lease.task_id, lease.fence
    )
    UPDATE task SET state = 'to_label', updated_at = clock_timestamp()
    FROM ended
    WHERE task.id = ended.task_id AND task.fence = ended.fence AND task.state = 'in_progress'
    RETURNING task.project_id, task.id, task.priority
$$
"""

FIND_OPEN = """
-- The first task that this labeler may take: highest priority, then oldest. SKIP LOCKED, so that
-- labelers who come at the same moment each get another one without waiting for each other.
CREATE FUNCTION lock_open_task(
    _project uuid, _labeler uuid, _exclude uuid[], _candidates uuid[]
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    _found uuid;
BEGIN
    IF _candidates IS NOT NULL THEN
        SELECT t.id INTO _found FROM task t
        WHERE t.id = ANY (_candidates) AND t.project_id = _project AND t.state = 'to_label'
          AND t.id <> ALL (_exclude)
          AND NOT EXISTS (SELECT FROM task_skip s WHERE s.task_id = t.id AND s.user_id = _labeler)
        ORDER BY t.priority DESC, t.id
        LIMIT 1 FOR UPDATE SKIP LOCKED;
    ELSE
        SELECT t.id INTO _found FROM task t
        WHERE t.project_id = _project AND t.state = 'to_label'
          AND t.id <> ALL (_exclude)
          AND NOT EXISTS (SELECT FROM task_skip s WHERE s.task_id = t.id AND s.user_id = _labeler)
        ORDER BY t.priority DESC, t.id
        LIMIT 1 FOR UPDATE SKIP LOCKED;
    END IF;
    RETURN _found;
END $$
"""

CLAIM = """
-- Give this labeler a lease: his own live one, else his own unfinished work, else a candidate that
-- Redis proposed, else the first open task; ending expired leases where nothing else is left.
--
-- `found_by` tells which: nothing, no-project, archived, live, draft, candidate, scan.
CREATE FUNCTION claim_task(
    _project uuid, _organization uuid, _labeler uuid, _lease uuid,
    _prefetch boolean, _exclude uuid[], _candidates uuid[], _live_leases integer
) RETURNS TABLE (
    found_by text, lease_id uuid, fence bigint, expires_at timestamptz, lease_seconds integer,
    task_id uuid, asset_id uuid, ontology_version integer
)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    _now CONSTANT timestamptz := clock_timestamp();
    _held integer;
    _kind text := 'label';
BEGIN
    SELECT CASE p.state WHEN 'active' THEN 'nothing' ELSE p.state END,
           p.lease_seconds, coalesce(p.ontology_version, 0)
    INTO found_by, lease_seconds, ontology_version
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
    SELECT count(*) INTO _held FROM lease l
    WHERE l.project_id = _project AND l.holder_id = _labeler AND l.ended_at IS NULL;

    IF _held > 0 AND NOT _prefetch THEN
        UPDATE lease l SET
            expires_at = greatest(l.expires_at, _now + make_interval(secs => lease_seconds))
        FROM task t
        WHERE l.id = (
            SELECT mine.id FROM lease mine
            WHERE mine.project_id = _project AND mine.holder_id = _labeler
              AND mine.ended_at IS NULL AND mine.task_id <> ALL (_exclude)
            ORDER BY mine.granted_at LIMIT 1
        ) AND l.ended_at IS NULL AND t.id = l.task_id
        RETURNING 'live', l.id, l.fence, l.expires_at, l.task_id, t.asset_id
        INTO found_by, lease_id, fence, expires_at, task_id, asset_id;
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

    SELECT t.id INTO task_id FROM draft d JOIN task t ON t.id = d.task_id
    WHERE d.author_id = _labeler AND d.project_id = _project AND t.state = 'to_label'
      AND t.id <> ALL (_exclude)
      AND NOT EXISTS (SELECT FROM task_skip s WHERE s.task_id = t.id AND s.user_id = _labeler)
    ORDER BY d.saved_at DESC LIMIT 1
    FOR UPDATE OF t SKIP LOCKED;
    IF FOUND THEN
        found_by := 'draft';
        _kind := 'resume';
    END IF;
    IF task_id IS NULL AND cardinality(_candidates) > 0 THEN
        task_id := lock_open_task(_project, _labeler, _exclude, _candidates);
        found_by := 'candidate';
    END IF;
    IF task_id IS NULL THEN
        task_id := lock_open_task(_project, _labeler, _exclude, NULL);
        found_by := 'scan';
    END IF;
    IF task_id IS NULL AND EXISTS (SELECT FROM end_expired_leases(_project, 100)) THEN
        task_id := lock_open_task(_project, _labeler, _exclude, NULL);
    END IF;
    IF task_id IS NULL THEN
        found_by := 'nothing';
        RETURN NEXT;
        RETURN;
    END IF;

    UPDATE task t SET state = 'in_progress', fence = t.fence + 1, updated_at = _now
    WHERE t.id = task_id
    RETURNING t.fence, t.asset_id INTO fence, asset_id;
    expires_at := _now + make_interval(secs => lease_seconds);
    lease_id := _lease;
    INSERT INTO lease (
        id, organization_id, project_id, task_id, slot, holder_id, fence, kind, granted_at,
        expires_at
    ) VALUES (
        _lease, _organization, _project, task_id, 1, _labeler, fence, _kind, _now, expires_at
    );
    RETURN NEXT;
END $$
"""

CHECKS = {
    ("task", "taskstate", "state"): (
        "to_label",
        "in_progress",
        "submitted",
        "skipped",
        "withdrawn",
    ),
}


def upgrade() -> None:
    for (table, name, column), values in CHECKS.items():
        listed = ", ".join(f"'{value}'" for value in values)
        constraint = f"ck_{table}_{name}"
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        op.execute(
            f"ALTER TABLE {table} ADD CONSTRAINT {constraint} CHECK ({column} IN ({listed}))"
        )
    # A mask's id is made from its asset and its content, so that the primary key says it.
    op.drop_constraint("uq_mask_asset_id_sha256", "mask")
    op.create_index("ix_label_project_id_author_id", "label", ["project_id", "author_id"])
    # Ids are in order of time: "today's versions of a person" is one range of this index.
    op.create_index("ix_label_version_author_id_id", "label_version", ["author_id", "id"])
    for function in (END_EXPIRED, FIND_OPEN, CLAIM):
        op.execute(function)


def downgrade() -> None:
    op.execute("DROP FUNCTION claim_task, lock_open_task, end_expired_leases")
    op.drop_index("ix_label_version_author_id_id", table_name="label_version")
    op.drop_index("ix_label_project_id_author_id", table_name="label")
    op.create_unique_constraint("uq_mask_asset_id_sha256", "mask", ["asset_id", "sha256"])
