"""How much a team may do of a project or a batch, and one person of a batch

Revision ID: 0028
Revises: 0027
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0028"
down_revision: str | None = "0027"
branch_labels: str | None = None
depends_on: str | None = None

# As in 0024.
MAY_TAKE = """t.id <> ALL (_exclude) AND t.asset_id <> ALL (_busy)
          AND NOT EXISTS (
              SELECT FROM task_skip s
              WHERE s.asset_id = t.asset_id AND s.user_id = _labeler OFFSET 0)
          AND NOT EXISTS (
              SELECT FROM label b
              WHERE b.asset_id = t.asset_id AND b.author_id = _labeler AND b.task_id <> t.id
                AND b.current_version_id IS NOT NULL OFFSET 0)"""

# His caps do not close the task's batch for him.
IS_ALLOWED = "coalesce(t.batch_id <> ALL (_closed), true)"

FIRST_ID_OF_TODAY = """
-- A UUIDv7 begins with its time: the smallest id of today (UTC) bounds a range in an index.
CREATE FUNCTION first_id_of_today() RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM date_trunc('day', now(), 'UTC')) * 1000)::bigint),
                 12, '0') || '70008000000000000000')::uuid
$$
"""

LABELS_OF = """
-- How many labels of a project, or of one of its batches, these people made; `_since` counts those
-- only that were handed in since.
CREATE FUNCTION labels_of(_project uuid, _batch uuid, _people uuid[], _since uuid) RETURNS bigint
LANGUAGE plpgsql STABLE AS $$
DECLARE
    _labels bigint;
BEGIN
    IF _since IS NULL THEN
        SELECT count(*) INTO _labels FROM label b
        WHERE b.project_id = _project AND b.author_id = ANY (_people)
          AND b.current_version_id IS NOT NULL
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

CAPS_REACHED = """
-- The batches of which this person, or his team, has as much as may be; null among them where it
-- is so of the whole project. What is in their hands counts as done.
CREATE FUNCTION caps_reached(_project uuid, _organization uuid, _labeler uuid)
RETURNS TABLE (batch_id uuid)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    _cap queue_cap;
    _people uuid[];
    _held bigint;
BEGIN
    FOR _cap IN
        SELECT c.* FROM queue_cap c
        WHERE c.project_id = _project
          AND (c.team_id IS NULL OR c.team_id = ANY (teams_of(_organization, _labeler)))
    LOOP
        _people := ARRAY[_labeler];
        IF _cap.team_id IS NOT NULL THEN
            SELECT array_agg(m.user_id) INTO _people FROM team_member m
            WHERE m.organization_id = _organization AND m.team_id = _cap.team_id;
        END IF;
        SELECT count(*) INTO _held FROM lease l JOIN task t ON t.id = l.task_id
        WHERE l.project_id = _project AND l.holder_id = ANY (_people) AND l.ended_at IS NULL
          AND t.stage = 'label' AND (_cap.batch_id IS NULL OR t.batch_id = _cap.batch_id);
        IF _cap.total IS NOT NULL
           AND _held + labels_of(_project, _cap.batch_id, _people, NULL) >= _cap.total
           OR _cap.daily IS NOT NULL AND _cap.daily <= _held + labels_of(
               _project, _cap.batch_id, _people, first_id_of_today())
        THEN
            batch_id := _cap.batch_id;
            RETURN NEXT;
        END IF;
    END LOOP;
END $$
"""

LOCK_OPEN = """
-- The first task of the pool that this labeler may take, by rank. SKIP LOCKED, so that labelers who
-- come at the same moment each get another one without waiting for each other.
CREATE FUNCTION lock_open_task(
    _project uuid, _labeler uuid, _stage text, _exclude uuid[], _busy uuid[],
    _closed uuid[]
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    _found uuid;
BEGIN
    SELECT t.id INTO _found FROM task t
    WHERE t.project_id = _project AND t.stage = _stage AND t.state = 'open'
      AND NOT t.is_routed
      AND may_take AND is_allowed
    ORDER BY t.rank, t.id
    LIMIT 1 FOR UPDATE SKIP LOCKED;
    RETURN _found;
END $$
"""

LOCK_ASSIGNED = """
-- The first task that is assigned to this labeler, else to a team of his.
CREATE FUNCTION lock_assigned_task(
    _project uuid, _organization uuid, _labeler uuid, _stage text, _exclude uuid[], _busy uuid[],
    _closed uuid[]
) RETURNS uuid
LANGUAGE plpgsql AS $$
DECLARE
    _found uuid;
BEGIN
    SELECT t.id INTO _found FROM task t
    WHERE t.project_id = _project AND t.stage = _stage AND t.state = 'open'
      AND t.assignee_id = _labeler AND t.reserved_for IS NULL
      AND may_take AND is_allowed
    ORDER BY t.rank, t.id
    LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF _found IS NULL THEN
        SELECT t.id INTO _found FROM task t
        WHERE t.project_id = _project AND t.stage = _stage AND t.state = 'open'
          AND t.assignee_team_id = ANY (teams_of(_organization, _labeler))
          AND t.assignee_id IS NULL AND t.reserved_for IS NULL
          AND may_take AND is_allowed
        ORDER BY t.rank, t.id
        LIMIT 1 FOR UPDATE SKIP LOCKED;
    END IF;
    RETURN _found;
END $$
"""

LOCK_SKILLED = """
-- The first task that asks for a skill which this labeler has, if its turn is not after `_rank`.
CREATE FUNCTION lock_skilled_task(
    _project uuid, _organization uuid, _labeler uuid, _stage text, _exclude uuid[], _busy uuid[],
    _closed uuid[], _rank double precision
) RETURNS uuid
LANGUAGE sql AS $$
    SELECT first.id
    FROM member_skill k
    CROSS JOIN LATERAL (
        SELECT t.id, t.rank FROM task t
        WHERE t.project_id = _project AND t.stage = _stage AND t.state = 'open'
          AND t.skill = k.skill AND t.rank <= _rank
          AND t.assignee_id IS NULL AND t.assignee_team_id IS NULL AND t.reserved_for IS NULL
          AND may_take AND is_allowed
        ORDER BY t.rank, t.id
        LIMIT 1 FOR UPDATE SKIP LOCKED
    ) first
    WHERE k.organization_id = _organization AND k.user_id = _labeler
    ORDER BY first.rank, first.id
    LIMIT 1
$$
"""

CLAIM = """
-- Give this labeler a lease of a task of this stage. In this order: his own live one; his own
-- rework; his own unfinished work; what is assigned to him or to his team; what needs a skill of
-- his, where its turn has come; the candidate that Redis proposed; the first open task; and where
-- nothing is left, what expired leases and reservations give free.
--
-- Without `_from_pool` nothing that others could do as well is handed out: they are sooner done.
--
-- Each statement costs a few hundredths of a millisecond, whatever it finds: what only few projects
-- or people have is asked for only where they have it.
--
-- `found_by` tells which: nothing, no-project, archived, paused, capped, live, rework, draft,
-- assigned, skilled, candidate, scan.
CREATE FUNCTION claim_task(
    _project uuid, _organization uuid, _labeler uuid, _lease uuid, _stage text,
    _prefetch boolean, _exclude uuid[], _candidate uuid, _live_leases integer,
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
    _has_draft boolean;
    _has_routes boolean;
    _has_caps boolean;
    _closed uuid[] := '{}';
    _is_capped boolean;
    _cap integer;
    _daily_cap integer;
    _pool_rank double precision;
BEGIN
    -- One claim of a person at a time, so that two windows can't get past the limit together. The
    -- statements below see what was committed until each of them began.
    PERFORM pg_advisory_xact_lock(hash_record_extended((_project, _labeler), 0));
    SELECT CASE WHEN p.state <> 'active' THEN p.state
                WHEN p.paused_at IS NOT NULL THEN 'paused' ELSE 'nothing' END,
           p.lease_seconds, coalesce(p.ontology_version, 0), p.has_routes,
           p.has_caps, p.labeler_cap, p.labeler_daily_cap,
           EXISTS (SELECT FROM draft d WHERE d.author_id = _labeler AND d.project_id = _project)
    INTO found_by, lease_seconds, ontology_version, _has_routes, _has_caps,
         _cap, _daily_cap, _has_draft
    FROM project p
    WHERE p.id = _project AND p.organization_id = _organization AND p.deleted_at IS NULL;
    IF NOT FOUND THEN
        found_by := 'no-project';
    END IF;
    IF found_by <> 'nothing' THEN
        RETURN NEXT;
        RETURN;
    END IF;

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
    IF task_id IS NULL AND _has_draft THEN
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
    IF task_id IS NULL AND _stage = 'label' AND _has_caps THEN
        -- One claim of a team at a time, so that two of its people can't take the last one both.
        PERFORM pg_advisory_xact_lock(hash_record_extended((_project, its.id), 1))
        FROM unnest(teams_of(_organization, _labeler)) its (id);
        SELECT coalesce(array_agg(r.batch_id) FILTER (WHERE r.batch_id IS NOT NULL), '{}'),
               coalesce(bool_or(r.batch_id IS NULL), false)
        INTO _closed, _is_capped
        FROM caps_reached(_project, _organization, _labeler) r;
        IF _is_capped THEN
            found_by := 'capped';
            RETURN NEXT;
            RETURN;
        END IF;
    END IF;
    IF task_id IS NULL AND _has_routes THEN
        task_id := lock_assigned_task(
            _project, _organization, _labeler, _stage, _exclude, _busy, _closed);
        found_by := 'assigned';
        IF task_id IS NULL THEN
            SELECT t.rank INTO _pool_rank FROM task t
            WHERE t.project_id = _project AND t.stage = _stage AND t.state = 'open'
              AND NOT t.is_routed
            ORDER BY t.rank, t.id LIMIT 1;
            task_id := lock_skilled_task(
                _project, _organization, _labeler, _stage, _exclude, _busy, _closed,
                coalesce(_pool_rank, 'Infinity'));
            found_by := 'skilled';
        END IF;
    END IF;
    IF task_id IS NULL AND NOT _from_pool THEN
        found_by := 'nothing';
        RETURN NEXT;
        RETURN;
    END IF;
    IF task_id IS NULL AND _candidate IS NOT NULL THEN
        -- CASE leaves no index to choose but that of the ids: without statistics, in a new
        -- project, the planner would go through all that is open.
        SELECT t.id INTO task_id FROM task t
        WHERE t.id = _candidate AND CASE
            WHEN t.project_id = _project AND t.stage = _stage AND t.state = 'open'
                 AND NOT t.is_routed
            THEN may_take AND is_allowed ELSE false END
        FOR UPDATE SKIP LOCKED;
        found_by := 'candidate';
    END IF;
    IF task_id IS NULL THEN
        task_id := lock_open_task(_project, _labeler, _stage, _exclude, _busy, _closed);
        found_by := 'scan';
    END IF;
    IF task_id IS NULL AND _has_routes THEN
        task_id := lock_skilled_task(
            _project, _organization, _labeler, _stage, _exclude, _busy, _closed,
            'Infinity');
        found_by := 'skilled';
    END IF;
    IF task_id IS NULL AND (
        EXISTS (SELECT FROM end_expired_leases(_project, 100))
        OR _has_routes AND EXISTS (SELECT FROM end_reservations(_project, 100))
    ) THEN
        task_id := lock_open_task(_project, _labeler, _stage, _exclude, _busy, _closed);
        found_by := 'scan';
        IF task_id IS NULL AND _has_routes THEN
            task_id := coalesce(
                lock_assigned_task(
                    _project, _organization, _labeler, _stage, _exclude, _busy, _closed),
                lock_skilled_task(
                    _project, _organization, _labeler, _stage, _exclude, _busy, _closed,
            'Infinity'));
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


def _tenant(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["organization_id", column], [f"{table}.organization_id", f"{table}.id"]
    )


def upgrade() -> None:
    op.add_column(
        "project", sa.Column("has_caps", sa.Boolean, server_default=sa.false(), nullable=False)
    )
    op.create_table(
        "queue_cap",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("organization_id", sa.Uuid, sa.ForeignKey("organization.id"), nullable=False),
        sa.Column("project_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Uuid) for name in ("batch_id", "team_id")),
        *(sa.Column(name, sa.Integer) for name in ("total", "daily")),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.PrimaryKeyConstraint("id"),
        _tenant("project", "project_id"),
        _tenant("task_batch", "batch_id"),
        _tenant("team", "team_id"),
        sa.UniqueConstraint(
            "project_id", "batch_id", "team_id", postgresql_nulls_not_distinct=True
        ),
        sa.CheckConstraint("batch_id IS NOT NULL OR team_id IS NOT NULL", name="of_something"),
        sa.CheckConstraint("total IS NOT NULL OR daily IS NOT NULL", name="caps_something"),
    )
    op.execute("DROP FUNCTION claim_task, lock_open_task, lock_assigned_task, lock_skilled_task")
    for statement in (
        *(FIRST_ID_OF_TODAY, LABELS_OF, CAPS_REACHED),
        *(LOCK_OPEN, LOCK_ASSIGNED, LOCK_SKILLED, CLAIM),
    ):
        op.execute(statement.replace("may_take", MAY_TAKE).replace("is_allowed", IS_ALLOWED))


def downgrade() -> None:
    raise NotImplementedError("The older code's claim is that of 0024.")
