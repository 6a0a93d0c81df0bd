"""References and words of the busiest tables are checked once for a statement

A foreign key is looked up for every row, and locks the row that it finds: forty times for a submit
of ten objects, of which the class' row is everybody's. Postgres parses a check constraint anew for
every statement, and a list of words is long. Together they were a third of a submit. See decision
24.

Revision ID: 0029
Revises: 0028
"""

from collections.abc import Sequence

from alembic import op

revision: str = "0029"
down_revision: str | None = "0028"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

#: The functions that say whether a row's words are among those of its enums. In PL/pgSQL, because
#: Postgres would write one in SQL out again wherever it stands.
WORDS = """
CREATE FUNCTION are_words_of_task(_state text, _stage text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN _state IN ('open', 'in_progress', 'submitted', 'done', 'parked', 'skipped', 'withdrawn',
                      'waiting')
        AND _stage IN ('label', 'review');
END $$;

CREATE FUNCTION are_words_of_lease(_kind text, _outcome text, _revoked_for text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN _kind IN ('label', 'resume', 'rework', 'review')
        AND (_outcome IS NULL OR _outcome IN
            ('submitted', 'skipped', 'parked', 'released', 'expired', 'revoked'))
        AND (_revoked_for IS NULL OR _revoked_for IN
            ('manager', 'pause', 'ontology', 'deleted'));
END $$;

CREATE FUNCTION are_words_of_version(_kind text, _origin text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN _kind IN ('submitted', 'reviewed', 'orphan', 'imported')
        AND _origin IN ('human', 'import', 'model', 'consensus');
END $$;

ALTER TABLE task
    DROP CONSTRAINT ck_task_taskstate,
    DROP CONSTRAINT ck_task_taskstage,
    ADD CONSTRAINT ck_task_words CHECK (are_words_of_task(state, stage));
ALTER TABLE lease
    DROP CONSTRAINT ck_lease_leasekind,
    DROP CONSTRAINT ck_lease_leaseoutcome,
    DROP CONSTRAINT ck_lease_revocation,
    ADD CONSTRAINT ck_lease_words CHECK (are_words_of_lease(kind, outcome, revoked_for));
ALTER TABLE label_version
    DROP CONSTRAINT ck_label_version_versionkind,
    DROP CONSTRAINT ck_label_version_origin,
    ADD CONSTRAINT ck_label_version_words CHECK (are_words_of_version(kind, origin));
"""

REFERENCES = """
-- That every object added by a statement has a mask, a class and a version of its organisation.
--
-- LIMIT keeps each lookup one in the index: nobody knows how many rows a statement adds, and a plan
-- that is kept must not come to read a whole table for ten of them.
CREATE FUNCTION check_label_objects() RETURNS trigger
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
END $$;

-- The same for the masks of drafts; classes and drafts have foreign keys there.
CREATE FUNCTION check_draft_objects() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _mask uuid;
BEGIN
    SELECT o.mask_id INTO _mask
    FROM added o
    LEFT JOIN LATERAL (
        SELECT true AS is_there FROM mask
        WHERE id = o.mask_id AND organization_id = o.organization_id LIMIT 1) m ON true
    WHERE m.is_there IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'an object of a draft refers to what is not there',
            DETAIL = 'Not in its organisation: mask ' || _mask || '.',
            TABLE = 'draft_object', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;

-- That the masks added by a statement are of assets of their organisation: mostly of one.
CREATE FUNCTION check_masks() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _asset uuid;
BEGIN
    SELECT o.asset_id INTO _asset
    FROM (SELECT DISTINCT organization_id, asset_id FROM added) o
    LEFT JOIN LATERAL (
        SELECT true AS is_there FROM asset
        WHERE id = o.asset_id AND organization_id = o.organization_id LIMIT 1) a ON true
    WHERE a.is_there IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE foreign_key_violation USING
            MESSAGE = 'a mask refers to an asset that is not there',
            DETAIL = 'Not in its organisation: asset ' || _asset || '.',
            TABLE = 'mask', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;

-- What masks and objects refer to stays while they do. Whoever writes them takes no lock on it, for
-- nothing of it is ever deleted in the course of things; so whoever deletes waits for all who write
-- them, lets no one begin, and then looks.
CREATE FUNCTION keep_what_is_referred_to() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    _is_referred_to boolean;
BEGIN
    LOCK TABLE mask, label_object, draft_object IN SHARE ROW EXCLUSIVE MODE;
    _is_referred_to := CASE TG_TABLE_NAME
        WHEN 'asset' THEN EXISTS (SELECT FROM mask WHERE asset_id = OLD.id)
        WHEN 'mask' THEN EXISTS (SELECT FROM label_object WHERE mask_id = OLD.id)
            OR EXISTS (SELECT FROM draft_object WHERE mask_id = OLD.id)
        WHEN 'ontology_class' THEN EXISTS (SELECT FROM label_object WHERE class_id = OLD.id)
        ELSE EXISTS (SELECT FROM label_object WHERE version_id = OLD.id)
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
    "mask": "check_masks",
    "label_object": "check_label_objects",
    "draft_object": "check_draft_objects",
}
_REFERRED_TO = ("asset", "mask", "ontology_class", "label_version")


def upgrade() -> None:
    op.execute(WORDS)
    op.execute(REFERENCES)
    for table, function in _CHECKED.items():
        for event in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER {table}_refers_on_{event.lower()} AFTER {event} ON {table}"
                " REFERENCING NEW TABLE AS added"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            )
    for table in _REFERRED_TO:
        op.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE OR UPDATE OF id, organization_id"
            f" ON {table} FOR EACH ROW EXECUTE FUNCTION keep_what_is_referred_to()"
        )
    for column in ("version_id", "class_id", "mask_id"):
        op.drop_constraint(f"fk_label_object_organization_id_{column}", "label_object")
    op.drop_constraint("fk_draft_object_organization_id_mask_id", "draft_object")
    op.drop_constraint("fk_mask_organization_id_asset_id", "mask")
    op.drop_constraint("uq_mask_organization_id_id", "mask")


def downgrade() -> None:
    raise NotImplementedError("Foreign keys would be checked for every object that there is.")
