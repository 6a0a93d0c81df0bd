"""Labels that come at the same moment are written by one statement

Revision ID: 0038
Revises: 0037
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0038"
down_revision: str | None = "0037"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

SUBMIT = """
-- Finish tasks with these labels, each as long as nobody was granted its task since its lease: one
-- that ran out, was given back or taken back still finishes it while its fence is the current one.
-- Returns a row for each label that was taken, with its version's number; nothing was done with the
-- others.
--
-- There is one array for each column. What is said of a label stands at its place in the arrays of
-- labels; masks and objects say by number (`_mask_labels`, `_object_labels`) whose they are, and
-- `_boxes` has four numbers for each mask. What all objects have in common (no attributes, no
-- relationships) is an empty array.
--
-- The answers are kept under the submits' keys; they lack the number, which is put in here. A
-- task's row is locked before its lease's, as everywhere. Without `_waits` what somebody else holds
-- is left out, so that nobody makes the others wait, and no two such statements wait for each
-- other.
--
-- Each statement sees what was committed until it began: what a label's number is, and whether
-- there is a draft, is looked up once the rows on which their writers wait are ours.
CREATE FUNCTION submit_labels(
    _waits boolean,
    _leases uuid[], _fences bigint[], _become text[], _are_redone boolean[],
    _submit_keys text[], _bodies bytea[], _answers text[],
    _organizations uuid[], _projects uuid[], _assets uuid[], _tasks uuid[], _authors uuid[],
    _new_labels uuid[], _versions uuid[], _kinds text[], _are_gold boolean[], _ontologies integer[],
    _active_ms bigint[], _image_attributes text[], _object_counts integer[],
    _mask_labels integer[], _mask_ids uuid[], _sha256s bytea[], _counts bytea[], _areas bigint[],
    _boxes integer[],
    _object_labels integer[], _keys uuid[], _class_ids uuid[], _layers integer[],
    _orders integer[], _object_mask_ids uuid[], _attributes text[], _provenances text[],
    _relationships text[]
) RETURNS TABLE (label integer, number integer)
LANGUAGE plpgsql ROWS 10 AS $$
#variable_conflict use_column
DECLARE
    _now CONSTANT timestamptz := clock_timestamp();
    _free uuid[] := _leases;
    _taken integer[];
    _labels uuid[];
    _labelled uuid[];
BEGIN
    IF NOT _waits THEN
        SELECT array_agg(f.id) INTO _free FROM (
            SELECT l.id FROM lease l JOIN task t ON t.id = l.task_id
            WHERE l.id = ANY (_leases) FOR UPDATE OF t, l SKIP LOCKED) f;
    END IF;
    WITH finished AS (
        UPDATE task t SET
            state = s.becomes, reserved_for = NULL, reserved_until = NULL, updated_at = _now
        FROM unnest(_leases, _fences, _become) WITH ORDINALITY AS s (lease_id, fence, becomes, n)
        JOIN lease l ON l.id = s.lease_id
        WHERE l.id = ANY (_free) AND l.fence = s.fence AND t.id = l.task_id AND t.fence = l.fence
          AND (t.state = 'in_progress'
               OR (t.state = 'open' AND l.outcome IN ('expired', 'released', 'revoked')))
        RETURNING s.n, l.id
    ), ended AS (
        UPDATE lease l SET ended_at = coalesce(l.ended_at, _now), outcome = 'submitted'
        FROM finished f WHERE l.id = f.id
    )
    SELECT array_agg(f.n) INTO _taken FROM finished f;
    IF _taken IS NULL THEN
        RETURN;
    END IF;

    -- Masks of one image are in the same order for everybody who writes some of them.
    INSERT INTO mask (id, organization_id, asset_id, sha256, counts, area, bbox)
    SELECT m.id, _organizations[m.label], _assets[m.label], m.sha256, m.counts, m.area,
           _boxes[4 * m.place - 3 : 4 * m.place]
    FROM unnest(_mask_labels, _mask_ids, _sha256s, _counts, _areas) WITH ORDINALITY
        AS m (label, id, sha256, counts, area, place)
    WHERE m.label = ANY (_taken)
    ORDER BY m.id
    ON CONFLICT DO NOTHING;

    WITH made AS (
        INSERT INTO label AS mine (
            id, organization_id, project_id, asset_id, task_id, author_id, current_version_id,
            is_gold)
        SELECT s.id, _organizations[s.n], _projects[s.n], _assets[s.n], s.task_id, _authors[s.n],
               CASE WHEN NOT s.is_gold THEN _versions[s.n] END, s.is_gold
        FROM unnest(_new_labels, _tasks, _are_gold) WITH ORDINALITY AS s (id, task_id, is_gold, n)
        WHERE s.n = ANY (_taken)
        ON CONFLICT (task_id, author_id, round) DO UPDATE SET
            current_version_id = coalesce(excluded.current_version_id, mine.current_version_id),
            is_gold = excluded.is_gold
        RETURNING id, task_id
    )
    SELECT array_agg(m.id), array_agg(m.task_id) INTO _labels, _labelled FROM made m;

    IF NOT _labels <@ _new_labels THEN
        DELETE FROM draft d WHERE d.label_id = ANY (_labels);
    END IF;
    IF true = ANY (_are_redone) THEN  -- what others handed in for these tasks counts no longer
        UPDATE label l SET current_version_id = NULL
        FROM unnest(_tasks, _authors, _are_redone) WITH ORDINALITY
            AS s (task_id, author_id, is_redone, n)
        WHERE s.n = ANY (_taken) AND s.is_redone AND l.task_id = s.task_id
          AND l.author_id <> s.author_id AND l.current_version_id IS NOT NULL;
    END IF;

    RETURN QUERY
    WITH placed AS MATERIALIZED (
        SELECT s.n::integer AS n, m.label_id, p.id AS parent_id, coalesce(p.number, 0) + 1 AS number
        FROM unnest(_labels, _labelled) AS m (label_id, task_id)
        JOIN unnest(_tasks, _new_labels) WITH ORDINALITY AS s (task_id, new_label, n)
            ON s.task_id = m.task_id AND s.n = ANY (_taken)
        LEFT JOIN LATERAL (
            SELECT v.id, v.number FROM label_version v
            WHERE m.label_id <> s.new_label AND v.label_id = m.label_id
            ORDER BY v.number DESC LIMIT 1) p ON true
    ), written AS (
        INSERT INTO label_version (
            id, organization_id, label_id, asset_id, number, kind, origin, author_id, parent_id,
            lease_id, ontology_version, active_ms, object_count, image_attributes)
        SELECT _versions[p.n], _organizations[p.n], p.label_id, _assets[p.n], p.number,
               _kinds[p.n], 'human', _authors[p.n], p.parent_id, _leases[p.n], _ontologies[p.n],
               _active_ms[p.n], _object_counts[p.n], _image_attributes[p.n]::jsonb
        FROM placed p
    ), filled AS (
        INSERT INTO label_object (
            organization_id, version_id, key, class_id, layer, "order", mask_id, attributes,
            provenance, relationships)
        SELECT _organizations[o.label], _versions[o.label], o.key, o.class_id, o.layer, o.place,
               o.mask_id, coalesce(o.attributes, '{}')::jsonb,
               coalesce(o.provenance, '{}')::jsonb, coalesce(o.relationships, '[]')::jsonb
        FROM unnest(
            _object_labels, _keys, _class_ids, _layers, _orders, _object_mask_ids, _attributes,
            _provenances, _relationships
        ) AS o (
            label, key, class_id, layer, place, mask_id, attributes, provenance, relationships)
        WHERE o.label = ANY (_taken)
    ), answered AS (
        INSERT INTO submission (
            organization_id, lease_id, idempotency_key, body_sha256, answer)
        SELECT _organizations[p.n], _leases[p.n], _submit_keys[p.n], _bodies[p.n],
               jsonb_set(_answers[p.n]::jsonb, '{label_version,number}', to_jsonb(p.number))
        FROM placed p
    )
    SELECT p.n, p.number FROM placed p;
END $$
"""


def upgrade() -> None:
    op.execute("DROP FUNCTION submit_label")
    op.execute(SUBMIT)


def downgrade() -> None:
    raise NotImplementedError("The older code's submit is that of 0024.")
